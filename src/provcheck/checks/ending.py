"""`check: ending`: what stands after the line with which a page leaves its article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.text import ends_sentence


@dataclass(frozen=True)
class EndingCheck(Check):
    """Finds every line after the first one with which a page leaves its article.

    Lines that are credits, or found already, are left out.

    after: categories of that line, which other rules found.
    prose: words of prose that must stand before it.
    share: share of all words that must stand before it, 0 to 1.
    sentences: whether lines that end as sentences are found, too.
    most_after: words of prose that may stand behind it, as a share of those before it; where there are more, the story goes on. Unset, any.
    """

    after: tuple[str, ...]
    prose: int = 60
    share: float = 0.5
    sentences: bool = True
    most_after: float | None = None

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        marked = [m for m in article.marks if m.action == "remove" and m.category in self.after]
        if not marked:
            return
        starts = {article.line_of(mark.start).start for mark in marked}
        body = {line.start for line in article.body}
        prose_in = [
            words if line.start in body else 0
            for line, words in zip(article.written, article.prose_in, strict=True)
        ]
        prose, left, end = 0, sum(prose_in), None
        for line, before, words in zip(article.written, article.words_before, prose_in, strict=True):
            if end is not None:
                if line.start in body and (self.sentences or not ends_sentence(line.text)):
                    yield Match(line.start, line.end, {"line": end})
                continue
            told = prose >= self.prose and before >= self.share * article.words
            over = self.most_after is None or left - words <= self.most_after * prose
            if line.start in starts and told and over:
                end = str(line.number)
            prose, left = prose + words, left - words


CHECK = EndingCheck
