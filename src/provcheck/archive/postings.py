"""Which documents have a term: sorted segments that merge as they grow (O'Neil and others 1996, the log-structured merge tree)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Array32 = npt.NDArray[np.uint32]
_BLOCK = 500  # postings of a block: four thousand bytes, so that a block is about a page
_RANGE = 4_000_000  # postings that are merged at once, 32 MB
_ROW = np.uint64(32)

TABLES = """
CREATE TABLE segment (id INTEGER PRIMARY KEY, entries INTEGER NOT NULL, first_block INTEGER NOT NULL, firsts BLOB NOT NULL);
CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""


@dataclass(frozen=True)
class _Segment:
    """id: rising with age. firsts: the first key of each block. entries: how many postings it has."""

    id: int
    entries: int
    first_block: int
    firsts: Array32


class Postings:
    """Postings are `key << 32 | document`, keys 32-bit hashes of terms. Every change belongs to the caller's transaction.

    Each segment is more than twice the next, so that there are few, and each posting is written again about log2 times.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._segments: list[_Segment] = []

    def reload(self) -> None:
        """Read anew which segments there are: another process wrote."""
        known = {segment.id: segment for segment in self._segments}
        rows = self._base.execute("SELECT id FROM segment ORDER BY id").fetchall()
        self._segments = [known.get(number) or self._read(number) for (number,) in rows]

    def forget(self) -> None:
        """Know no segment: `reload` reads all anew."""
        self._segments = []

    def _read(self, number: int) -> _Segment:
        row = self._base.execute(
            "SELECT id, entries, first_block, firsts FROM segment WHERE id = ?", (number,)
        ).fetchone()
        return _Segment(row[0], row[1], row[2], np.frombuffer(row[3], dtype=np.uint32))

    def __len__(self) -> int:
        return sum(segment.entries for segment in self._segments)

    def add(self, documents: npt.NDArray[np.int64], keys: Array32) -> None:
        """Add postings; small segments are merged with them."""
        found = np.sort((keys.astype(np.uint64) << _ROW) | documents.astype(np.uint64))
        if not len(found):
            return
        total, old = len(found), []
        while self._segments and self._segments[-1].entries <= 2 * total:
            old.append(self._segments.pop())
            total += old[-1].entries
        number = self._next("segment")
        self._write(number, self._merged(old, found, total), total)
        for segment in old:
            self._base.execute("DELETE FROM segment WHERE id = ?", (segment.id,))
            self._base.execute(
                "DELETE FROM block WHERE id >= ? AND id < ?",
                (segment.first_block, segment.first_block + len(segment.firsts)),
            )
        self._segments.append(self._read(number))

    def _next(self, table: str) -> int:
        return int(self._base.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])

    def _merged(self, segments: list[_Segment], found: Keys, total: int) -> Iterator[Keys]:
        """All postings, sorted, a range of keys at a time."""
        pieces = total // _RANGE + 1
        bounds = [(1 << 32) * at // pieces for at in range(pieces + 1)]
        for low, high in pairwise(bounds):
            mine = _within(found, low, high)
            parts = [mine, *(self._between(segment, low, high) for segment in segments)]
            yield np.sort(np.concatenate(parts)) if segments else mine

    def _between(self, segment: _Segment, low: int, high: int) -> Keys:
        """The postings of a segment with `low <= key < high`."""
        first = max(0, int(np.searchsorted(segment.firsts, low, side="left")) - 1)
        last = int(np.searchsorted(segment.firsts, min(high, 0xFFFFFFFF), side="right"))
        found = self._blocks(segment, range(first, last))
        return _within(found, low, high)

    def _blocks(self, segment: _Segment, places: range) -> Keys:
        rows = self._base.execute(
            "SELECT data FROM block WHERE id >= ? AND id < ? ORDER BY id",
            (segment.first_block + places.start, segment.first_block + places.stop),
        )
        return np.frombuffer(b"".join(row[0] for row in rows), dtype=np.uint64)

    def _write(self, number: int, ranges: Iterator[Keys], total: int) -> None:
        first = self._next("block")
        block = first
        firsts: list[Array32] = []
        rest = np.empty(0, dtype=np.uint64)
        for found in ranges:
            rest = np.concatenate([rest, found]) if len(rest) else found
            whole = len(rest) // _BLOCK * _BLOCK
            block = self._put(block, rest[:whole], firsts)
            rest = rest[whole:]
        self._put(block, rest, firsts)
        told = np.concatenate(firsts) if firsts else np.empty(0, dtype=np.uint32)
        self._base.execute("INSERT INTO segment VALUES (?, ?, ?, ?)", (number, total, first, told.tobytes()))

    def _put(self, block: int, found: Keys, firsts: list[Array32]) -> int:
        if not len(found):
            return block
        starts = range(0, len(found), _BLOCK)
        self._base.executemany(
            "INSERT INTO block VALUES (?, ?)",
            ((block + at, found[start : start + _BLOCK].tobytes()) for at, start in enumerate(starts)),
        )
        firsts.append((found[::_BLOCK] >> _ROW).astype(np.uint32))
        return block + len(starts)

    def documents(self, keys: Array32, most: int) -> dict[int, npt.NDArray[np.int64]]:
        """The documents that have each of some distinct keys. A key with more than `most` documents is left out, if its
        blocks show it; keys that no document has are left out, too.
        """
        found: dict[int, list[Keys]] = {}
        for segment in self._segments:
            for key, part in self._held(segment, np.sort(keys), most):
                found.setdefault(key, []).append(part)
        joined = {key: np.concatenate(parts) for key, parts in found.items()}
        return {
            key: (each & np.uint64(0xFFFFFFFF)).astype(np.int64)
            for key, each in joined.items()
            if len(each) <= most
        }

    def _held(self, segment: _Segment, keys: Array32, most: int) -> Iterator[tuple[int, Keys]]:
        first = np.maximum(np.searchsorted(segment.firsts, keys, side="left") - 1, 0)
        last = np.searchsorted(segment.firsts, keys, side="right")
        last = np.minimum(last, first + most // _BLOCK + 2)
        wanted = sorted(
            {block for a, b in zip(first.tolist(), last.tolist(), strict=True) for block in range(a, b)}
        )
        data = self._fetched(segment, wanted)
        for key, a, b in zip(keys.tolist(), first.tolist(), last.tolist(), strict=True):
            parts = []
            for block in range(a, b):
                held = data[block]
                start, stop = held.searchsorted(
                    np.array([key << 32, (key << 32) | 0xFFFFFFFF], dtype=np.uint64)
                ).tolist()
                if stop > start:
                    parts.append(held[start:stop])
            if parts:
                yield key, parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _fetched(self, segment: _Segment, blocks: list[int]) -> dict[int, Keys]:
        marks = ",".join("?" * len(blocks))
        rows = self._base.execute(
            f"SELECT id, data FROM block WHERE id IN ({marks})", [segment.first_block + at for at in blocks]
        )
        return {number - segment.first_block: np.frombuffer(data, dtype=np.uint64) for number, data in rows}

    def mistakes(self) -> Iterator[str]:
        """What is wrong with the order or the number of the postings."""
        for segment in self._segments:
            many, last = 0, np.uint64(0)
            for start in range(0, len(segment.firsts), 1_000):
                stop = min(start + 1_000, len(segment.firsts))
                found = self._blocks(segment, range(start, stop))
                many += len(found)
                if len(found) and (found[0] < last or bool((found[1:] < found[:-1]).any())):
                    yield f"segment {segment.id}: postings are not in order"
                last = found[-1] if len(found) else last
            if many != segment.entries:
                yield f"segment {segment.id}: holds {many:,} postings, and says {segment.entries:,}"

    def total(self) -> int:
        """The sum of all postings modulo 2**64, to be compared with what the documents say."""
        summed = 0
        for segment in self._segments:
            for start in range(0, len(segment.firsts), 1_000):
                stop = min(start + 1_000, len(segment.firsts))
                summed += int(self._blocks(segment, range(start, stop)).sum(dtype=np.uint64))
        return summed & 0xFFFFFFFFFFFFFFFF


def _within(found: Keys, low: int, high: int) -> Keys:
    """Of sorted postings those with `low <= key < high`."""
    start = int(np.searchsorted(found, np.uint64(low << 32)))
    return found[start : int(np.searchsorted(found, np.uint64((high << 32) - 1), side="right"))]
