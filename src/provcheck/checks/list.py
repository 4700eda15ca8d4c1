"""`check: list`: phrases from a list or a file, exact or nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from provcheck.article import Article
from provcheck.checks.base import Match, ScopedCheck
from provcheck.checks.scopes import Piece, Scope, pieces
from provcheck.rulefile.reading import Phrases
from provcheck.text.words import READER_WORD

_EXACT = 100


@dataclass(frozen=True)
class ListCheck(ScopedCheck):
    """Finds phrases; letter case, spaces and the marks between words do not count.

    phrases: the phrases, as a list.
    file: a text file beside the rule file, one phrase a line; lines that start with `#` say nothing.
    at: where in the line (sentence, …) a phrase must stand: `any`where, at its `start`, or as the `whole`.
    fuzzy: how alike a whole line and a phrase must be, 1 to 100 (100 is exact): rapidfuzz's `ratio`. Below 100
      it needs `at: whole`.
    scope: where to look; as in `pattern`.
    mark: what the finding covers: the `match` or the whole `line`.
    """

    phrases: tuple[str, ...] = ()
    file: Phrases | None = None
    at: Literal["any", "start", "whole"] = "any"
    fuzzy: int = _EXACT
    scope: Scope = "line"
    mark: Literal["match", "line"] = "match"

    def __post_init__(self) -> None:
        if bool(self.phrases) == (self.file is not None):
            raise ValueError("give either `phrases` or `file`")
        if not 0 < self.fuzzy <= _EXACT:
            raise ValueError("`fuzzy` lies between 1 and 100")
        if self.fuzzy < _EXACT and self.at != "whole":
            raise ValueError("`fuzzy` below 100 needs `at: whole`")
        empty = next((phrase for phrase in self._all if not _tokens(phrase)), None)
        if empty is not None:
            raise ValueError(f"the phrase {empty!r} has no word")

    @property
    def _all(self) -> tuple[str, ...]:
        return self.phrases if self.file is None else self.file.lines

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        """First word -> the phrases that start with it, longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted({_tokens(phrase) for phrase in self._all}, key=lambda p: (-len(p), p)):
            found.setdefault(phrase[0], []).append(phrase)
        return found

    @cached_property
    def _plain(self) -> list[str]:
        return sorted({" ".join(_tokens(phrase)) for phrase in self._all})

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "phrase"})

    def find(self, article: Article) -> Iterable[Match]:
        for piece in pieces(article, self.scope):
            for start, end, phrase in self._near(piece) if self.fuzzy < _EXACT else self._exact(piece):
                values = {"phrase": phrase}
                if not piece.placed:
                    yield Match(0, 0, {"text": piece.text, **values})
                elif self.mark == "line":
                    yield Match(piece.start, piece.end, values)
                    break
                else:
                    yield Match(piece.start + start, piece.start + end, values)

    def _exact(self, piece: Piece) -> Iterator[tuple[int, int, str]]:
        words = list(READER_WORD.finditer(piece.text))
        tokens = [word.group().casefold() for word in words]
        at = 0
        while at < len(tokens) and (self.at == "any" or at == 0):
            size = self._length_at(tokens, at)
            if size:
                yield words[at].start(), words[at + size - 1].end(), " ".join(tokens[at : at + size])
            at += size or 1

    def _length_at(self, tokens: list[str], at: int) -> int:
        for phrase in self._by_first.get(tokens[at], ()):
            size = len(phrase)
            if tuple(tokens[at : at + size]) == phrase and (self.at != "whole" or size == len(tokens)):
                return size
        return 0

    def _near(self, piece: Piece) -> Iterator[tuple[int, int, str]]:
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import extractOne

        tokens = _tokens(piece.text)
        if tokens:
            best = extractOne(" ".join(tokens), self._plain, scorer=ratio, score_cutoff=self.fuzzy)
            if best is not None:
                left = len(piece.text) - len(piece.text.lstrip())
                yield left, len(piece.text.rstrip()), best[0]


def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(word.group().casefold() for word in READER_WORD.finditer(phrase))


CHECK = ListCheck
