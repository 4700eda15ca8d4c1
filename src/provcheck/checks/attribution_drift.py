"""`check: attribution-drift`: a direct quote that one document of a story gives to another speaker than the others do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.speakers import find_misattributions


@dataclass(frozen=True)
class AttributionDriftCheck(Check):
    """Finds quotes whose speaker is another person than two other documents or more say: see `drift.speakers`."""

    reach: ClassVar[Reach] = "story"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "odd", "usual"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        for found in find_misattributions(articles):
            here = Spot(found.utterance.article.id, found.speaker.start, found.speaker.end)
            quote = Spot(found.utterance.article.id, found.utterance.start, found.utterance.end)
            others = [Spot(u.article.id, s.start, s.end) for u, s in found.witnesses]
            values = {"odd": found.speaker.name, "usual": found.usual}
            yield CrossMatch((here, quote, *others), values, found.usual)


CHECK = AttributionDriftCheck
