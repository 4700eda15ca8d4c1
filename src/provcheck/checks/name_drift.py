"""`check: name-drift`: a person who has another name in one document of a story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.names import find_name_drift


@dataclass(frozen=True)
class NameDriftCheck(Check):
    """Finds names that only one document of a story has where the others have another: see `drift.people`."""

    reach: ClassVar[Reach] = "story"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "odd", "usual", "tie", "times"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        for drift in find_name_drift(articles):
            spots = [Spot(drift.article.id, start, end) for start, end in drift.places]
            spots += [Spot(*witness) for witness in drift.witnesses]
            values = {
                "odd": drift.odd,
                "usual": drift.usual,
                "tie": drift.tie,
                "times": str(len(drift.places)),
            }
            yield CrossMatch(tuple(spots), values, drift.usual, "high" if drift.certain else "low")


CHECK = NameDriftCheck
