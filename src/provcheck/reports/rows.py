"""Findings as rows of a table: what CSV, Parquet and the formats of other tools are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from provcheck.baseline import cross_fingerprint, fingerprint
from provcheck.model import (
    Action,
    Confidence,
    CrossFinding,
    DocumentRecord,
    Finding,
    Group,
    Level,
    Place,
    Record,
    Site,
    Story,
)

COLUMNS = (
    "document path scope rule category level confidence action line start end text message suggestion known"
).split()


@dataclass(frozen=True)
class Row:
    """One finding. path: the file of its document. scope: the id of the group, story or outlet that it spans, or empty.

    others: the other places of a finding across documents. column: from 1; 0 where it is not known. fingerprint: the digits by which
    baselines, SARIF and `explain` know it.
    """

    document: str
    path: str
    scope: str
    rule: str
    category: str
    level: Level
    confidence: Confidence
    action: Action
    line: int
    column: int
    start: int
    end: int
    text: str
    message: str
    suggestion: str | None
    known: bool
    fingerprint: str
    others: tuple[Place, ...] = ()

    def cells(self) -> dict[str, str | int | bool | None]:
        return {name: getattr(self, name) for name in COLUMNS}


@dataclass
class Rows:
    """Turns records into rows. Owned by one output: it remembers in which file each document stands."""

    _paths: dict[str, str] = field(default_factory=dict)

    def path_of(self, document: str) -> str:
        return self._paths.get(document, document)

    def of(self, record: Record) -> Iterator[Row]:
        """The findings of one record; records come in the order of the contract."""
        if isinstance(record, DocumentRecord):
            self._paths[record.id] = record.path or record.id
            for finding in record.findings:
                yield self._single(record, finding)
        elif isinstance(record, (Group, Story, Site)):
            scope = record.outlet if isinstance(record, Site) else record.id
            for across in record.findings:
                yield self._across(scope, across)

    def _single(self, record: DocumentRecord, finding: Finding) -> Row:
        return Row(
            record.id,
            self.path_of(record.id),
            "",
            finding.rule,
            finding.category,
            finding.level,
            finding.confidence,
            finding.action,
            finding.line,
            finding.column,
            finding.start,
            finding.end,
            finding.text,
            finding.message,
            finding.suggestion,
            finding.known is True,
            fingerprint(finding.rule, record.id, finding.text),
            tuple(Place(r.document, r.start, r.end, 0, r.text) for r in finding.related),
        )

    def _across(self, scope: str, finding: CrossFinding) -> Row:
        place = finding.places[0]
        return Row(
            place.document,
            self.path_of(place.document),
            scope,
            finding.rule,
            finding.category,
            finding.level,
            finding.confidence,
            finding.action,
            place.line,
            0,
            place.start,
            place.end,
            place.text,
            finding.message,
            finding.suggestion,
            finding.known is True,
            cross_fingerprint(finding.rule, finding.places),
            finding.places[1:],
        )


def is_text_file(path: str) -> bool:
    """Whether a path is one document as it is, so that the line of a finding is a line of the file."""
    return path.endswith((".txt", ".md"))
