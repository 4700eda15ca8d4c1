"""`check: uncredited-copy`: a copy of an agency's text without the agency's credit, or with another's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.lexicon.agencies import agency_named
from provcheck.provenance.owners import agency_of_outlet


@dataclass(frozen=True)
class UncreditedCopyCheck(Check):
    """Finds members of a group that do not credit the agency that the group's text comes from.

    The agency is the one that most members credit, a dateline counting as a credit.

    backing: how many members must do so at least, so that one site's credit does not accuse the others.
    """

    backing: int = 2

    reach: ClassVar[Reach] = "group"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "agency", "instead", "custom"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        credits = {article.id: _agencies_of(article) for article in articles}
        counted = Counter(name for found in credits.values() for name in found)
        if not counted:
            return
        agency, backing = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if backing < self.backing:
            return
        witnesses = [Spot(a.id, *credits[a.id][agency]) for a in articles if agency in credits[a.id]]
        for article in articles:
            found = credits[article.id]
            if agency in found or agency_of_outlet(article) == agency or not article.body:
                continue
            instead = sorted(found)[0] if found else ""
            start, end = found[instead] if instead else (article.body[0].start, article.body[0].end)
            known = agency_named(agency)
            values = {
                "agency": agency,
                "instead": f"credits {instead}" if instead else "credits no agency",
                "custom": f" ({agency} is credited {known.custom})" if known is not None else "",
            }
            yield CrossMatch((Spot(article.id, start, end), *witnesses[:3]), values, agency)


def _agencies_of(article: Article) -> dict[str, tuple[int, int]]:
    said = article.provenance
    found = {credit.name: (credit.start, credit.end) for credit in said.agencies}
    if said.dateline is not None and said.dateline.agency:
        found.setdefault(said.dateline.agency, (said.dateline.start, said.dateline.end))
    return found


CHECK = UncreditedCopyCheck
