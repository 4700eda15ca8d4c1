"""`check: lone-quote`: direct quotes that only one of several copies has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.quotes import find_lone_quotes


@dataclass(frozen=True)
class LoneQuoteCheck(Check):
    """Lists the quotes of eight words or more that one document of a group has alone, one finding a document.

    members: how many documents the group must have, so that a lone quote says something.
    """

    members: int = 3

    reach: ClassVar[Reach] = "group"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "quotes", "others"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        if len(articles) < self.members:
            return
        for found in find_lone_quotes(articles):
            spots = tuple(Spot(quote.article.id, quote.start, quote.end) for quote in found)
            count = "a quote" if len(spots) == 1 else f"{len(spots)} quotes"
            yield CrossMatch(spots, {"quotes": count, "others": str(len(articles) - 1)})


CHECK = LoneQuoteCheck
