"""`check: pattern`: a regular expression, within a scope, with conditions on its line and its neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from provcheck.article import Article
from provcheck.checks.base import Match, ScopedCheck
from provcheck.checks.scopes import LINES, Part, Piece, Scope, part_of, pieces, prefilter_of
from provcheck.model import Span
from provcheck.text.lines import Line
from provcheck.text.patterns import Engine, Hit, Pattern
from provcheck.text.statements import asking_part, is_attributed
from provcheck.text.words import count_words, says_title

Spared = Literal["headline", "quotation", "statement"]
_OPENING = ("“", '"', "„", "«", "‘", "»", "‹")
_ROWS = 2  # written lines within which another one like it stands
_GROUP_NAMES = frozenset({"place", "agency", "name", "date", "publisher", "outlet", "value"})


@dataclass(frozen=True)
class PatternCheck(ScopedCheck):
    """Finds what a pattern matches.

    pattern: the expression, or a list of them of which one must match. Case is ignored; a pattern that
      starts with `(?-i)` minds it.
    engine: `re2` (linear in the text), or `python` for look-around and back-references, under a time limit.
    at: where in the line it must stand: `any`where, at its `start`, or as the `whole` line; marks and bullets
      around it do not count.
    scope: where to look: `line` (each line alone), `head` (lines within the first 80 words of running text), `tail` (lines of
      the second half), `paragraph` (lines of at least eight words), `title`, `sentence`, `quote`, `sign-off`, or
      `document` (the pattern may span lines).
    mark: what the finding covers: the `match`, its whole `line`, or the line and what `follows` it to the end.
    max_words: the most words of the line (or sentence) that holds the match.
    min_words: the fewest words of it.
    before: a pattern that one of the nearest `reach_lines` written lines before must match.
    after: a pattern that one of the nearest `reach_lines` written lines after must match.
    reach_lines: how many lines `before` and `after` look at.
    unless: a pattern that must not match the same line.
    spares: lines that it leaves, whatever it matches: the `headline` (a line that says what the title says), a `quotation` (a line that
      opens with a quotation mark, or says whose words it began with: what somebody said of cookies is no cookie notice), and a `statement` (sentences that address nobody and
      ask for nothing, unless they begin with what the pattern matches: "Residents can sign up for alerts at the town hall."); of a line
      that only ends with what a page asks, the statements stay.
    lone: whether it leaves lines near which another one matches, two written lines away at the most: a dateline stands alone, labels and
      speakers stand in rows.
    """

    pattern: Pattern
    engine: Engine = "re2"
    scope: Scope = "line"
    at: Literal["any", "start", "whole"] = "any"
    mark: Literal["match", "line", "follows"] = "match"
    max_words: int | None = None
    min_words: int | None = None
    before: Pattern | None = None
    after: Pattern | None = None
    unless: Pattern | None = None
    reach_lines: int = 1
    spares: tuple[Spared, ...] = ()
    lone: bool = False

    def __post_init__(self) -> None:
        if min(self.min_words or 0, self.max_words or 0) < 0 or self.reach_lines < 1:
            raise ValueError("`min_words` and `max_words` are not below 0, `reach_lines` is at least 1")
        if self.max_words is not None and (self.min_words or 0) > self.max_words:
            raise ValueError("`min_words` is above `max_words`: the rule would never match")
        if self.scope not in LINES:
            if self.mark != "match":
                raise ValueError(f"`mark: {self.mark}` needs a scope of lines")
            if self.before or self.after or self.spares or self.lone:
                raise ValueError("`before`, `after`, `spares` and `lone` need a scope of lines")

    @cached_property
    def _anchored(self) -> Pattern:
        if self.at == "any":
            return self.pattern
        letter = r"\pL\pN" if self.engine == "re2" else r"\p{L}\p{N}"
        return self.pattern.within(f"^[^{letter}]*", f"[^{letter}]*$" if self.at == "whole" else "")

    def prefilter(self) -> Pattern | None:
        return prefilter_of(self._anchored, self.scope)

    @property
    def part(self) -> Part:
        return part_of(self.scope, self.max_words)

    def narrowed(self, alternatives: Sequence[int]) -> PatternCheck:
        return replace(self, pattern=self.pattern.only(alternatives))

    def placeholders(self) -> frozenset[str]:
        return _GROUP_NAMES | {"text"}

    def find(self, article: Article) -> Iterable[Match]:
        if any(near is not None and not near.search(article.searched) for near in (self.before, self.after)):
            return  # what must stand beside it stands nowhere
        for piece in pieces(article, self.scope):
            hit = next(self._anchored.finditer(piece.text), None)
            if hit is None or not self._fits(piece.text) or not self._neighbours_fit(article, piece.line):
                continue
            start, end = self._unspared(article, piece.text, hit)
            if start == end:
                continue
            if self.lone and self._in_rows(article, piece):
                continue
            if self.mark == "follows":
                yield from (Match(n.start, n.end) for n in article.written if n.start >= piece.start)
                return
            if self.mark == "line":
                yield Match(piece.start + start, piece.start + end, hit.groups)
            elif not piece.placed:
                yield Match(0, 0, {"text": piece.text, **hit.groups})
            else:
                yield from self._matched(piece)

    def _matched(self, piece: Piece) -> Iterator[Match]:
        for hit in self._anchored.finditer(piece.text):
            yield Match(piece.start + hit.start, piece.start + hit.end, hit.groups)

    def _unspared(self, article: Article, text: str, hit: Hit) -> Span:
        """The part of a line that a match takes; an empty one of a line that is spared."""
        if "quotation" in self.spares and (text.lstrip().startswith(_OPENING) or is_attributed(text)):
            return 0, 0
        if "headline" in self.spares and says_title(text, article.document.title):
            return 0, 0
        if "statement" not in self.spares or not any(map(str.isalnum, text[: hit.start])):
            return 0, len(text)
        said = next((at for at in range(hit.start, hit.end) if text[at].isalnum()), hit.start)
        return asking_part(text, said, hit.end) or (0, 0)

    def _in_rows(self, article: Article, piece: Piece) -> bool:
        at = bisect_left(article.written, piece.start, key=lambda line: line.start)
        near = (*article.written[max(0, at - _ROWS) : at], *article.written[at + 1 : at + 1 + _ROWS])
        return any(self._anchored.search(line.text) and self._fits(line.text) for line in near)

    def _fits(self, text: str) -> bool:
        if self.unless is not None and self.unless.search(text):
            return False
        if self.max_words is None and self.min_words is None:
            return True
        words = count_words(text)
        return (self.min_words or 0) <= words <= (words if self.max_words is None else self.max_words)

    def _neighbours_fit(self, article: Article, line: Line | None) -> bool:
        if line is None or (self.before is None and self.after is None):
            return True
        at = bisect_left(article.written, line.number, key=lambda written: written.number)
        earlier = article.written[max(0, at - self.reach_lines) : at]
        later = article.written[at + 1 : at + 1 + self.reach_lines]
        return (self.before is None or any(self.before.search(near.text) for near in earlier)) and (
            self.after is None or any(self.after.search(near.text) for near in later)
        )


CHECK = PatternCheck
