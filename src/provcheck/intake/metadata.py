"""What the head of a page says of the article: JSON-LD (schema.org), OpenGraph, and the links for search engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from provcheck.model import PageMetadata
from provcheck.text.addresses import joined
from provcheck.text.dates import parse_date

_ARTICLES = ("article", "newsarticle", "reportage", "blogposting", "liveblogposting", "webpage")
_ORIGINALS = ("syndication-source", "original-source")
_DEEPEST, _LONGEST = 6, 2_000_000  # levels of nested JSON-LD; characters of one block


def read_metadata(html: str, url: str | None = None) -> PageMetadata | None:
    """The metadata of a page, or None if it has none. What is broken in it is passed over.

    Relative addresses are completed by `url`. JSON-LD says more than OpenGraph and goes first.
    """
    from lxml import etree
    from lxml import html as parser

    try:
        tree = parser.fromstring(html.encode("utf-8", "replace"), parser=parser.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    metas: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if name and node.get("content", "").strip():
            metas.setdefault(name, []).append(node.get("content").strip())
    links = {
        str(node.get("rel", "")).lower(): node.get("href") for node in tree.iter("link") if node.get("href")
    }
    linked = [
        node.text for node in tree.iter("script") if "ld+json" in (node.get("type") or "") and node.text
    ]
    return _assembled(metas, links, list(_articles(linked)), url)


def _assembled(
    metas: Mapping[str, list[str]], links: Mapping[str, str], said: list[Mapping[str, Any]], url: str | None
) -> PageMetadata | None:
    def meta(*names: str) -> str | None:
        return next((metas[name][0] for name in names if name in metas), None)

    def ld(*names: str) -> Any:
        return next((article[name] for article in said for name in names if article.get(name)), None)

    authors = _names(ld("author", "creator")) or _plain_names(
        metas.get("author", metas.get("article:author", []))
    )
    canonical = links.get("canonical") or meta("og:url")
    original = _address(ld("isBasedOn", "isBasedOnUrl")) or next(
        (metas[name][0] for name in _ORIGINALS if name in metas), None
    )
    published = parse_date(
        _text(ld("datePublished")) or meta("article:published_time", "date", "datepublished")
    )
    modified = parse_date(_text(ld("dateModified")) or meta("article:modified_time", "og:updated_time"))
    found = PageMetadata(
        authors=tuple(authors),
        publisher=next(iter(_names(ld("publisher"))), None) or meta("og:site_name"),
        source=next(iter(_names(ld("sourceOrganization", "copyrightHolder", "provider"))), None),
        published=published.isoformat() if published else None,
        modified=modified.isoformat() if modified else None,
        canonical=joined(url, canonical) if canonical else None,
        original=joined(url, original) if original else None,
    )
    return found if found != PageMetadata() else None


def _articles(blocks: list[str]) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that speak of an article, those of news first."""
    found: list[Mapping[str, Any]] = []
    for block in blocks:
        if len(block) > _LONGEST:
            continue
        try:
            found += _nested(msgspec.json.decode(block.strip().encode("utf-8", "replace")), _DEEPEST)
        except (msgspec.DecodeError, RecursionError):
            continue
    yield from sorted(found, key=_rank)


def _nested(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth and isinstance(value, list):
        for each in value:
            yield from _nested(each, depth - 1)
    elif depth and isinstance(value, Mapping):
        if _kind(value) in _ARTICLES:
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nested(value.get(name), depth - 1)


def _kind(value: Mapping[str, Any]) -> str:
    kind = value.get("@type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return str(kind).lower()


def _rank(value: Mapping[str, Any]) -> int:
    return 1 if _kind(value) == "webpage" else 0


def _names(value: Any, depth: int = _DEEPEST) -> list[str]:
    """Names of persons or organisations: texts, objects with a `name`, or lists of them."""
    if isinstance(value, list):
        return [name for each in value for name in _names(each, depth - 1)] if depth else []
    if isinstance(value, Mapping):
        value = value.get("name")
    return _plain_names([value]) if isinstance(value, str) else []


def _plain_names(values: list[str]) -> list[str]:
    names = (" ".join(value.split()) for value in values)
    return list(dict.fromkeys(name for name in names if name and "://" not in name))


def _address(value: Any, depth: int = _DEEPEST) -> str | None:
    if isinstance(value, list):
        found = (_address(each, depth - 1) for each in value) if depth else ()
        return next(filter(None, found), None)
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) and "://" in value else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
