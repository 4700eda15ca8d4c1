"""Who said it: the person to whom a text gives a direct quote, and quotes that copies give to somebody else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.drift.utterances import Utterance, clusters_of, likeness, utterances_of
from provcheck.names.compare import compare_names
from provcheck.names.identity import POSSIBLE
from provcheck.text.quotes import Quote

_REACH = 110  # characters beside a quote in which its speaker is named
_SAID = (
    r"said|says|told|tells|added|adds|warned|wrote|writes|tweeted|posted|stressed|noted|asked|urged|insisted|claimed|argued"
    r"|announced|declared|confirmed|acknowledged|replied|responded|testified|remarked|explained|stated|vowed|continued|recalled"
)
_VERB_FIRST = re.compile(  # “…,” said the minister, ‹name›
    rf"^\W*(?:{_SAID})\b(?!.*\b(?:to|with|by|from|about|that|told|asked)\b)[^.!?“\"]*?$"
)
_OBJECT = re.compile(
    r"\b(?:with|of|for|to|by|from|about|against|and|told|asked|met) $"
)  # who stands after these did not speak
_VERB_NEXT = re.compile(rf"^,?(?: [a-z]+){{0,2}} (?:{_SAID})\b")  # “…,” ‹name› later said
_PRONOUN = re.compile(
    rf"^\W*(?:(?:he|she) (?:\w+ )?(?:{_SAID})|(?:{_SAID}) (?:he|she))\b", re.IGNORECASE
)  # “…,” she said
_BACK = 2  # paragraphs before that of a quote in which the person is looked for that a pronoun means
_TITLES_ONLY = re.compile(r"^\W*(?:[\w.’'&-]+[ ,]+){0,7}$")
_LEADS_IN = re.compile(
    rf"^(?:[^.!?“”\"]{{0,40}}\b(?:{_SAID})\b(?:[^.!?“”\"]*(?:[,:]|\bthat))?|\s?:)\s*$"
)  # ‹name› told reporters: “…
_GOES_ON = frozenset(",?!—–")  # marks at the end of a quote after which its speaker is named
_LINK = re.compile(r"^[^.!?]*\b(?:said|says|added|adds|continued)\b[^.!?]*[.,]\s*$")
_SHORTEST, _ALIKE = 6, 0.8  # words of a quote, and likeness of its versions, that are compared


@dataclass(frozen=True)
class Speaker:
    """A person's name as the text has it in full, and the place by the quote where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Misattribution:
    """A quote, the speaker that one document gives it, and the one that others give it, with their places."""

    utterance: Utterance
    speaker: Speaker
    usual: str
    witnesses: tuple[tuple[Utterance, Speaker], ...]


def speaker_of(article: Article, quote: Quote) -> Speaker | None:
    """The person who said a quote, if the text beside it names one with a verb of speech; nothing is guessed from pronouns.

    Looks after the quote first (“…,” said Ms Brandt), then before it (Ms Brandt said: “…”); what stands between the halves of a split
    quote counts for both.
    """
    line = article.line_of(quote.start)
    before, after = article.quotes_beside(quote)
    stop = min(line.end, quote.end + _REACH, after.start - 1 if after is not None else line.end)
    ended = max(line.start, before.end + 1 if before is not None else line.start)
    begin = max(ended, quote.start - _REACH)
    split = begin == ended > line.start
    return _after(article, quote.end + 1, stop) or _before(article, begin, quote.start - 1, split)


def meant_speaker(article: Article, quote: Quote) -> Speaker | None:
    """The person whom “he said” after a quote means: the only one that is named before it in its paragraph, or else in the nearest of
    the two before. None where several are, or where no pronoun follows.
    """
    line = article.line_of(quote.start)
    if not _PRONOUN.match(article.text[quote.end + 1 : min(line.end, quote.end + _REACH)]):
        return None
    written = article.written
    at = bisect_left(written, line.start, key=lambda each: each.start)
    chunks = [
        (line.start, quote.start),
        *((each.start, each.end) for each in reversed(written[max(0, at - _BACK) : at])),
    ]
    for start, end in chunks:
        named = _mentions(article, start, end)
        if named:
            return named[-1] if len({each.name for each in named}) == 1 else None
    return None


def _after(article: Article, start: int, end: int) -> Speaker | None:
    if article.text[start - 2 : start - 1] not in _GOES_ON and not article.text.startswith(",", start):
        return None
    text = article.text
    for speaker in _mentions(article, start, end)[:1]:
        before = text[start : speaker.start]
        if _VERB_FIRST.match(before) or (
            _TITLES_ONLY.match(before) and _VERB_NEXT.match(text[speaker.end : end])
        ):
            return speaker
    return None


def _before(article: Article, start: int, end: int, split: bool) -> Speaker | None:
    text = article.text
    named = _mentions(article, start, end)
    if split and len(named) == 1 and _LINK.match(text[start:end]):  # “A,” she said. “B.”
        return named[0]
    spoke = (s for s in reversed(named) if not _OBJECT.search(text[max(start, s.start - 12) : s.start]))
    return next((s for s in spoke if _LEADS_IN.match(text[s.end : end])), None)


def _mentions(article: Article, start: int, end: int) -> list[Speaker]:
    return [
        Speaker(person.name, mention.start, mention.end)
        for mention, person in article.named_between(start, end)
        if " " in person.name
    ]


def find_misattributions(articles: Sequence[Article]) -> Iterator[Misattribution]:
    """Quotes that one document gives to another speaker than two or more others do, in the order of the articles.

    The odd speaker is named beside the quote; those of the others may be meant by “he said”.
    """
    utterances = [u for u in utterances_of(articles) if len(u.words) >= _SHORTEST]
    for cluster in clusters_of(utterances):
        versions = [utterances[i] for i in cluster]
        named = [(u, s) for u in versions if (s := speaker_of(u.article, u.quote)) is not None]
        if named:
            explicit = {id(u) for u, _ in named}
            rest = (u for u in versions if id(u) not in explicit)
            meant = [(u, s) for u in rest if (s := meant_speaker(u.article, u.quote)) is not None]
            yield from _odd_speakers(named, [*named, *meant])


_Spoken = Sequence[tuple[Utterance, Speaker]]


def _odd_speakers(named: _Spoken, spoken: _Spoken) -> Iterator[Misattribution]:
    counted: Counter[str] = Counter()
    for name, _ in {(_surname(s.name), u.article.id) for u, s in spoken}:
        counted[name] += 1
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) < 2 or ranked[0][1] < 2:
        return
    usual = [(u, s) for u, s in spoken if _surname(s.name) == ranked[0][0]]
    have_usual = {u.article.id for u, _ in usual}
    for utterance, speaker in named:
        if utterance.article.id in have_usual or counted[_surname(speaker.name)] >= ranked[0][1]:
            continue
        near = [(u, s) for u, s in usual if likeness(utterance, u) >= _ALIKE]
        if len({u.article.id for u, _ in near}) < 2 or can_be_one(speaker.name, near[0][1].name):
            continue
        fullest = max((s.name for _, s in near), key=lambda name: (len(name), name))
        yield Misattribution(utterance, speaker, fullest, tuple(near[:4]))


def _surname(name: str) -> str:
    return name.rpartition(" ")[2].casefold()


def can_be_one(one: str, other: str) -> bool:
    """Whether two names of speakers can be one person's."""
    words = {w.casefold() for w in one.split()} & {w.casefold() for w in other.split()}
    return bool(words) or compare_names(one, other).score >= POSSIBLE
