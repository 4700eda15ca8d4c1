"""`check: pattern`: a regular expression, within a scope, with conditions on its line and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from provcheck.article import Article
from provcheck.checks.base import Match, Reach, Stage
from provcheck.model import Document
from provcheck.patterns import Hit, Pattern
from provcheck.text import Line, count_words

_GROUP_NAMES = frozenset({"place", "agency", "name", "date", "publisher", "outlet", "value"})


@dataclass(frozen=True)
class PatternCheck:
    """Finds what a pattern matches.

    pattern: the expression (RE2), or a list of them of which one must match. Case is ignored; a pattern that
      starts with `(?-i)` minds it.
    at: where in the line it must stand: `any`where, at its `start`, or as the `whole` line; marks and bullets
      around it do not count.
    scope: where to look: `line` (each line alone), `head` (lines within the first 80 words), `tail` (lines of
      the second half), `title`, `sentence`, `quote`, or `document` (the pattern may span lines).
    mark: what the finding covers: the `match`, its whole `line`, or the line and what `follows` it to the end.
    max_words, min_words: bounds on the words of the line (or sentence) that holds the match.
    before, after: a pattern that one of the nearest `reach_lines` written lines before or after must match.
    unless: a pattern that must not match the same line.
    """

    pattern: Pattern
    scope: Literal["line", "head", "tail", "title", "sentence", "quote", "document"] = "line"
    at: Literal["any", "start", "whole"] = "any"
    mark: Literal["match", "line", "follows"] = "match"
    max_words: int | None = None
    min_words: int | None = None
    before: Pattern | None = None
    after: Pattern | None = None
    unless: Pattern | None = None
    reach_lines: int = 1

    reach: ClassVar[Reach] = "document"
    stage: ClassVar[Stage] = 0

    def __post_init__(self) -> None:
        if self.scope in ("document", "title") and self.mark != "match":
            raise ValueError(f"`mark: {self.mark}` needs a scope of lines")

    @cached_property
    def _anchored(self) -> Pattern:
        source = self.pattern.source
        if self.at == "start":
            source = rf"^[^\pL\pN]*(?:{source})"
        elif self.at == "whole":
            source = rf"^[^\pL\pN]*(?:{source})[^\pL\pN]*$"
        return Pattern(source, self.pattern.ignore_case)

    def prefilter(self) -> Pattern | None:
        return None if self.scope == "title" else self._anchored

    def placeholders(self) -> frozenset[str]:
        return _GROUP_NAMES | {"text"}

    def find(self, article: Article) -> Iterable[Match]:
        if self.scope == "document":
            for hit in self._anchored.finditer(article.text):
                yield Match(hit.start, hit.end, hit.groups)
        elif self.scope == "title":
            yield from self._find_in_title(article.document)
        elif self.scope in ("sentence", "quote"):
            yield from self._find_in_spans(article)
        else:
            yield from self._find_in_lines(article)

    def _find_in_title(self, document: Document) -> Iterator[Match]:
        if document.title and self._anchored.search(document.title):
            yield Match(0, 0, {"text": document.title})

    def _find_in_spans(self, article: Article) -> Iterator[Match]:
        spans = article.sentences if self.scope == "sentence" else [(q.start, q.end) for q in article.quotes]
        for start, end in spans:
            piece = article.text[start:end]
            if self._fits(piece):
                for hit in self._anchored.finditer(piece):
                    yield self._matched(hit, start, start, end)

    def _find_in_lines(self, article: Article) -> Iterator[Match]:
        lines = {"line": article.written, "head": article.head, "tail": article.tail}[self.scope]
        for line in lines:
            hit = next(self._anchored.finditer(line.text), None)
            if hit is None or not self._fits(line.text) or not self._neighbours_fit(article, line):
                continue
            if self.mark == "follows":
                yield from self._following(article, line)
                return
            if self.mark == "line":
                yield self._matched(hit, line.start, line.start, line.end)
                continue
            for each in self._anchored.finditer(line.text):
                yield self._matched(each, line.start, line.start, line.end)

    def _matched(self, hit: Hit, offset: int, start: int, end: int) -> Match:
        if self.mark == "match":
            return Match(offset + hit.start, offset + hit.end, hit.groups)
        return Match(start, end, hit.groups)

    def _following(self, article: Article, first: Line) -> Iterator[Match]:
        for line in article.written:
            if line.start >= first.start:
                yield Match(line.start, line.end)

    def _fits(self, piece: str) -> bool:
        if self.unless is not None and self.unless.search(piece):
            return False
        if self.max_words is None and self.min_words is None:
            return True
        words = count_words(piece)
        return (self.min_words or 0) <= words <= (words if self.max_words is None else self.max_words)

    def _neighbours_fit(self, article: Article, line: Line) -> bool:
        if self.before is None and self.after is None:
            return True
        at = article.written.index(line)
        earlier = article.written[max(0, at - self.reach_lines) : at]
        later = article.written[at + 1 : at + 1 + self.reach_lines]
        return (self.before is None or any(self.before.search(near.text) for near in earlier)) and (
            self.after is None or any(self.after.search(near.text) for near in later)
        )


CHECK = PatternCheck
