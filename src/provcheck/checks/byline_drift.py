"""`check: byline-drift`: one author under several spellings, across the documents of an outlet or of a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.bylines import find_author_spellings

Within = Literal["group", "story", "site"]


@dataclass(frozen=True)
class BylineDriftCheck(Check):
    """Finds the rarer spellings of an author; the roster's spelling is right, then the more frequent one.

    within: whose credits are compared: those of a `group` of copies, of a `story`, or of a `site` (all documents of one outlet).
    """

    within: Within = "site"

    @property
    def reach(self) -> Reach:  # type: ignore[override]
        return self.within

    @property
    def needs(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset({"outlet"}) if self.within == "site" else frozenset()

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "odd", "usual", "reason"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        for found in find_author_spellings(articles):
            spots = tuple(Spot(*place) for place in (*found.places, *found.witnesses))
            values = {"odd": found.odd, "usual": found.usual, "reason": found.reason}
            yield CrossMatch(spots, values, found.usual)


CHECK = BylineDriftCheck
