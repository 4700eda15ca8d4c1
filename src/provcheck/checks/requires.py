"""`check: requires`: where one thing stands, another must stand, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Match, Reach, Spot
from provcheck.checks.scopes import Piece, Scope, needs_of, pieces, prefilter_of, stage_of
from provcheck.text.patterns import Engine, Hit, Pattern


@dataclass(frozen=True)
class RequiresCheck(Check):
    """Finds what matches `pattern` in a text in which nothing matches `requires`.

    pattern: the condition (an expression, or a list of them); the finding marks its first match.
    requires: what must then match somewhere.
    scope: where the condition is looked for; as in `pattern`.
    where: where the required thing is looked for: `document`, `head`, `tail`, `title`, `sign-off` …
    within: `document`, or `group`, `story`, `site`: if any document of it fulfils the condition, every one must
      have what is required; the finding marks the first line of one that has not.
    engine: `re2` (linear in the text), or `python` for look-around and back-references, under a time limit.
    """

    pattern: Pattern
    requires: Pattern
    scope: Scope = "document"
    where: Scope = "document"
    within: Literal["document", "group", "story", "site"] = "document"
    engine: Engine = "re2"

    @property
    def reach(self) -> Reach:  # type: ignore[override]
        return self.within

    @property
    def stage(self) -> Literal[0, 1]:  # type: ignore[override]
        return stage_of(self.scope, self.where)

    @property
    def needs(self) -> frozenset[str]:  # type: ignore[override]
        site = frozenset({"outlet"}) if self.within == "site" else frozenset()
        return needs_of(self.scope, self.where) | site

    def prefilter(self) -> Pattern | None:
        return prefilter_of(self.pattern, self.scope)

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "because"})

    def find(self, article: Article) -> Iterable[Match]:
        found = self._condition(article)
        if found is None or self._fulfilled(article):
            return
        piece, hit = found
        said = piece.text[hit.start : hit.end]
        start = piece.start + hit.start
        yield (
            Match(start, start + len(said), {"because": said})
            if piece.placed
            else Match(0, 0, {"text": piece.text, "because": said})
        )

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        found = next(((a, c) for a in articles if (c := self._condition(a)) is not None), None)
        if found is None:
            return
        source, (piece, hit) = found
        said = piece.text[hit.start : hit.end]
        start = piece.start + hit.start if piece.placed else 0
        witness = Spot(source.id, start, start + len(said) if piece.placed else 0)
        for article in articles:
            if not self._fulfilled(article) and article.written:
                first = article.written[0]
                yield CrossMatch((Spot(article.id, first.start, first.end), witness), {"because": said})

    def _condition(self, article: Article) -> tuple[Piece, Hit] | None:
        for piece in pieces(article, self.scope):
            for hit in self.pattern.finditer(piece.text):
                return piece, hit
        return None

    def _fulfilled(self, article: Article) -> bool:
        return any(self.requires.search(piece.text) for piece in pieces(article, self.where))


CHECK = RequiresCheck
