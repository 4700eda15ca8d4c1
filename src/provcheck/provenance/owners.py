"""Which outlets are an agency's own sites, and which copies stand nearest the source."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from provcheck.article import Article
from provcheck.lexicon.agencies import agencies
from provcheck.text.addresses import site_of

_SITES = {
    "AP": "apnews",
    "Xinhua": "xinhuanet",
    "Yonhap": "yna",
    "Anadolu": "aa",
}  # hosts that are not called as the agency


_NEVER = 10_000_000  # later than every day


def agency_of_outlet(article: Article) -> str | None:
    """The agency whose own site the article stands on: a known one, or the one that its dateline names."""
    stem = site_of((article.outlet or "").casefold())
    dateline = article.provenance.dateline
    if dateline is not None and dateline.agency and stem == _squeezed(dateline.agency):
        return dateline.agency
    return _owners().get(stem)


def nearness(article: Article) -> tuple[bool, bool, int]:
    """What sorts first stands nearer the source: on an agency's own site, then below an agency's dateline, then what was published first."""
    dateline = article.provenance.dateline
    day = article.published.toordinal() if article.published else _NEVER
    return agency_of_outlet(article) is None, dateline is None or not dateline.agency, day


def is_source_of(article: Article, others: Iterable[Article]) -> bool:
    """Whether an agency's own site or dateline speaks for an article, and for none of the others."""
    mine = nearness(article)[:2]
    return not all(mine) and all(mine < nearness(other)[:2] for other in others)


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
