"""`--format html`: one file that holds the whole report and asks for nothing from outside.

The page carries its data packed (gzip, base64), a hundred documents a block, and unpacks what is looked at. A content-security policy
lets nothing run but the report's own script, by its hash; what comes from documents enters the page as text only. Without scripts, the
page lists every document with its findings, the groups, the stories and what was not read.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from provcheck.article import Article
from provcheck.intake.earlier import GENERATOR
from provcheck.model import (
    CrossFinding,
    DocumentRecord,
    Group,
    Problem,
    Record,
    Site,
    Story,
    Summary,
)
from provcheck.reports.wording import archived, counted, flat, problem_text, shorten

_BLOCK = 100  # documents that are packed together
_FIELDS = ("id", "title", "source", "published", "language", "words", "verdict", "flags", "rules")
_UNSEEN = dict.fromkeys(
    (*range(8234, 8239), *range(8294, 8298), *range(9), *range(14, 32), 11, 12, 127), 65533
)


class HtmlReport:
    """Writes blocks of documents as they come, and the rest of the page when it is closed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._texts: dict[str, str] = {}
        self._waiting: list[dict[str, Any]] = []
        self._listed: list[str] = []
        self._blocks = 0
        self._columns: dict[str, list[Any]] = {name: [] for name in _FIELDS}
        self._rules: dict[str, int] = {}
        self._told: dict[str, list[Any]] = {"groups": [], "stories": [], "sites": [], "problems": []}
        self._across: list[str] = []
        self._summary: Any = None
        self._write(_head())

    def watch(self, article: Article) -> None:
        """The text of a document whose record comes next: a record has none."""
        self._texts[article.id] = article.text.translate(_UNSEEN)

    def add(self, record: Record) -> None:
        if isinstance(record, DocumentRecord):
            self._document(record)
        elif isinstance(record, Summary):
            self._summary = _clean(msgspec.to_builtins(record))
        elif isinstance(record, (Group, Story, Site, Problem)):
            kind = {Group: "groups", Story: "stories", Site: "sites", Problem: "problems"}[type(record)]
            self._told[kind].append(_clean(msgspec.to_builtins(record)))
            self._across.append(_listed_across(record))

    def close(self) -> None:
        self._flush()
        index = {
            "summary": self._summary,
            "documents": self._columns,
            "rules": list(self._rules),
            **self._told,
        }
        self._write(f'<script type="text/plain" id="index">{_packed(index)}</script>\n')
        self._write("<noscript>\n" + "".join(self._across) + "</noscript>\n")
        self._write(f"<script>{_asset('report.js')}</script>\n</body>\n</html>\n")

    def _document(self, record: DocumentRecord) -> None:
        findings = _clean(msgspec.to_builtins(record.findings))
        values = {
            "id": _clean(record.id),  # as groups and stories name it
            "title": flat(record.title) if record.title else None,
            "source": flat(record.source) if record.source else None,
            "published": flat(record.published) if record.published else None,
            "language": record.language.code,
            "words": record.words,
            "verdict": record.verdict,
            "flags": sum(f.action == "flag" for f in record.findings),
            "rules": sorted({self._rules.setdefault(f.rule, len(self._rules)) for f in record.findings}),
        }
        for name, value in values.items():
            self._columns[name].append(value)
        text = self._texts.pop(record.id, "")
        provenance = _clean(msgspec.to_builtins(record.provenance))
        told = {"text": text, "findings": findings, "provenance": provenance}
        if record.matches:
            told["archived"] = _clean([archived(match) for match in record.matches])
        self._waiting.append(told)
        self._listed.append(_listed_document(record))
        if len(self._waiting) >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        self._write(
            f'<script type="text/plain" id="block-{self._blocks}">{_packed(self._waiting)}</script>\n'
            f"<noscript>\n{''.join(self._listed)}</noscript>\n"
        )
        self._blocks += 1
        self._waiting, self._listed = [], []

    def _write(self, text: str) -> None:
        self._stream.write(text.encode("utf-8", "replace"))


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / "web" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _head() -> str:
    policy = (
        f"default-src 'none'; style-src {_hash(_asset('report.css'))}; script-src {_hash(_asset('report.js'))}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html>\n<html lang="en" data-block="{_BLOCK}">\n<head>\n<meta charset="utf-8">\n{GENERATOR}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>provcheck report</title>\n<style>{_asset('report.css')}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">To the content</a>\n'
        '<header><h1>provcheck</h1><nav aria-label="Views"></nav></header>\n'
        '<main id="main"><noscript><p>Scripts are blocked: this is the plain list of everything that the report holds.</p></noscript></main>\n'
        '<div id="tip" role="tooltip" hidden></div>\n'
    )


def _packed(value: Any) -> str:
    """JSON, gzip without a time, base64: letters that no markup can be made of."""
    return base64.b64encode(gzip.compress(msgspec.json.encode(value), 6, mtime=0)).decode()


def _clean(value: Any) -> Any:
    """The value without characters that turn the direction of text or that a page cannot show; lengths stay as they are."""
    if isinstance(value, str):
        return value.translate(_UNSEEN)
    if isinstance(value, dict):
        return {_clean(key): _clean(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(inner) for inner in value]
    return value


def _listed_document(record: DocumentRecord) -> str:
    head = f"<h2>{_safe(record.title or record.id)}</h2>\n<p>{_safe(record.id)} · {record.verdict} · {counted(record.words, 'word')}</p>\n"
    items = (
        f"<li>{f.level} {_safe(f.rule)}, line {f.line}: {_safe(f.message)} — {_safe(shorten(f.text))}</li>\n"
        for f in record.findings
    )
    listed = "".join(items) + "".join(
        f"<li>archive: {_safe(archived(match))}</li>\n" for match in record.matches
    )
    return head + (f"<ul>\n{listed}</ul>\n" if listed else "")


def _listed_across(record: Group | Story | Site | Problem) -> str:
    if isinstance(record, Problem):
        return f"<p>Not read: {_safe(record.id or record.path)}: {_safe(problem_text(record))}</p>\n"
    if isinstance(record, Group):
        origin = _safe(record.origin.document or "undecided")
        head = f"<h2>Group of {len(record.members)} copies, origin: {origin}</h2>\n"
        members: Iterator[str] = (f"{_safe(m.id)} ({m.role})" for m in record.members)
    else:
        name = f"Outlet {_safe(record.outlet)}" if isinstance(record, Site) else "Story"
        head, members = f"<h2>{name}</h2>\n", (_safe(document) for document in record.documents)
    return f"{head}<p>{', '.join(members)}</p>\n<ul>\n{''.join(map(_listed_cross, record.findings))}</ul>\n"


def _listed_cross(finding: CrossFinding) -> str:
    places = ", ".join(f"{_safe(p.document)}:{p.line}" for p in finding.places[:8])
    text = _safe(shorten(finding.places[0].text))
    return f"<li>{finding.level} {_safe(finding.rule)}: {_safe(finding.message)} — {text} ({places})</li>\n"


def _safe(text: str) -> str:
    return html.escape(flat(text))
