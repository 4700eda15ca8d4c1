"""The words of several documents side by side, as arrays with one entry a word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from provcheck.arrays.speedup import Compiled
from provcheck.groups.sketch import QUOTED, Sketch

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.signedinteger[Any]]  # of documents and of pairs: in 32 bits where millions wait
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]
_MIX, _STIR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_ROW = np.uint64(32)
_WORTH = 5_000_000  # words from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiledwords", _WORTH)


class Words:
    """Documents are numbered from 0 in the order given; sentences are numbered through.

    offsets: where each document's words start, and the end of the last one's.
    """

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self.size = len(sketches)
        lengths = np.array([len(s.stems) for s in sketches], dtype=np.int64)
        self.offsets: Ints = np.concatenate([[0], np.cumsum(lengths)])
        self.documents: Ints = np.repeat(np.arange(self.size), lengths)
        self.stems = _joined([s.stems for s in sketches], np.uint32)
        self.roots = _joined([s.roots for s in sketches], np.uint32)
        self.flags = _joined([s.flags for s in sketches], np.uint8)
        told = [int(s.sentences[-1]) + 1 if len(s.sentences) else 0 for s in sketches]
        first = np.concatenate([[0], np.cumsum(told)])
        self.sentences: Ints = _joined([s.sentences for s in sketches], np.int64) + first[self.documents]

    @cached_property
    def narration(self) -> Bools:
        narrated: Bools = (self.flags & QUOTED) == 0
        return narrated


class Runs(NamedTuple):
    """Runs of words within one sentence: where each starts among the words that were kept, and its 64-bit hash."""

    starts: Ints
    hashes: Keys


def runs_of(stems: npt.NDArray[np.uint32], sentences: Ints, length: int) -> Runs:
    """The runs of `length` neighbouring words that lie in one sentence."""
    count = max(0, len(stems) - length + 1)
    starts = np.flatnonzero(sentences[:count] == sentences[length - 1 :][:count])
    mixed = stems[starts].astype(np.uint64)
    for step in range(1, length):
        mixed = mixed * _MIX + stems[starts + step]
    mixed ^= mixed >> _ROW
    return Runs(starts, mixed * _STIR)


class Grouped(NamedTuple):
    """Distinct keys, sorted; for each occurrence the place of its key; and for each key its first occurrence."""

    keys: Keys
    place: Ints
    sample: Ints


def grouped(rows: npt.NDArray[Any], columns: npt.NDArray[Any]) -> Grouped:
    """Occurrences by row and column (each less than 2**32), as keys `row << 32 | column`."""
    compiled = _compiled.module(len(rows))
    if compiled is not None:
        size = len(rows)
        keys, place, sample = np.empty(size, np.uint64), np.empty(size, np.int64), np.empty(size, np.int64)
        many = compiled.group(rows.astype(np.uint64), columns.astype(np.uint64), keys, place, sample)
        if many >= 0:
            return Grouped(keys[:many].copy(), place, sample[:many].copy())
    return _grouped((rows.astype(np.uint64) << _ROW) | columns.astype(np.uint64))


def _grouped(keys: Keys) -> Grouped:
    order = np.argsort(keys, kind="stable")  # faster, too: rows rise as a rule
    ordered = keys[order]
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    index = np.empty(len(keys), dtype=np.int64)
    index[order] = np.cumsum(new) - 1
    return Grouped(ordered[new], index, order[new])


def rows_of(keys: Keys) -> Ints:
    return (keys >> _ROW).astype(np.int64)


def columns_of(keys: Keys) -> Ints:
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _joined(parts: list[Any], kind: type) -> Any:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.empty(0, dtype=kind)
