"""`check: name-variant`: one person of the text, spelled in more than one way within a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.names.compare import NameMatch, compare_names
from provcheck.names.identity import is_other_form, share_letters
from provcheck.names.letters import without_accents
from provcheck.names.mentions import Person

_MOST_PLACES = 20  # of the odd spelling that one finding shows
_SHORTEST = 4  # letters of a surname whose accents are looked for
_MOST_PERSONS = 60  # lists of winners and squads are no running text


@dataclass(frozen=True)
class NameVariantCheck(Check):
    """Finds full names of which another spelling stands in the same text, and surnames that lost their accents there at some places.

    One finding for each odd spelling, at its first place. A spelling on the roster is right, else the one with more mentions, then the longer one ("Matthew" before "Matt").
    score: the least score of `compare_names` (0 to 1) for two spellings of one name.
    """

    score: float = 0.9

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:
            raise ValueError("`score` lies between 0 and 1")

    stage: ClassVar[Stage] = 3

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "reason", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        persons = [p for p in article.persons if " " in p.name]
        if len(persons) > _MOST_PERSONS:
            return
        knows = article.roster.knows
        ranked = sorted(
            persons, key=lambda p: (not knows(p.name), -len(p.mentions), -len(p.name), p.mentions[0].start)
        )
        settled: list[Person] = []
        for person in ranked:
            if knows(person.name):
                settled.append(person)
                continue
            for usual in settled:
                if not share_letters(usual.name, person.name):
                    continue
                match = compare_names(usual.name, person.name)
                if match.score >= self.score and _is_variant(match, usual.name, person.name):
                    place = usual.mentions[0]
                    values = {"reason": "; ".join(match.reasons), "line": str(article.locate(place.start)[0])}
                    odd = [(m.start, m.end) for m in person.mentions if m.name == person.name]
                    related = ((place.start, place.end), *odd[1:_MOST_PLACES])
                    yield Match(*odd[0], values, usual.name, related)
                    break
            else:
                settled.append(person)
        yield from _without_accents(article, persons)


def _without_accents(article: Article, persons: Sequence[Person]) -> Iterator[Match]:
    """Surnames that lost their accents at no more places than have them: "Kohler" where the text has "Köhler"."""
    accented = {word for person in persons for word in person.name.split()[1:] if not word.isascii()}
    for name in sorted(accented):
        lost = without_accents(name)
        if lost == name or len(lost) < _SHORTEST or lost not in article.text:
            continue
        right, wrong = (list(_places(article, word)) for word in (name, lost))
        if wrong and len(right) >= len(wrong):
            values = {"reason": "it lost its accents", "line": str(article.locate(right[0][0])[0])}
            yield Match(*wrong[0], values, name, (right[0], *wrong[1:_MOST_PLACES]))


def _places(article: Article, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands in the body, but for longer names that begin or end in it with a hyphen."""
    for line in article.body:
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", line.text):
            yield line.start + match.start(), line.start + match.end()


def _is_variant(match: NameMatch, one: str, other: str) -> bool:
    return match.relation != "same" and (match.relation == "nickname" or not is_other_form(one, other))


CHECK = NameVariantCheck
