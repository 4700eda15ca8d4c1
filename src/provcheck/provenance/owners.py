"""Which outlets are an agency's own sites."""

from __future__ import annotations

from functools import cache

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
    if dateline is not None and dateline.agency and stem == _squeezed(dateline.agency):
        return dateline.agency
    return _owners().get(stem)


@cache
def _owners() -> dict[str, str]:
    """What hosts may be called -> the agency; the one that the list has first."""
    found: dict[str, str] = {}
    for agency in agencies():
        for name in (*map(_squeezed, agency.names), _SITES.get(agency.name)):
            if name:
                found.setdefault(name, agency.name)
    return found


def _squeezed(name: str) -> str:
    return name.casefold().replace(" ", "")
