"""`check: count`: too many, or too few, of something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from provcheck.article import Article
from provcheck.checks.base import Match, ScopedCheck
from provcheck.checks.scopes import Piece, Scope, pieces, prefilter_of
from provcheck.text.patterns import Engine, Pattern
from provcheck.text.words import count_words


@dataclass(frozen=True)
class CountCheck(ScopedCheck):
    """Finds pieces in which a pattern matches too often or too rarely.

    pattern: what is counted (an expression, or a list of them).
    max: the most matches that pass; the finding marks the first one too many.
    min: the fewest matches that pass; the finding marks the first line of what has fewer.
    per_words: count for each so many words of the piece, not for the piece as a whole.
    scope: within what to count: `document`, `head`, `tail`, `paragraph`, `line`, `sentence`, `quote`, `title`.
      `head` and `tail` are counted line by line.
    engine: `re2` (linear in the text), or `python` for look-around and back-references, under a time limit.
    """

    pattern: Pattern
    max: int | None = None
    min: int | None = None
    per_words: int | None = None
    scope: Scope = "document"
    engine: Engine = "re2"

    def __post_init__(self) -> None:
        if self.max is None and self.min is None:
            raise ValueError("give `max`, `min` or both")
        if self.per_words is not None and self.per_words < 1:
            raise ValueError("`per_words` is at least 1")

    def prefilter(self) -> Pattern | None:
        return None if self.min is not None else prefilter_of(self.pattern, self.scope)

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "count", "limit"})

    def find(self, article: Article) -> Iterable[Match]:
        for piece in pieces(article, self.scope):
            hits = list(self.pattern.finditer(piece.text))
            units = 1.0
            if self.per_words is not None:
                units = max(1.0, count_words(piece.text) / self.per_words)
            if self.max is not None and len(hits) > self.max * units:
                first = hits[int(self.max * units)]
                span = (piece.start + first.start, piece.start + first.end)
                yield self._match(piece, span, len(hits), self.max)
            elif self.min is not None and len(hits) < self.min * units:
                yield self._match(piece, _first_line(piece, article), len(hits), self.min)

    def _match(self, piece: Piece, span: tuple[int, int], count: int, limit: int) -> Match:
        values = {"count": str(count), "limit": str(limit)}
        return Match(*span, values) if piece.placed else Match(0, 0, {"text": piece.text, **values})


def _first_line(piece: Piece, article: Article) -> tuple[int, int]:
    lines = (n for n in article.written if n.end > piece.start and n.start < piece.end)
    for line in islice(lines, 1):
        return max(line.start, piece.start), min(line.end, piece.end)
    return piece.start, piece.end


CHECK = CountCheck
