"""Front matter of Markdown files: what stands between two lines of three hyphens above the text, as YAML.

trafilatura, Hugo, Jekyll and web clippers write it. The text stays as it is, front matter included; rules see to it that it is no part of
the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>(?:(?!---[ \t]*\r?$).*\n){1,200}?)---[ \t]*\r?$", re.M)
# What writers call the fields of a document, the likeliest first.
_NAMES = {
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical", "source_url", "permalink"),
    "published": ("published", "date", "pubdate", "publish_date", "created"),
    "source": ("sitename", "site", "publisher", "outlet", "hostname", "source"),
    "byline": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang"),
}
_ADDRESS = re.compile(r"https?://")


def read_front_matter(text: str) -> Mapping[str, str]:
    """The fields of a document that its front matter states, by our names; none where there is no front matter that is YAML."""
    block = _BLOCK.match(text)
    if block is None:
        return {}
    import yaml

    try:
        told = yaml.load(block["yaml"], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    given = {str(name).casefold(): value for name, value in told.items()}
    found = {ours: _first(given, names) for ours, names in _NAMES.items()}
    source = found["source"]
    if source and _ADDRESS.match(source):  # of a clipper, which calls the page so
        found["url"], found["source"] = found["url"] or source, None
    return {name: value for name, value in found.items() if value}


def _first(given: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = given.get(name)
        if isinstance(value, list):
            value = ", ".join(str(each) for each in value if isinstance(each, (str, int)))
        if value not in (None, "") and not isinstance(value, dict):
            return value.isoformat() if hasattr(value, "isoformat") else str(value)
    return None
