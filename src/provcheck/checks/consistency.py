"""`check: consistency`: one thing written in several ways, within a document, a group, a story or an outlet."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Match, Reach, Spot
from provcheck.checks.scopes import Scope, pieces, prefilter_of, stage_of
from provcheck.model import Span
from provcheck.text.patterns import Pattern

Within = Literal["document", "group", "story", "site"]


@dataclass(frozen=True)
class ConsistencyCheck(Check):
    """Finds the rarer variants where several stand; the most frequent one is suggested, the first named on a tie.

    variants: a mapping of the form to suggest to the pattern that recognises it; two at least.
    within: where the variants must agree: one `document`, a `group` of copies, a `story`, or a `site` (all
      documents of one outlet). Across documents, each document counts once for each variant.
    scope: where in each document to look; as in `pattern`, `title` aside.
    each: whether each place of a rarer variant is a finding, or one stands for all of the document.
    """

    variants: Mapping[str, Pattern]
    within: Within = "document"
    scope: Scope = "document"
    each: bool = True

    def __post_init__(self) -> None:
        if len(self.variants) < 2:
            raise ValueError("`variants` needs two at least")
        if self.scope == "title":
            raise ValueError("`scope: title` does not go with `consistency`")

    @property
    def reach(self) -> Reach:  # type: ignore[override]
        return self.within

    @property
    def stage(self) -> Literal[0, 1]:  # type: ignore[override]
        return stage_of(self.scope)

    @property
    def needs(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset({"outlet"}) if self.within == "site" else frozenset()

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "variant", "usual"})

    def find(self, article: Article) -> Iterable[Match]:
        found = self._places(article)
        if len(found) < 2:
            return
        usual = self._usual(Counter({form: len(places) for form, places in found.items()}))
        for form, places in found.items():
            if form != usual:
                for start, end in places if self.each else places[:1]:
                    yield Match(
                        start, end, {"variant": form, "usual": usual}, usual, related=(found[usual][0],)
                    )

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        by_document = [(article.id, self._places(article)) for article in articles]
        counted = Counter(form for _, found in by_document for form in found)
        if len(counted) < 2:
            return
        usual = self._usual(counted)
        witness = next(Spot(name, *found[usual][0]) for name, found in by_document if usual in found)
        for name, found in by_document:
            for form, places in found.items():
                if form != usual:
                    spots = (*(Spot(name, *place) for place in places), witness)
                    yield CrossMatch(spots, {"variant": form, "usual": usual}, usual)

    def _places(self, article: Article) -> dict[str, list[tuple[int, int]]]:
        """Form -> its places; where two variants match, the one named first has it."""
        taken: list[tuple[int, int]] = []
        found: dict[str, list[tuple[int, int]]] = {}
        for form, pattern in self.variants.items():
            stand_in = prefilter_of(pattern, self.scope)
            if stand_in is not None and not stand_in.search(article.searched):
                continue
            for piece in pieces(article, self.scope):
                for hit in pattern.finditer(piece.text):
                    span = (piece.start + hit.start, piece.start + hit.end)
                    if _is_free(span, taken):
                        found.setdefault(form, []).append(span)
            taken = sorted([*taken, *found.get(form, [])])
        return found

    def _usual(self, counted: Counter[str]) -> str:
        order = list(self.variants)
        return min(counted, key=lambda form: (-counted[form], order.index(form)))


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span meets none of some sorted ones, which do not meet each other."""
    at = bisect_right(taken, span)
    return not (at and taken[at - 1][1] > span[0]) and not (at < len(taken) and taken[at][0] < span[1])


CHECK = ConsistencyCheck
