"""`check: ending`: what stands after the line with which a page leaves its article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.text import ends_sentence

_PROSE_WORDS = 12  # a line of prose has so many words and an end mark


@dataclass(frozen=True)
class EndingCheck(Check):
    """Finds every line after the first one with which a page leaves its article.

    Lines that are credits, or found already, are left out.

    after: categories of that line, which other rules found.
    prose: words of prose that must stand before it.
    share: share of all words that must stand before it, 0 to 1.
    """

    after: tuple[str, ...]
    prose: int = 60
    share: float = 0.5

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        marked = [m for m in article.marks if m.action == "remove" and m.category in self.after]
        if not marked:
            return
        starts = {article.line_of(mark.start).start for mark in marked}
        prose, end = 0, None
        body = {line.start for line in article.body}
        for line, words, before in zip(article.written, article.words_in, article.words_before, strict=True):
            if end is not None:
                if line.start in body:
                    yield Match(line.start, line.end, {"line": end})
            elif line.start in starts and prose >= self.prose and before >= self.share * article.words:
                end = str(line.number)
            elif words >= _PROSE_WORDS and ends_sentence(line.text):
                prose += words


CHECK = EndingCheck
