"""`check: spelling-drift`: a place, a body or a person whose name one document of a story spells as no other does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.spellings import find_spellings


@dataclass(frozen=True)
class SpellingDriftCheck(Check):
    """Finds odd spellings of names of any kind in sentences that several documents share: see `drift.spellings`."""

    reach: ClassVar[Reach] = "story"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "odd", "usual", "backing", "times"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        for found in find_spellings(articles):
            spots = [Spot(found.article.id, start, end) for start, end in found.places]
            spots += [Spot(*witness) for witness in found.witnesses]
            values = {
                "odd": found.odd,
                "usual": found.usual,
                "backing": str(found.backing),
                "times": str(len(found.places)),
            }
            yield CrossMatch(tuple(spots), values, found.usual)


CHECK = SpellingDriftCheck
