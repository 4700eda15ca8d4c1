"""Groups from a scan that was written before: other thresholds, and the pairs that nearly were or were not linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from provcheck.errors import UsageError
from provcheck.groups.agglomeration import linkage_of
from provcheck.groups.cluster import group_labels
from provcheck.model import Candidates, DocumentRecord, Group, Header, Record, Summary
from provcheck.settings import GroupSettings

_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


@dataclass(frozen=True)
class Scan:
    """What a scan in JSON Lines says of groups. `titles` are those of documents that have one."""

    groups: tuple[Group, ...]
    candidates: Candidates | None
    settings: GroupSettings
    titles: dict[str, str]


@dataclass(frozen=True)
class Borderline:
    """A pair near the threshold: `linkage` is what the two would have as a group of their own."""

    a: str
    b: str
    linkage: float
    score: float
    together: bool


def read_scan(path: Path) -> Scan:
    """Raises UsageError for a file that is no scan in JSON Lines, OSError for one that cannot be read."""
    groups: list[Group] = []
    titles: dict[str, str] = {}
    candidates: list[Candidates] = []
    settings, ended = None, False
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                record = _decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise UsageError(
                    f"{path}:{number}: is no record of a scan (--format jsonl): {error}"
                ) from None
            if isinstance(record, Header):
                try:
                    settings = msgspec.convert(record.settings["groups"], GroupSettings)
                except (KeyError, msgspec.ValidationError) as error:
                    raise UsageError(
                        f"{path}:{number}: has other settings than this version: {error}"
                    ) from None
            elif isinstance(record, DocumentRecord) and record.title:
                titles[record.id] = record.title
            elif isinstance(record, Group):
                groups.append(record)
            elif isinstance(record, Candidates):
                candidates.append(record)
            ended = isinstance(record, Summary)
    if settings is None:
        raise UsageError(f"{path}: has no header; it is no scan of provcheck")
    if not ended:
        raise UsageError(f"{path}: ends before its summary; the scan, or a copy of it, was cut off")
    return Scan(tuple(groups), _joined(candidates), settings, titles)


def _joined(pieces: Sequence[Candidates]) -> Candidates | None:
    """One record of the many that a large scan writes."""
    if len(pieces) < 2:
        return pieces[0] if pieces else None
    wording = {
        name: told for piece in pieces for name, told in zip(piece.documents, piece.wordings, strict=True)
    }
    names = sorted(wording)
    number = {name: at for at, name in enumerate(names)}
    return Candidates(
        documents=tuple(names),
        wordings=tuple(wording[name] for name in names),
        pairs=tuple(
            (number[piece.documents[i]], number[piece.documents[j]], raw, told)
            for piece in pieces
            for i, j, raw, told in piece.pairs
        ),
    )


def regrouped(scan: Scan, threshold: float) -> list[tuple[str, ...]]:
    """The groups at another threshold, as sorted ids, the largest first. Raises UsageError without candidates."""
    names, labels = _labels(scan, threshold)
    members: dict[int, list[str]] = {}
    for name, label in zip(names, labels, strict=True):
        members.setdefault(int(label), []).append(name)
    twins = _twins(scan)
    alone = {name: [name] for name in twins.keys() - set(names)}
    found = [
        sorted({n for name in group for n in (name, *twins.get(name, ()))})
        for group in (*members.values(), *alone.values())
    ]
    return sorted((tuple(group) for group in found if len(group) > 1), key=lambda g: (-len(g), g))


def borderline(scan: Scan, threshold: float, most: int) -> list[Borderline]:
    """The pairs whose own linkage is nearest the threshold: half of them above it, half below, the highest first."""
    names, labels = _labels(scan, threshold)
    assert scan.candidates is not None
    weight = scan.settings.chaining
    pairs = [
        Borderline(
            names[i],
            names[j],
            round(linkage_of(raw, raw, weight), 4),
            told,
            bool(labels[i] == labels[j]),
        )
        for i, j, raw, told in scan.candidates.pairs
    ]
    above = sorted((p for p in pairs if p.linkage >= threshold), key=lambda p: (p.linkage, p.a, p.b))
    below = sorted((p for p in pairs if p.linkage < threshold), key=lambda p: (-p.linkage, p.a, p.b))
    half = most // 2
    return [*reversed(above[: most - half]), *below[:half]]


def _labels(scan: Scan, threshold: float) -> tuple[tuple[str, ...], list[int]]:
    if scan.candidates is None:
        raise UsageError("the scan holds no compared pairs; scan again with --format jsonl and with groups")
    if not 0 < threshold <= 1:
        raise UsageError("the threshold lies between 0 and 1")
    names, pairs = scan.candidates.documents, scan.candidates.pairs
    left = np.array([p[0] for p in pairs], dtype=np.int64)
    right = np.array([p[1] for p in pairs], dtype=np.int64)
    raw = np.array([p[2] for p in pairs], dtype=np.float64)
    settings = msgspec.structs.replace(scan.settings, cut=threshold)
    wording = np.array(scan.candidates.wordings, dtype=np.int64)
    return names, group_labels(wording, left, right, raw, settings).tolist()


def _twins(scan: Scan) -> dict[str, list[str]]:
    """Documents that stand for others with the same words, and those others: the first by id stands for them."""
    found: dict[str, list[str]] = {}
    for group in scan.groups:
        for link in group.links:
            if link.relation == "exact":
                found.setdefault(link.a, []).append(link.b)
    return found
