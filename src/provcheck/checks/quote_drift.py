"""`check: quote-drift`: a direct quote whose words are not those that other documents of the story have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.quotes import find_quote_drift
from provcheck.model import Confidence

_LIKE = 0.75  # of two versions that are surely one utterance


@dataclass(frozen=True)
class QuoteDriftCheck(Check):
    """Finds versions of one utterance that disagree; a cut is no change."""

    reach: ClassVar[Reach] = "story"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "change", "versions"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        for drift in find_quote_drift(articles):
            spots = tuple(Spot(u.article.id, u.start, u.end) for u in (drift.odd, *drift.others))
            values = {"change": drift.change, "versions": str(len(spots))}
            sure: Confidence = "high" if drift.alike > _LIKE else "medium"
            yield CrossMatch(spots, values, drift.others[0].text, sure if drift.certain else "low")


CHECK = QuoteDriftCheck
