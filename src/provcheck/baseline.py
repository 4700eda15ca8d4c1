"""Findings that are known: kept by what they say and not by where, so that only new ones fail a run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from provcheck.errors import UsageError
from provcheck.model import CrossFinding, DocumentRecord, Finding, Group, Place, Record, Site, Story

_Either = TypeVar("_Either", Finding, CrossFinding)
_HEAD = "# provcheck baseline 1: count, key, rule, document\n"


@dataclass
class Baseline:
    """How often each known finding may still be met. Owned by one scan, which uses it up."""

    left: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, path: str | None) -> Baseline:
        """As `read`; an empty one where there is none."""
        return cls.read(Path(path)) if path else cls()

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Raises UsageError for a file that is no baseline, OSError for one that cannot be read."""
        left: Counter[str] = Counter()
        lines = path.read_text("utf-8", "replace").splitlines(keepends=True)
        if not lines or lines[0] != _HEAD:
            raise UsageError(f"{path}: is no baseline of this version; write one with --write-baseline")
        for number, line in enumerate(lines[1:], 2):
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 4 or not (parts[0].isascii() and parts[0].isdigit()):
                raise UsageError(
                    f"{path}:{number}: is no line of a baseline; write it anew with --write-baseline"
                )
            left[parts[1]] += int(parts[0])
        return cls(left)

    def marked(self, record: Record) -> Record:
        """The record with the findings that are known marked so."""
        if isinstance(record, DocumentRecord):
            found = [(f, fingerprint(f.rule, record.id, f.text)) for f in record.findings]
            if any(self.left[key] > 0 for _, key in found):
                return replace(record, findings=tuple(self._marked(f, key) for f, key in found))
        elif isinstance(record, (Group, Story, Site)):
            across = [(f, cross_fingerprint(f.rule, f.places)) for f in record.findings]
            if any(self.left[key] > 0 for _, key in across):
                return replace(record, findings=tuple(self._marked(f, key) for f, key in across))
        return record

    def _marked(self, finding: _Either, key: str) -> _Either:
        if self.left[key] <= 0:
            return finding
        self.left[key] -= 1
        return replace(finding, known=True)


@dataclass
class BaselineWriter:
    """Collects the findings of a scan for a baseline. Owned by one scan."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, record: Record) -> None:
        if isinstance(record, DocumentRecord):
            for finding in record.findings:
                self.counts[fingerprint(finding.rule, record.id, finding.text), finding.rule, record.id] += 1
        elif isinstance(record, (Group, Story, Site)):
            for across in record.findings:
                key = cross_fingerprint(across.rule, across.places)
                self.counts[key, across.rule, across.places[0].document] += 1

    def bytes(self) -> bytes:
        lines = sorted(
            (rule, _one_line(document), key, count) for (key, rule, document), count in self.counts.items()
        )
        body = "".join(f"{count}\t{key}\t{rule}\t{document}\n" for rule, document, key, count in lines)
        return (_HEAD + body).encode("utf-8", "replace")


def fingerprint(rule: str, document: str, text: str) -> str:
    """What a finding is known by, wherever it stands: 16 hexadecimal digits of its rule, document and text."""
    return _hashed((rule, document, " ".join(text.casefold().split())))


def cross_fingerprint(rule: str, places: Sequence[Place]) -> str:
    """What a finding across documents is known by: 16 hexadecimal digits of its rule, its documents and the text of its first place."""
    documents = sorted({place.document for place in places})
    return _hashed((rule, *documents, " ".join(places[0].text.casefold().split())))


def _hashed(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _one_line(text: str) -> str:
    return " ".join(text.split())
