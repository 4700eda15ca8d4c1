"""A stream of records, judged one by one: what is kept, reviewed, dropped, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from provcheck.archive.archive import Archive, entry_of
from provcheck.archive.entry import Entry
from provcheck.article import Article
from provcheck.checker import Checker, Result
from provcheck.groups.recent import Recent
from provcheck.groups.sketch import Sketch, sketch
from provcheck.intake.decode import UnreadableError
from provcheck.intake.records import RecordReader, decoded
from provcheck.model import Document, Match, Problem, Verdict
from provcheck.settings import Policy

_BATCH = 64  # documents that are added to an archive at once: near copies among them are found without it


@dataclass(frozen=True)
class Judged:
    """A document of the stream. copy_of: the document before it that it is a near copy of, and how alike they are (0 to 1).

    archived: what the archive has that shares its source text, the likeliest first.
    """

    result: Result
    verdict: Verdict
    reasons: tuple[str, ...]
    copy_of: tuple[str, float] | None = None
    archived: tuple[Match, ...] = ()

    @property
    def text(self) -> str:
        """The article, or the whole text where nothing of it is one: no document is emptied."""
        return self.result.cleaned if self.result.cleaned.strip() else self.result.document.text

    def report(self, cleaned: bool = False) -> dict[str, Any]:
        """What is written beside the record: JSON values."""
        record = self.result.record
        told: dict[str, Any] = {
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "words": record.words,
            "language": msgspec.to_builtins(record.language),
            "boilerplate_share": record.boilerplate_share,
            "findings": msgspec.to_builtins(record.findings),
            "provenance": msgspec.to_builtins(record.provenance),
        }
        if self.copy_of is not None:
            told["copy_of"] = {"document": self.copy_of[0], "similarity": self.copy_of[1]}
        if self.archived:
            told["archived"] = msgspec.to_builtins(self.archived)
        if record.skipped:
            told["skipped"] = msgspec.to_builtins(record.skipped)
        if cleaned:
            told["cleaned"] = self.text
        return told


class Filter:
    """Judges documents in the order in which they come, by one policy. Remembers what passed; owned by one stream.

    archive: asked about each document, too. remember: what passes is added to it, some documents at a time and at `close`; `not_added`
    are the ids under which it has another text, which it keeps.
    """

    def __init__(
        self, checker: Checker, policy: Policy, archive: Archive | None = None, remember: bool = False
    ) -> None:
        self._checker, self._policy = checker, policy
        self._recent = Recent(policy.window, policy.near)
        self._archive, self._remember = archive, remember
        self._waiting: list[Entry] = []
        self.not_added: list[str] = []

    def judge(self, document: Document) -> Judged:
        """Examine one document. Only what is kept or reviewed is remembered. Raises ArchiveError."""
        result = self._checker.check(document)
        verdict, reasons = self._checker.judge(result, self._policy)
        made = sketch(result.article, self._checker.settings.groups)
        values = self._recent.values_of(made)
        near = self._recent.copy_of(values)
        entry, archived = self._asked(result.article, made)
        told = [f"a near copy of {near[0]} ({near[1]:.0%} of the wording)"] if near is not None else []
        told += [
            f"the archive has it: {match.relation} of {match.document}"
            for match in archived[:1]
            if match.relation in ("exact", "copy")
        ]
        if told and self._policy.copies != "keep":
            reasons = (*reasons, *told)
            if verdict == "keep" or self._policy.copies == "drop":
                verdict = self._policy.copies
        if verdict == "review" and self._policy.reviewed == "drop":
            verdict = "drop"
        if verdict != "drop":
            self._recent.remember(document.id, values)
            if entry is not None and self._remember:
                self._waiting.append(entry)
                if len(self._waiting) >= _BATCH:
                    self._flush()
        return Judged(result, verdict, reasons, near, archived)

    def _asked(self, article: Article, made: Sketch) -> tuple[Entry | None, tuple[Match, ...]]:
        if self._archive is None:
            return None, ()
        entry = entry_of(article, self._archive.store.parameters, self._checker.settings.groups, made)
        return entry, self._archive.matches(entry)

    def close(self) -> None:
        """Add what waits to the archive. Raises ArchiveError."""
        self._flush()

    def _flush(self) -> None:
        if self._archive is not None and self._waiting:
            outcomes = self._archive.store.add(self._waiting)
            told = zip(self._waiting, outcomes, strict=True)
            self.not_added += [entry.id for entry, outcome in told if outcome == "changed"]
        self._waiting = []


@dataclass(frozen=True)
class Line:
    """One line of the stream: the record as it was read and its judgement, or what is wrong with it."""

    number: int
    raw: bytes
    record: Mapping[str, Any] | None
    outcome: Judged | Problem

    def encoded(self, cleaned: bool = False) -> bytes:
        """The record as it was, with a field `provcheck` at its end, or for a broken line an object that holds it; with a line break."""
        if isinstance(self.outcome, Problem):
            told = {
                "line": self.number,
                "raw": self.raw.decode("utf-8", "replace"),
                "provcheck": {"problem": self.outcome.reason},
            }
            return bytes(msgspec.json.encode(told)) + b"\n"
        assert self.record is not None
        told = self.outcome.report(cleaned)
        if "provcheck" in self.record:  # of an earlier pass
            whole = _fields.decode(_object(self.raw))
            return (
                bytes(msgspec.json.encode(whole | {"provcheck": told | {"earlier": whole["provcheck"]}}))
                + b"\n"
            )
        return _object(self.raw)[:-1].rstrip() + b',"provcheck":' + msgspec.json.encode(told) + b"}\n"


_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _object(raw: bytes) -> bytes:
    """A line that is a JSON object, without what stands around it."""
    return raw.removeprefix(b"\xef\xbb\xbf").strip()


def filter_lines(
    lines: Iterable[tuple[int, bytes | UnreadableError]], judge: Filter, fields: Mapping[str, str]
) -> Iterator[Line]:
    """Each line of JSON Lines with its outcome, as soon as it was read; blank lines are nothing."""
    for number, raw in lines:
        if isinstance(raw, UnreadableError):
            yield Line(number, b"", None, Problem(path="-", reason=raw.reason, where=f"line {number}"))
            continue
        if not raw.strip():
            continue
        reader = RecordReader("-", fields)  # ids may come again in a stream: each line is its own
        found = reader.read_json(raw, number)
        if isinstance(found, Problem):
            yield Line(number, raw, None, found)
            continue
        record = decoded(_object(raw))
        yield Line(number, raw, record, judge.judge(found))
