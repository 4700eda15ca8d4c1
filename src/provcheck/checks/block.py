"""`check: block`: a run of lines that together list other articles: headline, date, headline, teaser, …"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import PROSE_WORDS, Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.text.dates import find_dates, is_age
from provcheck.text.lines import Line
from provcheck.text.patterns import Pattern
from provcheck.text.sentences import ends_sentence
from provcheck.text.words import count_words

_CUT = re.compile(r"(?:(?<!\.)\.{2,}|…)[\])]?\s*$|\b(?:read|see|view|load) more\b\W*$", re.I)
_CLOCK = re.compile(
    r"\b(?:(?:up)?dated|published|posted|\d{4}|[A-Z]{2,4}T)\b"
)  # "-- Updated 1709 GMT (0109 HKT)"
_OF_EMBED = re.compile(
    r"\b(?:tweets?|posts?|videos?|new (?:tab|window))\b", re.I
)  # which stand between paragraphs
_HEADING_WORDS = 4  # section headings above a listing: "Opinion", "More from World"
_ENTRY_WORDS = 45  # a teaser is no longer than this
_ANCHORS = frozenset({"own", "date", "cut", "twice", "often"})
_OFTEN, _OFTEN_WORDS = (
    4,
    (3, 8),
)  # times that a line stands there which is a part of each entry, and its words
_GAP = 2  # lines between two anchors of one run
_TWICE = 3  # lines between a headline of a listing and the same as the text of its picture; headings of a contents list stand further off


@dataclass(frozen=True)
class BlockCheck(Check):
    """Finds each line of a listing of other articles.

    Its anchors are date lines ("20 May, 2024", "3 hours ago"), teasers that break off in dots, short
    lines that stand there twice, near each other, and lines of few words that stand there again and again ("This content was published
    on"). A run of anchors with at most two lines between them is a
    listing; headings just above it and one last teaser belong to it. Credit lines end a run.

    anchors: how many anchors a run needs.
    kinds: of how many kinds they must be, unless four of them break off in dots or are a line that recurs, or eight stand there twice.
    anchor: a pattern of further anchor lines, such as the tags or the prices of one's own sites.
    """

    anchors: int = 4
    kinds: int = 2
    anchor: Pattern | None = None

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "entries"})

    def find(self, article: Article) -> Iterable[Match]:
        lines = article.written
        kinds = _classify(article, self.anchor)
        if sum(kind in _ANCHORS for kind in kinds) < self.anchors:
            return
        for first, last in self._runs(kinds, lines):
            first, last = _widen(lines, kinds, first, last)
            entries = str(sum(kind == "date" for kind in kinds[first : last + 1]) or last - first + 1)
            for line in lines[first : last + 1]:
                yield Match(line.start, line.end, {"entries": entries})

    def _runs(self, kinds: list[str], lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
        """Index ranges (both ends included) of runs with enough anchors, by the first and last anchor."""
        run: list[int] = []
        gap = 0
        for at, kind in enumerate([*kinds, "barrier"]):
            if kind in _ANCHORS:
                run.append(at)
                gap = 0
                continue
            gap += 1
            if kind == "barrier" or gap > _GAP:
                found = Counter(kinds[i] for i in run)
                alone = (
                    found["often"] >= _OFTEN
                    or found["twice"] >= 2 * _OFTEN
                    or (found["cut"] >= _OFTEN and _breaks_off(kinds, lines, run[0], run[-1]))
                )
                if len(run) >= self.anchors and (len(found) >= self.kinds or alone):
                    yield run[0], run[-1]
                run = []


def _breaks_off(kinds: list[str], lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether lines that break off in dots are teasers: no answer stands between them ("My first job was…"), and no story goes on."""
    between = range(first, last + 1)
    return not (
        any(kinds[at] == "plain" and ends_sentence(lines[at].text) for at in between)
        or any(
            ends_sentence(line.text) and count_words(line.text) >= PROSE_WORDS for line in lines[last + 1 :]
        )
    )


def _classify(article: Article, own: Pattern | None) -> list[str]:
    """For each written line: `own` (matches the pattern), `date`, `cut`, `twice`, `often`, `plain` (may stand in a listing) or `barrier`."""
    said = [line.stripped.casefold() for line in article.written]
    twice, many = _near_twins(said), Counter(said)
    kinds = []
    rows = zip(article.written, article.words_in, article.credited_in, twice, said, strict=True)
    for line, words, credited, again, told in rows:
        if own is not None and own.search(line.text):
            kinds.append("own")
        elif _is_date_line(line, words):
            kinds.append("date")
        elif many[told] >= _OFTEN and _is_of_entries(line, words):
            kinds.append("often")
        elif words > _ENTRY_WORDS or 2 * credited >= line.end - line.start:
            kinds.append("barrier")
        elif _CUT.search(line.text) and words >= 2:
            kinds.append("cut")
        elif again and words <= 20 and not ends_sentence(line.text):
            kinds.append("twice")
        else:
            kinds.append("plain")
    return kinds


def _is_of_entries(line: Line, words: int) -> bool:
    """Whether a line that recurs can be a part of entries: no name of a speaker, no sentence, no refrain, nothing of an embedded post."""
    least, most = _OFTEN_WORDS
    small = sum(word[0].islower() for word in line.text.split())
    return (
        least <= words <= most
        and 2 * small > words
        and not ends_sentence(line.text)
        and line.stripped[-1:] not in ":,;"
        and not _OF_EMBED.search(line.text)
    )


def _near_twins(lines: list[str]) -> list[bool]:
    """Which lines stand twice, near each other."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        places.setdefault(line, []).append(at)
    return [len(places[line]) == 2 and places[line][1] - places[line][0] <= _TWICE for line in lines]


def _is_date_line(line: Line, words: int) -> bool:
    if words > 9:
        return False
    if is_age(line.text):
        return True
    found = next(find_dates(line.text), None)
    if found is None:
        return False
    beside = f"{line.text[: found.start]} {line.text[found.end :]}"
    return count_words(beside) - len(_CLOCK.findall(beside)) <= 2


def _widen(lines: tuple[Line, ...], kinds: list[str], first: int, last: int) -> tuple[int, int]:
    """Headings above the run, and what is left below it when that is one last teaser."""
    if (
        kinds[last] == "often"
        and kinds[max(0, last - 3)] == "often"
        and kinds[last + 1 : last + 2] == ["plain"]
    ):
        last += 1
    if (
        kinds[first] in ("date", "often")
        and first
        and _is_heading(lines[first - 1], 16)
        and kinds[first - 1] == "plain"
    ):
        first -= 1
    while first and kinds[first - 1] == "plain" and _is_heading(lines[first - 1], _HEADING_WORDS):
        first -= 1
    if last + 2 == len(lines) and kinds[last + 1] == "plain":
        last += 1
    return first, last


def _is_heading(line: Line, most: int) -> bool:
    return not ends_sentence(line.text) and count_words(line.text) <= most


CHECK = BlockCheck
