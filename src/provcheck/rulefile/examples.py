"""The texts that a rule carries as its own tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from provcheck.model import Document, PageMetadata, Span

_MARK = re.compile(r"\[\[|\]\](?!\])")
_METADATA = ("title", "url", "published", "source", "byline", "language")
_GIVES = {"title": "title", "outlet": "source", "language": "language"}  # a text may tell its own date


@dataclass(frozen=True)
class ExamplePage:
    """What the head of the example's page says: see `PageMetadata`."""

    authors: tuple[str, ...] = ()
    publisher: str = ""
    source: str = ""
    published: str = ""
    modified: str = ""
    canonical: str = ""
    original: str = ""

    def metadata(self) -> PageMetadata:
        return PageMetadata(
            **{name: value or None for name, value in vars(self).items() if name != "authors"},
            authors=self.authors,
        )


@dataclass(frozen=True)
class ExampleDocument:
    """A document of an example. In `text`, `[[` and `]]` stand around what the rule must find.

    page: what the head of its page says.
    """

    text: str
    id: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    source: str = ""
    byline: str = ""
    language: str = ""
    page: ExamplePage | None = None

    def __post_init__(self) -> None:
        open_at = False
        for mark in _MARK.finditer(self.text):
            if (mark.group() == "[[") == open_at:
                raise ValueError("`[[` and `]]` must stand in pairs")
            open_at = not open_at
        if open_at:
            raise ValueError("`[[` has no `]]`")

    @classmethod
    def from_text(cls, text: str) -> Self:
        return cls(text)

    @property
    def plain(self) -> str:
        """The text without the marks."""
        return _MARK.sub("", self.text)

    @property
    def spans(self) -> tuple[Span, ...]:
        """What the marks enclose, as offsets in `plain`."""
        edges = [mark.start() - 2 * number for number, mark in enumerate(_MARK.finditer(self.text))]
        return tuple(zip(edges[::2], edges[1::2], strict=True))

    def document(self, number: int) -> Document:
        metadata: dict[str, Any] = {name: getattr(self, name) or None for name in _METADATA}
        return Document(
            id=self.id or f"example-{number}",
            text=self.plain,
            metadata=self.page.metadata() if self.page else None,
            **metadata,
        )


@dataclass(frozen=True)
class Example(ExampleDocument):
    """One example: a text, a document with metadata, or several documents.

    text: the text; `[[` and `]]` stand around what must be found. Without marks, all of it must be.
    documents: instead, several documents, for rules over a group, a story or an outlet; each with a `text`.
    roster: names of persons that are known while the example runs.
    """

    text: str = ""
    documents: tuple[ExampleDocument, ...] = ()
    roster: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.text) == bool(self.documents):
            raise ValueError("give either `text` or `documents`")
        super().__post_init__()

    @property
    def all(self) -> tuple[ExampleDocument, ...]:
        return self.documents or (self,)

    @property
    def marked(self) -> bool:
        return any(document.spans for document in self.all)

    def lacks(self, needs: frozenset[str]) -> list[str]:
        """The metadata that a check needs and no document of the example gives."""
        return sorted(
            _GIVES[need]
            for need in needs & _GIVES.keys()
            if not any(getattr(document, _GIVES[need]) for document in self.all)
            and not (need == "outlet" and any(document.url for document in self.all))
        )

    def __str__(self) -> str:
        shown = " | ".join(" ".join(document.text.split()) for document in self.all)
        return repr(shown if len(shown) <= 100 else shown[:99] + "…")


@dataclass(frozen=True)
class Examples:
    """Texts that a rule must match, and texts that it must leave."""

    match: tuple[Example, ...] = ()
    none: tuple[Example, ...] = ()
