"""`check: replace`: a spelling or a mark, and what should stand in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from provcheck.article import Article
from provcheck.checks.base import Match, ScopedCheck
from provcheck.checks.scopes import Scope, pieces, prefilter_of
from provcheck.text.patterns import Engine, Pattern


@dataclass(frozen=True)
class ReplaceCheck(ScopedCheck):
    r"""Finds what a pattern matches and suggests another text for it.

    pattern: the expression, or a list of them.
    replacement: the suggestion; `\1` and `\g<name>` stand for groups of the pattern.
    swap: instead of both: a mapping of patterns to their replacements, whole words only.
    engine: `re2` (linear in the text), or `python` for look-around and back-references, under a time limit.
    scope: where to look; as in `pattern`.
    unless: a pattern that must not match the same line (or sentence, or quote).
    """

    pattern: Pattern | None = None
    replacement: str | None = None
    swap: Mapping[str, str] = field(default_factory=dict)
    engine: Engine = "re2"
    scope: Scope = "document"
    unless: Pattern | None = None

    def __post_init__(self) -> None:
        if bool(self.swap) == (self.pattern is not None):
            raise ValueError("give either `pattern` and `replacement`, or `swap`")
        if self.pattern is not None:
            if self.replacement is None:
                raise ValueError("`pattern` needs a `replacement`")
            unknown = self.pattern.unknown_group(self.replacement)
            if unknown is not None:
                raise ValueError(f"`replacement` names the group {unknown}, which `pattern` lacks")
        for pattern, _ in self._pairs if self.swap else ():
            pattern.check()

    @cached_property
    def _pairs(self) -> tuple[tuple[Pattern, str], ...]:
        if self.pattern is not None:
            return ((self.pattern, self.replacement or ""),)
        return tuple(
            (Pattern(wrong, ignore_case=True, engine=self.engine), right)
            for wrong, right in self.swap.items()
        )

    def prefilter(self) -> Pattern | None:
        pattern = self.pattern or Pattern.any_of(list(self.swap), ignore_case=True, engine=self.engine)
        return prefilter_of(pattern, self.scope)

    def narrowed(self, alternatives: Sequence[int]) -> ReplaceCheck:
        if self.pattern is not None:  # its replacement counts the groups of all alternatives
            return self
        pairs = list(self.swap.items())
        return replace(self, swap=dict(pairs[number] for number in alternatives))

    def find(self, article: Article) -> Iterable[Match]:
        for piece in pieces(article, self.scope):
            if self.unless is not None and self.unless.search(piece.text):
                continue
            for pattern, replacement in self._pairs:
                for hit, right in pattern.replacements(piece.text, replacement):
                    said = piece.text[hit.start : hit.end]
                    if self.swap:
                        if not _is_whole(piece.text, hit.start, hit.end):
                            continue
                        right = right[:1].upper() + right[1:] if said[:1].isupper() else right
                    if said == right:
                        continue
                    if piece.placed:
                        yield Match(piece.start + hit.start, piece.start + hit.end, hit.groups, right)
                    else:
                        yield Match(0, 0, {"text": piece.text, **hit.groups}, right)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on at either end; letters of every script count, which RE2's `\\b` does not know."""
    return not (start and text[start - 1].isalnum() and text[start].isalnum()) and not (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    )


CHECK = ReplaceCheck
