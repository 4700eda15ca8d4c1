"""`check: page-metadata`: where the head of a page says something else than the article itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.lexicon.agencies import agency_named
from provcheck.model import PageMetadata
from provcheck.names.credited import NAME
from provcheck.names.identity import POSSIBLE, is_one
from provcheck.text.addresses import domain_of, host_of
from provcheck.text.dates import parse_date

Of = Literal["authors", "agency", "date", "address"]


@dataclass(frozen=True)
class PageMetadataCheck(Check):
    """Finds contradictions between the article and the metadata of its page (JSON-LD, OpenGraph, canonical link).

    of: `authors` (the text credits persons, the page only others), `agency` (the page credits an agency that the text does not),
    `date` (the day that the text gives is another), `address` (the page names another site as that of the original).
    days: how many days two dates may be apart: time zones and late editions.
    """

    of: Of
    days: int = 1

    stage: ClassVar[Stage] = 3

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "said", "page"})

    def find(self, article: Article) -> Iterable[Match]:
        page = article.document.metadata
        if page is None:
            return ()
        finds: dict[Of, Callable[[Article, PageMetadata], Iterator[Match]]] = {
            "authors": _other_authors,
            "agency": _other_agency,
            "date": self._other_date,
            "address": _other_address,
        }
        return finds[self.of](article, page)

    def _other_date(self, article: Article, page: PageMetadata) -> Iterator[Match]:
        said = article.provenance.published
        if said is None or said.end == said.start or page.published is None:
            return
        days = [day for day in (parse_date(page.published), parse_date(page.modified)) if day is not None]
        here = date.fromisoformat(said.date)
        if days and min(abs((here - day).days) for day in days) > self.days:
            values = {"said": said.date, "page": days[0].isoformat()}
            yield Match(said.start, said.end, values, days[0].isoformat())


def _other_authors(article: Article, page: PageMetadata) -> Iterator[Match]:
    persons = [name for name in page.authors if _is_person(name, article)]
    credited = [b for b in article.provenance.bylines if b.end > b.start and " " in b.name]
    if (
        not persons
        or not credited
        or any(is_one(b.name, name, POSSIBLE) for b in credited for name in persons)
    ):
        return
    values = {"said": ", ".join(dict.fromkeys(b.name for b in credited)), "page": ", ".join(persons)}
    yield Match(credited[0].start, credited[0].end, values, persons[0])


def _is_person(name: str, article: Article) -> bool:
    outlet = (article.outlet or "").casefold()
    return (
        NAME.fullmatch(name) is not None
        and " " in name
        and agency_named(name) is None
        and not (outlet and (outlet in name.casefold() or name.casefold() in outlet))
    )


def _other_agency(article: Article, page: PageMetadata) -> Iterator[Match]:
    said = {credit.name for credit in article.provenance.agencies}
    dateline = article.provenance.dateline
    if dateline is not None and dateline.agency:
        said.add(dateline.agency)
    for name in (*page.authors, page.source or ""):
        agency = agency_named(name)
        if agency is not None and agency.name not in said and article.body:
            first = article.body[0]
            values = {"said": ", ".join(sorted(said)) or "no agency", "page": agency.name}
            yield Match(first.start, first.end, values, agency.name)
            return


def _other_address(article: Article, page: PageMetadata) -> Iterator[Match]:
    here = host_of(article.document.url)
    for address in (page.original, page.canonical):
        there = host_of(address)
        if here and there and here != there and not _same_owner(here, there) and article.body:
            first = article.body[0]
            yield Match(first.start, first.end, {"said": here, "page": there}, address)
            return


def _same_owner(one: str, other: str) -> bool:
    """Whether two hosts are of one registered name: `m.coast.example` and `amp.coast.example`."""
    return domain_of(one) == domain_of(other)


CHECK = PageMetadataCheck
