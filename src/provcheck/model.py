"""Every type that travels between the rooms, all frozen: what is read, what is found, what is reported.

Offsets count Unicode code points of `Document.text`, end exclusive. Lines and columns start at 1.
The records are the output contract `provcheck.scan/1`; `docs/scan-1.schema.json` is generated from them.
"""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from provcheck.foreign import FUNDUS, NEWSPAPER, TRAFILATURA, adapted

copyreg.pickle(
    UnsetType, lambda _: (UnsetType, ())
)  # by itself it is looked for in every module that is loaded

SCHEMA = "provcheck.scan/1"

Level = Literal["error", "warning", "note"]
Confidence = Literal["high", "medium", "low"]
Action = Literal["remove", "credit", "flag"]
Verdict = Literal["keep", "review", "drop"]
Relation = Literal["exact", "copy", "partial", "rewrite"]
Role = Literal["likely-origin", "copy", "partial", "rewrite"]
BylineRole = Literal["reporting", "additional-reporting", "writing", "editing", "author"]
Span = tuple[int, int]

LEVELS: tuple[Level, ...] = ("note", "warning", "error")
CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")


class PageMetadata(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the head of a web page says of its article. Dates are ISO (YYYY-MM-DD), addresses whole.

    source: the organisation that the text is from. canonical: the address that stands for this page. original: the address of
    the text that this one repeats.
    """

    authors: tuple[str, ...] = ()
    publisher: str | None = None
    source: str | None = None
    published: str | None = None
    modified: str | None = None
    canonical: str | None = None
    original: str | None = None


_TEXTS = ("title", "url", "published", "source", "byline", "language", "path")


class Document(Struct, frozen=True, kw_only=True):
    """One scraped article as it was read: decoded, otherwise untouched."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    source: str | None = None
    byline: str | None = None
    language: str | None = None
    path: str | None = None
    metadata: PageMetadata | None = None
    extra: Mapping[str, Any] = {}

    def __post_init__(self) -> None:
        for name in ("id", "text", *_TEXTS):
            value = getattr(self, name)
            if not isinstance(value, str) and (value is not None or name in ("id", "text")):
                raise TypeError(
                    f"`{name}` of a document is text, not {type(value).__name__}; of a date, its `isoformat()`"
                )

    @classmethod
    def from_trafilatura(cls, found: Any, id: str | None = None) -> Document:
        """From what `trafilatura.bare_extraction` or `extract_with_metadata` returns, an object or a dict.

        Raises ValueError if it has no text.
        """
        return cls(**adapted(found, TRAFILATURA, id))

    @classmethod
    def from_newspaper(cls, article: Any, id: str | None = None) -> Document:
        """From a parsed `newspaper.Article` (newspaper4k). Raises ValueError if it has no text."""
        return cls(**adapted(article, NEWSPAPER, id))

    @classmethod
    def from_fundus(cls, article: Any, id: str | None = None) -> Document:
        """From a `fundus.Article`. Raises ValueError if it has no text."""
        return cls(**adapted(article, FUNDUS, id))


class Problem(Struct, frozen=True, kw_only=True, tag="problem"):
    """An input that could not be read, in one clear sentence. `where` is a line or a byte, if known."""

    path: str
    id: str | None = None
    reason: str
    where: str | None = None


class Related(Struct, frozen=True):
    """A second place that a finding speaks of."""

    document: str
    start: int
    end: int
    text: str


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that a rule saw at one place of one document. `known` is there, and true, if the baseline has it."""

    rule: str
    category: str
    level: Level
    confidence: Confidence
    action: Action
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    known: bool | UnsetType = UNSET


class Place(Struct, frozen=True):
    """One of the places of a cross finding."""

    document: str
    start: int
    end: int
    line: int
    text: str


class CrossFinding(Struct, frozen=True, kw_only=True):
    """One thing that shows only across documents; the first place is the odd one out."""

    rule: str
    category: str
    level: Level
    confidence: Confidence
    action: Action
    places: tuple[Place, ...]
    message: str
    suggestion: str | None = None
    known: bool | UnsetType = UNSET


class Language(Struct, frozen=True):
    """An ISO 639-1 code (`zh-cn`, `zh-tw` for Chinese) or `unknown`, and its probability from 0 to 1."""

    code: str
    confidence: float


class Credit(Struct, frozen=True):
    """A name that the text credits, and where."""

    name: str
    start: int
    end: int
    evidence: str


class Byline(Struct, frozen=True):
    name: str
    role: BylineRole
    start: int
    end: int


class Dateline(Struct, frozen=True):
    place: str | None
    agency: str | None
    date: str | None
    start: int
    end: int


class DateMark(Struct, frozen=True):
    """An ISO date (YYYY-MM-DD) and where the text says so; an empty span means the metadata says so."""

    date: str
    start: int
    end: int


class Provenance(Struct, frozen=True, kw_only=True):
    """Whose article it is, as the text and its metadata say. `page` is there where the head of a page was read."""

    agencies: tuple[Credit, ...] = ()
    publisher: Credit | None = None
    dateline: Dateline | None = None
    published: DateMark | None = None
    bylines: tuple[Byline, ...] = ()
    photo_credits: tuple[Credit, ...] = ()
    cites: tuple[Credit, ...] = ()
    page: PageMetadata | UnsetType = UNSET


class Skip(Struct, frozen=True):
    """A rule that did not finish on a document, and why."""

    rule: str
    reason: str


class Passage(Struct, frozen=True):
    """A passage that two documents share: `[start, end]` in each."""

    a: Span
    b: Span


class Match(Struct, frozen=True, kw_only=True):
    """An archived document that shares its source text with a new one.

    score: the probability of that. containment: share of the new document's narration, by rarity, that stands in the archived one;
    containment_archived: the other way round. shared: passages, `a` in the new document and `b` in the archived one, the longest first.
    """

    document: str
    title: str | None
    url: str | None
    published: str | None
    relation: Relation
    score: float
    jaccard: float
    containment: float
    containment_archived: float
    shared: tuple[Passage, ...]


class DocumentRecord(Struct, frozen=True, kw_only=True, tag="document", omit_defaults=True):
    """One document. `skipped` names rules that did not finish on it, `matches` what stands in the archive that the scan
    was given (`--index`); each is left out where it is empty.
    """

    id: str
    path: str | None
    title: str | None
    url: str | None
    published: str | None
    source: str | None
    language: Language
    readability: Mapping[str, float]
    words: int
    boilerplate_share: float
    verdict: Verdict
    findings: tuple[Finding, ...]
    provenance: Provenance
    extra: Mapping[str, Any]
    skipped: tuple[Skip, ...] = ()
    matches: tuple[Match, ...] = ()


class Link(Struct, frozen=True, kw_only=True):
    """Two documents that share one source text, how sure that is, and the passages that show it."""

    a: str
    b: str
    relation: Relation
    score: float
    jaccard: float
    containment_a: float
    containment_b: float
    shared: tuple[Passage, ...]


class Member(Struct, frozen=True):
    id: str
    role: Role


class Origin(Struct, frozen=True):
    """The likely origin of a group; `document` is null when the evidence does not decide."""

    document: str | None
    confidence: Confidence
    evidence: tuple[str, ...]


class Group(Struct, frozen=True, kw_only=True, tag="group"):
    """Documents that share one source text."""

    id: str
    members: tuple[Member, ...]
    links: tuple[Link, ...]
    origin: Origin
    findings: tuple[CrossFinding, ...] = ()


class Story(Struct, frozen=True, kw_only=True, tag="story"):
    """Documents and groups that report one event; never implies copying."""

    id: str
    documents: tuple[str, ...]
    groups: tuple[str, ...]
    evidence: tuple[str, ...]
    findings: tuple[CrossFinding, ...] = ()


class Site(Struct, frozen=True, kw_only=True, tag="site"):
    """Documents of one outlet, and what shows only across them; only written where something does."""

    outlet: str
    documents: tuple[str, ...]
    findings: tuple[CrossFinding, ...]


class Candidates(Struct, frozen=True, kw_only=True, tag="candidates"):
    """The pairs that were compared, so that they can be grouped anew without reading the texts again.

    Each of `pairs` is two indexes into `documents`, the raw score by which documents are grouped, and the
    probability that is told; pairs with next to no score are left out. Documents with the same number in `wordings`
    are verbatim copies or cuts of each other. Only in JSON Lines; a large scan writes several, each with the documents of its pairs.
    """

    documents: tuple[str, ...]
    wordings: tuple[int, ...]
    pairs: tuple[tuple[int, int, float, float], ...]


class PackInfo(Struct, frozen=True):
    id: str
    hash: str
    rules: int


class Header(Struct, frozen=True, kw_only=True, tag="header"):
    schema: str
    version: str
    rules: tuple[PackInfo, ...]
    settings: Mapping[str, Any]


class Summary(Struct, frozen=True, kw_only=True, tag="summary"):
    """The counts of one scan.

    known: findings that the baseline has, by level; they are counted in `findings` and `levels`, too. suppressed:
    findings left out, by rule. unused_suppressions: those that met nothing, as `rule: reason`.
    unapplied: rules that could not look at some documents for want of metadata, and at how many.
    skipped: rules that did not finish on some documents, and on how many. seconds: of each stage, and rule_seconds of each rule,
    added up over the workers; only if they were asked for. What several rules look at counts for the first of them.
    """

    documents: int
    problems: int
    verdicts: Mapping[str, int]
    findings: Mapping[str, int]
    levels: Mapping[str, int]
    groups: int
    stories: int
    capped: int = 0
    known: Mapping[str, int] = {}
    suppressed: Mapping[str, int] = {}
    unused_suppressions: tuple[str, ...] = ()
    unapplied: Mapping[str, int] = {}
    skipped: Mapping[str, int] = {}
    seconds: Mapping[str, float] | UnsetType = field(default=UNSET)
    rule_seconds: Mapping[str, float] | UnsetType = field(default=UNSET)


Record = Header | DocumentRecord | Problem | Group | Story | Site | Candidates | Summary


class Report(Struct, frozen=True, kw_only=True):
    """Everything that one scan found, in the order of the output contract."""

    header: Header
    documents: tuple[DocumentRecord, ...]
    problems: tuple[Problem, ...]
    groups: tuple[Group, ...]
    stories: tuple[Story, ...]
    sites: tuple[Site, ...]
    summary: Summary
