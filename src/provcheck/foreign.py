"""What other packages call the fields of an article; none of them is imported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Fields = Mapping[str, tuple[str, ...]]
# Our fields and where other packages keep them; the first that is there counts.
TRAFILATURA: Fields = {
    "text": ("text", "raw_text"), "title": ("title",), "url": ("url",), "published": ("date",), "source": ("sitename", "hostname"),
    "byline": ("author",), "language": ("language",),
}  # fmt: skip
NEWSPAPER: Fields = {
    "text": ("text",), "title": ("title",), "url": ("url", "canonical_link"), "published": ("publish_date",), "byline": ("authors",),
    "language": ("meta_lang",),
}  # fmt: skip
FUNDUS: Fields = {
    "text": ("plaintext",), "title": ("title",), "url": ("html.requested_url", "html.responded_url"), "published": ("publishing_date",),
    "source": ("publisher", "html.source_info.publisher"), "byline": ("authors",), "language": ("lang",),
}  # fmt: skip

DATATROVE: Fields = {
    "text": ("text",), "title": ("metadata.title",), "url": ("metadata.url",), "published": ("metadata.published", "metadata.date"),
    "source": ("metadata.source", "metadata.sitename"), "byline": ("metadata.author", "metadata.byline"), "language": ("metadata.language",),
}  # fmt: skip


def adapted(found: Any, fields: Fields, identity: str | None = None) -> dict[str, Any]:
    """The fields of a document from an object or a dict of another package; the id is its address if none is given.

    Raises ValueError if it has no text.
    """
    values = {ours: _looked_up(found, theirs) for ours, theirs in fields.items()}
    if not (values["text"] or "").strip():
        raise ValueError("has no text; was the page downloaded and parsed?")
    if values.get("byline"):
        values["byline"] = values["byline"].replace(";", ",")
    return {"id": identity or values.get("url") or "document", **values}


def _looked_up(found: Any, names: tuple[str, ...]) -> Any:
    """The first of the named values that is not empty, as text: dates in ISO form, lists with commas."""
    for name in names:
        value = found
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else getattr(value, part, None)
        if value:
            if isinstance(value, (list, tuple)):
                return ", ".join(map(str, value))
            return value.isoformat() if hasattr(value, "isoformat") else str(value)
    return None
