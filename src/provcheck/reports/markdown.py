"""`--format markdown`: a summary to paste into an issue, a mail or the page of a run."""

from __future__ import annotations

import re
from typing import BinaryIO

from provcheck.model import DocumentRecord, Group, Problem, Record, Summary
from provcheck.reports.rows import Row, Rows
from provcheck.reports.wording import counted, flat, problem_text, shorten

_MOST_ROWS, _MOST_GROUPS, _MOST_PROBLEMS = 50, 20, 20
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
_RANK = {"error": 0, "warning": 1, "note": 2}


class MarkdownReport:
    """Counts, the gravest findings to look at, the largest groups. What a document says is escaped."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._rows = stream, Rows()
        self._flags: list[Row] = []
        self._groups: list[Group] = []
        self._problems: list[Problem] = []
        self._words = 0
        self._summary: Summary | None = None

    def add(self, record: Record) -> None:
        if isinstance(record, Problem):
            self._problems.append(record)
        elif isinstance(record, Group):
            self._groups.append(record)
        elif isinstance(record, DocumentRecord):
            self._words += record.words
        elif isinstance(record, Summary):
            self._summary = record
        self._flags += [
            r for r in self._rows.of(record) if r.action == "flag" and r.level != "note" and not r.known
        ]

    def close(self) -> None:
        parts = [self._head(), self._findings(), self._grouped(), self._unread()]
        self._stream.write("\n".join(filter(None, parts)).encode("utf-8", "replace"))

    def _head(self) -> str:
        summary = self._summary
        if summary is None:
            return "# provcheck\n"
        verdicts = ", ".join(f"{count:,} {name}" for name, count in summary.verdicts.items())
        lines = [
            "# provcheck",
            "",
            f"{counted(summary.documents, 'document')} ({verdicts}) of {self._words:,} words · {counted(summary.groups, 'group')}"
            f" · {counted(summary.stories, 'story', 'stories')} · {counted(summary.problems, 'problem')}",
            "",
            "| rule | findings |",
            "| --- | ---: |",
        ]
        ranked = sorted(summary.findings.items(), key=lambda item: (-item[1], item[0]))
        return "\n".join([*lines, *(f"| {rule} | {count:,} |" for rule, count in ranked), ""])

    def _findings(self) -> str:
        if not self._flags:
            return ""
        ranked = sorted(self._flags, key=lambda row: _RANK[row.level])[:_MOST_ROWS]
        lines = ["## To look at", "", "| where | rule | text | why |", "| --- | --- | --- | --- |"]
        lines += [
            f"| {_md(r.document)}:{r.line} | {r.rule} | {_md(shorten(r.text))} | {_md(r.message)} |"
            for r in ranked
        ]
        return "\n".join([*lines, *_rest(len(self._flags), _MOST_ROWS), ""])

    def _grouped(self) -> str:
        if not self._groups:
            return ""
        ranked = sorted(self._groups, key=lambda group: (-len(group.members), group.id))
        lines = ["## Copies", "", "| documents | likely origin | members |", "| ---: | --- | --- |"]
        for group in ranked[:_MOST_GROUPS]:
            origin = group.origin.document or "undecided"
            names = ", ".join(_md(member.id) for member in group.members[:5])
            more = f" and {len(group.members) - 5} more" if len(group.members) > 5 else ""
            lines.append(f"| {len(group.members)} | {_md(origin)} | {names}{more} |")
        return "\n".join([*lines, *_rest(len(ranked), _MOST_GROUPS), ""])

    def _unread(self) -> str:
        if not self._problems:
            return ""
        lines = ["## Not read", ""]
        lines += [f"- {_md(p.id or p.path)}: {_md(problem_text(p))}" for p in self._problems[:_MOST_PROBLEMS]]
        return "\n".join([*lines, *_rest(len(self._problems), _MOST_PROBLEMS), ""])


def _rest(count: int, shown: int) -> list[str]:
    return [f"\n… and {count - shown:,} more"] if count > shown else []


def _md(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", flat(text)).replace("&", "&amp;")
