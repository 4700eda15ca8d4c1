"""`check: before-origin`: a copy that is dated before the text that it says it is from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.provenance.owners import agency_of_outlet


@dataclass(frozen=True)
class BeforeOriginCheck(Check):
    """Finds members of a group that credit an agency and are dated before the copy on that agency's own site.

    days: how many days earlier still pass: time zones, and dates of the last update.
    """

    days: int = 1

    reach: ClassVar[Reach] = "group"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "agency", "published", "origin"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        own: dict[str, Article] = {}  # of each agency the copy that it published first
        for article in sorted(articles, key=lambda a: (a.published or date.max, a.id)):
            agency = agency_of_outlet(article)
            if agency is not None:
                own.setdefault(agency, article)
        for article in articles:
            for credit in article.provenance.agencies:
                origin = own.get(credit.name)
                if origin is None or origin is article or not (article.published and origin.published):
                    continue
                if (origin.published - article.published).days > self.days:
                    values = {
                        "agency": credit.name,
                        "published": article.published.isoformat(),
                        "origin": origin.published.isoformat(),
                    }
                    first = origin.body[0] if origin.body else origin.lines[0]
                    here = Spot(article.id, credit.start, credit.end)
                    yield CrossMatch((here, Spot(origin.id, first.start, first.end)), values)


CHECK = BeforeOriginCheck
