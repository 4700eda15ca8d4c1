"""What a check sees and yields. Who the finding is (rule, level, message) is filled in by the rule set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from provcheck.article import Article
from provcheck.checks.scopes import Part, Scope, needs_of, stage_of
from provcheck.model import Confidence, Span
from provcheck.text.lines import Line
from provcheck.text.patterns import Pattern

Reach = Literal["document", "story", "group", "site"]
Stage = Literal[0, 1, 2, 3]
STAGES: tuple[Stage, ...] = (0, 1, 2, 3)
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """One place in one document. `values` fill the placeholders of the rule's message.

    `confidence` and `category` stand in place of the rule's where a check knows better. `apart`: the place belongs to something else on
    the page, and what it credits is not this article.
    """

    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    related: tuple[Span, ...] = ()
    confidence: Confidence | None = None
    category: str | None = None
    apart: bool = False


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


class Check:
    """What most checks have in common; the two protocols below say what these mean."""

    reach: ClassVar[Reach] = "document"
    stage: ClassVar[Stage] = 0
    needs: ClassVar[frozenset[str]] = NOTHING

    def prefilter(self) -> Pattern | None:
        return None

    @property
    def part(self) -> Part:
        return "text"

    def narrowed(self, alternatives: Sequence[int]) -> Any:
        return self

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text"})

    def unavailable(self) -> str | None:
        """Why it cannot run here, in a few words; None if it can."""
        return None


class ScopedCheck(Check):
    """A check of the pieces of one scope: what it may rely on and what metadata it needs follow from that."""

    scope: Scope

    @property
    def stage(self) -> Stage:  # type: ignore[override]
        return stage_of(self.scope)

    @property
    def needs(self) -> frozenset[str]:  # type: ignore[override]
        return needs_of(self.scope)


@runtime_checkable
class DocumentCheck(Protocol):
    """A check of one document.

    `stage` says what it may rely on: 0 the text alone; 1 also `article.provenance` and the credits; 2 also most
    of what is to be removed; 3 all of it (`article.body`, `article.boilerplate_share`). `needs` names the
    metadata (`title outlet published language`) without which it can find nothing. `prefilter` is a pattern
    that occurs in every text in which `find` can yield anything, within `part` of it: rules whose prefilter is absent cost
    nothing. `narrowed` is a check that finds the same in a text in which no other alternatives of its prefilter occur than those, and may be faster.
    """

    @property
    def reach(self) -> Reach: ...

    @property
    def stage(self) -> Stage: ...

    @property
    def needs(self) -> frozenset[str]: ...

    def prefilter(self) -> Pattern | None: ...

    @property
    def part(self) -> Part: ...

    def narrowed(self, alternatives: Sequence[int]) -> Any: ...

    def placeholders(self) -> frozenset[str]: ...

    def find(self, article: Article) -> Iterable[Match]: ...


@runtime_checkable
class CrossCheck(Protocol):
    """A check of the documents of one story, one group or one outlet, sorted by id."""

    @property
    def reach(self) -> Reach: ...

    def placeholders(self) -> frozenset[str]: ...

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]: ...


def speaks_of(article: Article, surname: str, lines: Iterable[Line]) -> bool:
    """Whether a title or some lines of an article have a surname, as a word, in capitals or not: "Mollusks" are not of Moll."""
    spelled = "|".join(map(re.escape, sorted({surname, surname.capitalize()})))
    word = re.compile(rf"(?<!\w)(?:{spelled})(?!\w)")
    return any(word.search(text) for text in (article.document.title or "", *(line.text for line in lines)))
