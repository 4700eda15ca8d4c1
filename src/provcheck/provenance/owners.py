"""Which outlets are an agency's own sites."""

from __future__ import annotations

from provcheck.addresses import site_of
from provcheck.agencies import agencies
from provcheck.article import Article

_SITES = {
    "AP": "apnews",
    "Xinhua": "xinhuanet",
    "Yonhap": "yna",
    "Anadolu": "aa",
}  # hosts that are not called as the agency


def agency_of_outlet(article: Article) -> str | None:
    """The agency whose own site the article stands on: a known one, or the one that its dateline names."""
    stem = site_of((article.outlet or "").casefold())
    dateline = article.provenance.dateline
    if dateline is not None and dateline.agency and stem == dateline.agency.casefold().replace(" ", ""):
        return dateline.agency
    for agency in agencies():
        if stem in {name.casefold().replace(" ", "") for name in agency.names} or stem == _SITES.get(
            agency.name
        ):
            return agency.name
    return None
