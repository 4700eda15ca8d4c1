"""`check: figure-drift`: a number that other documents of the story give otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.figures import find_figure_drift


@dataclass(frozen=True)
class FigureDriftCheck(Check):
    """Finds figures of one fact that disagree; roundings agree."""

    reach: ClassVar[Reach] = "story"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "odd", "usual"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        for drift in find_figure_drift(articles):
            spots = tuple(Spot(fact.article.id, fact.start, fact.end) for fact in drift.facts)
            values = {"odd": drift.odd, "usual": drift.usual}
            yield CrossMatch(spots, values, drift.usual, "medium" if drift.certain else "low")


CHECK = FigureDriftCheck
