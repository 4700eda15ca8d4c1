"""`--format github` and `--format junit`: what continuous integration shows beside a change."""

from __future__ import annotations

import re
from typing import BinaryIO
from xml.etree import ElementTree

from provcheck.model import DocumentRecord, Problem, Record
from provcheck.reports.rows import Row, Rows, is_text_file
from provcheck.reports.wording import line_of, problem_text

_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class GithubReport:
    """Workflow commands, one a line, of what a person should look at: findings that flag, and problems.

    Removals and credits are left out: a page has many, and a run shows few.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._rows = stream, Rows()

    def add(self, record: Record) -> None:
        if isinstance(record, Problem):
            line = line_of(record)
            place = {"file": record.path, "title": "cannot be read"} | ({"line": str(line)} if line else {})
            self._tell("error", place, problem_text(record))
        for row in self._rows.of(record):
            if row.action == "flag" and not row.known:
                self._tell(_GITHUB[row.level], self._place(row), row.message)

    def close(self) -> None:
        pass

    def _place(self, row: Row) -> dict[str, str]:
        place = {"file": row.path, "title": f"{row.rule} ({row.document})"}
        if is_text_file(row.path):
            place = {"file": row.path, "line": str(row.line), "title": row.rule}
            if row.column:
                place["col"] = str(row.column)
        return place

    def _tell(self, command: str, place: dict[str, str], message: str) -> None:
        parts = ",".join(f"{name}={_escaped(value, True)}" for name, value in place.items())
        self._stream.write(f"::{command} {parts}::{_escaped(message)}\n".encode("utf-8", "replace"))


def _escaped(text: str, is_property: bool = False) -> str:
    """As the runner of GitHub Actions unescapes it."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


class JunitReport:
    """One test case a document; it fails by its findings that flag at `warning` or above, those across documents included."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._rows = stream, Rows()
        self._cases: dict[str, list[Row]] = {}
        self._problems: list[Problem] = []

    def add(self, record: Record) -> None:
        if isinstance(record, Problem):
            self._problems.append(record)
        elif isinstance(record, DocumentRecord):
            self._cases.setdefault(record.id, [])
        for row in self._rows.of(record):
            if row.action == "flag" and row.level != "note" and not row.known:
                self._cases.setdefault(row.document, []).append(row)

    def close(self) -> None:
        failed = sum(bool(rows) for rows in self._cases.values())
        counts = {
            "tests": str(len(self._cases) + len(self._problems)),
            "failures": str(failed),
            "errors": str(len(self._problems)),
        }
        root = ElementTree.Element("testsuites", counts)
        suite = ElementTree.SubElement(root, "testsuite", {"name": "provcheck", **counts})
        for document, rows in self._cases.items():
            case = ElementTree.SubElement(
                suite, "testcase", {"name": _plain(document), "classname": "provcheck"}
            )
            for row in rows:
                told = ElementTree.SubElement(
                    case, "failure", {"type": row.rule, "message": _plain(row.message)}
                )
                told.text = _plain(f"line {row.line}: {row.text}")
        for problem in self._problems:
            case = ElementTree.SubElement(
                suite, "testcase", {"name": _plain(problem.id or problem.path), "classname": "provcheck"}
            )
            ElementTree.SubElement(case, "error", {"message": _plain(problem_text(problem))})
        ElementTree.indent(root)
        self._stream.write(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _plain(text: str) -> str:
    """Without the characters that XML 1.0 cannot carry."""
    return _NO_XML.sub("\ufffd", text)
