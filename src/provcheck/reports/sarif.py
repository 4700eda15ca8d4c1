"""`--format sarif`: SARIF 2.1.0 (OASIS), for code-scanning pages and editors. One result a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from provcheck._version import __version__
from provcheck.model import Problem, Record
from provcheck.reports.cards import RuleCard
from provcheck.reports.rows import Row, Rows, is_text_file
from provcheck.reports.wording import line_of, problem_text

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_OTHERS = 10


class SarifReport:
    """Collects results and writes one file when it is closed. Levels are kept; confidence becomes `rank` (0 to 100)."""

    def __init__(self, stream: BinaryIO, cards: Mapping[str, RuleCard]) -> None:
        self._stream, self._cards = stream, cards
        self._rows = Rows()
        self._rules: dict[str, int] = {}
        self._results: list[dict[str, Any]] = []
        self._notices: list[dict[str, Any]] = []

    def add(self, record: Record) -> None:
        if isinstance(record, Problem):
            self._notices.append(
                {
                    "level": "error",
                    "message": {"text": problem_text(record)},
                    "locations": [{"physicalLocation": _problem_place(record)}],
                }
            )
        self._results += [self._result(row) for row in self._rows.of(record)]

    def close(self) -> None:
        driver = {
            "name": "provcheck",
            "semanticVersion": __version__,
            "rules": [self._rule(name) for name in self._rules],
        }
        run: dict[str, Any] = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": self._results,
        }
        if self._notices:
            run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": self._notices}]
        whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        self._stream.write(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")

    def _rule(self, name: str) -> dict[str, Any]:
        card = self._cards.get(name) or RuleCard("", "", "warning", "")
        told: dict[str, Any] = {
            "id": name,
            "name": name.rpartition("/")[2],
            "shortDescription": {"text": card.message or name},
            "defaultConfiguration": {"level": card.level},
            "properties": {"tags": [card.category] if card.category else []},
        }
        if card.why:
            told["fullDescription"] = {"text": card.why}
        return told

    def _result(self, row: Row) -> dict[str, Any]:
        index = self._rules.setdefault(row.rule, len(self._rules))
        result: dict[str, Any] = {
            "ruleId": row.rule,
            "ruleIndex": index,
            "level": row.level,
            "rank": {"high": 90.0, "medium": 60.0, "low": 30.0}[row.confidence],
            "message": {"text": row.message},
            "locations": [self._location(row.document, row.start, row.end, row.line, row.column, row.text)],
            "partialFingerprints": {"provcheck/v1": row.fingerprint},
            "baselineState": "unchanged" if row.known else "new",
            "properties": {"category": row.category, "action": row.action, "confidence": row.confidence},
        }
        if row.scope:
            result["properties"]["scope"] = row.scope
        if row.others:
            result["relatedLocations"] = [
                {"id": number, **self._location(p.document, p.start, p.end, p.line, 0, p.text)}
                for number, p in enumerate(row.others[:_MOST_OTHERS])
            ]
        return result

    def _location(
        self, document: str, start: int, end: int, line: int, column: int, text: str
    ) -> dict[str, Any]:
        """A document in a file of many is a part of that file: it has a name there, and offsets in its own text."""
        path = self._rows.path_of(document)
        snippet = {"text": text}
        region: dict[str, Any] = {"charOffset": start, "charLength": end - start, "snippet": snippet}
        if is_text_file(path) and line:
            region = {"startLine": line, **region}
            if column:
                region["startColumn"] = column
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
        if is_text_file(path):
            place["region"] = region
            return {"physicalLocation": place}
        name = {"name": document, "fullyQualifiedName": f"{document}:{start}-{end}", "kind": "member"}
        return {"physicalLocation": place, "logicalLocations": [name]}


def _problem_place(problem: Problem) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.path)}}
    line = line_of(problem)
    return place | ({"region": {"startLine": line}} if line else {})


def _uri(path: str) -> str:
    return quote(path.replace("\\", "/").encode("utf-8", "replace"), safe="/:#-._~")
