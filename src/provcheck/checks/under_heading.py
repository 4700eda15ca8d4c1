"""`check: under-heading`: the entries under a heading such as "Most read" or "Related stories"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.text.lines import Line
from provcheck.text.sentences import ends_sentence, runs_on
from provcheck.text.words import count_words

_HEADING_WORDS = 8
_TITLE_WORDS = 6  # of the title of a link, at least, where a subheading could stand
_SUBHEADING_WORDS = 3  # of one that stands above another
_DATA = re.compile(r": ?[$€£]?\d[\d.,]*\d\b(?![:.]\d\d\b)")
_NUMBERED = re.compile(r"\W*\d{1,2}[.):] ")


@dataclass(frozen=True)
class UnderHeadingCheck(Check):
    """Finds the run of short lines without an end mark under a heading that other rules found.

    Of a run that sentences follow the last line may be their heading: it stays if it has no more words than a subheading, and with it what has as few before
    it and what is numbered. So one line between "Read more" and the next paragraph goes if it is long enough for a title. A line that ends with a
    colon introduces what follows, and ends a run; so does the first of some lines into which a paragraph was broken.

    headings: categories of the heading.
    entries: the fewest lines of a run.
    max_words: the most words of a line.
    share: the heading stands after this share of the words, 0 to 1.
    """

    headings: tuple[str, ...]
    entries: int = 2
    max_words: int = 25
    share: float = 0.3

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "heading"})

    def find(self, article: Article) -> Iterable[Match]:
        marked = {m.start for m in article.marks if m.action == "remove" and m.category in self.headings}
        if not marked:
            return
        heading, run = "", list[Line]()
        rows = zip(
            article.written,
            article.words_in,
            article.words_before,
            article.credited_in,
            article.removed_in,
            strict=True,
        )
        for line, words, before, credited, removed in rows:
            if line.start in marked and words <= _HEADING_WORDS and before >= self.share * article.words:
                yield from self._entries(heading, run)
                heading, run = line.stripped, []
            elif not heading:
                continue
            elif words <= self.max_words and not _ends_run(line.text):
                if 2 * max(credited, removed) < line.end - line.start:
                    run.append(line)
            else:
                yield from self._entries(heading, run, told_on=True)
                heading, run = "", []
        yield from self._entries(heading, run)

    def _entries(self, heading: str, run: list[Line], told_on: bool = False) -> Iterable[Match]:
        broken = (
            at
            for at, line in enumerate(run)
            if line.stripped[-1] == "," or any(runs_on(line.text, each.text) for each in run[at + 1 : at + 2])
        )
        whole, run = len(run), run[: next(broken, len(run))]
        entries = _before_subheadings(run) if told_on and len(run) == whole else run
        if len(run) >= self.entries or (told_on and entries):
            for line in entries:
                yield Match(line.start, line.end, {"heading": heading})


def _ends_run(text: str) -> bool:
    """Whether a line is a sentence, introduces what follows, or is a row of data ("Dollar: $1.048")."""
    return ends_sentence(text) or text.rstrip().endswith(":") or _DATA.search(text) is not None


def _before_subheadings(run: list[Line]) -> list[Line]:
    """The lines of a run that are titles of links, whatever subheadings stand between them and the sentences that follow."""
    links = list(run)
    while links and (_NUMBERED.match(links[-1].text) or count_words(links[-1].text) < _TITLE_WORDS):
        links.pop()
        if links and not _NUMBERED.match(links[-1].text) and count_words(links[-1].text) > _SUBHEADING_WORDS:
            break
    return links


CHECK = UnderHeadingCheck
