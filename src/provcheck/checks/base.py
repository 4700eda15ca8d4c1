"""What a check sees and yields. Who the finding is (rule, level, message) is filled in by the rule set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Protocol, runtime_checkable

from provcheck.article import Article
from provcheck.model import Confidence, Span
from provcheck.patterns import Pattern

Reach = Literal["document", "story", "group"]
Stage = Literal[0, 1, 2]


@dataclass(frozen=True, slots=True)
class Match:
    """One place in one document. `values` fill the placeholders of the rule's message."""

    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    related: tuple[Span, ...] = ()
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a match across documents."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CrossMatch:
    """One thing seen across documents; the first spot is the odd one out."""

    spots: tuple[Spot, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    confidence: Confidence | None = None


@runtime_checkable
class DocumentCheck(Protocol):
    """A check of one document.

    `stage` says what it may rely on: 0 the text alone; 1 also `article.provenance` and the credits; 2 also what
    is to be removed (`article.body`, `article.boilerplate_share`). `prefilter` is a pattern that occurs in
    every text in which `find` can yield anything: rules whose prefilter is absent cost nothing.
    """

    reach: ClassVar[Reach]
    stage: ClassVar[Stage]

    def prefilter(self) -> Pattern | None: ...

    def placeholders(self) -> frozenset[str]: ...

    def find(self, article: Article) -> Iterable[Match]: ...


@runtime_checkable
class CrossCheck(Protocol):
    """A check of the documents of one story or of one group, sorted by id."""

    reach: ClassVar[Reach]

    def placeholders(self) -> frozenset[str]: ...

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]: ...
