"""Sketches as few bytes: words by their number in a vocabulary, offsets as gaps and lengths, then zlib."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.arrays.slots import Slots
from provcheck.groups.sketch import Sketch

Array32 = npt.NDArray[np.uint32]
_LEVEL = 1  # of zlib: higher ones take three times as long for a twentieth of the bytes
_RECENT = 4_096  # words that wait before the table is built anew


class Vocabulary:
    """Stems by number, in the order in which the archive met them, and the root of each. Grows; owned by one store."""

    def __init__(self) -> None:
        self._stems = self._roots = np.empty(0, dtype=np.uint32)
        self._slots = Slots(self._stems.astype(np.uint64))
        self._recent: dict[int, int] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def extend(self, stems: Array32, roots: Array32) -> None:
        """Add words that it lacks; their numbers follow those that are there."""
        self._recent.update(zip(stems.tolist(), range(self._size, self._size + len(stems)), strict=True))
        if self._size + len(stems) > len(self._stems):
            room = np.zeros(max(_RECENT, len(self._stems) // 2, len(stems)), dtype=np.uint32)
            self._stems, self._roots = (np.concatenate([each, room]) for each in (self._stems, self._roots))
        self._stems[self._size : self._size + len(stems)] = stems
        self._roots[self._size : self._size + len(stems)] = roots
        self._size += len(stems)
        if len(self._recent) > max(_RECENT, self._size // 8):
            self._slots = Slots(self._stems[: self._size].astype(np.uint64))
            self._recent = {}

    def cut(self, size: int) -> None:
        """Forget all words from a number on: what added them did not last."""
        if size < self._size:
            stems, roots = self._stems[:size], self._roots[:size]
            self.__init__()  # type: ignore[misc]
            self.extend(stems, roots)

    def learned(self, stems: Array32, roots: Array32) -> tuple[Array32, Array32]:
        """The words among these that it lacked, now added: stems and roots, in the order in which they came."""
        fresh = np.flatnonzero(self._places(stems) < 0)
        _, first = np.unique(stems[fresh], return_index=True)
        new = fresh[np.sort(first)]
        self.extend(stems[new], roots[new])
        return stems[new], roots[new]

    def _places(self, stems: Array32) -> npt.NDArray[np.int64]:
        places = self._slots.places(stems.astype(np.uint64))
        if self._recent:
            open_ = np.flatnonzero(places < 0)
            look = self._recent.get
            places[open_] = [look(stem, -1) for stem in stems[open_].tolist()]
        return places

    def numbers(self, stems: Array32) -> npt.NDArray[np.int64]:
        """The number of each word; all must be there."""
        return self._places(stems)

    def words(self, numbers: npt.NDArray[np.int64]) -> tuple[Array32, Array32]:
        """Stems and roots by number."""
        return self._stems[numbers], self._roots[numbers]


def packed(sketch: Sketch, numbers: npt.NDArray[np.int64]) -> bytes:
    """A sketch but for its id, outlet, day and title; `numbers` are those of its words."""
    many = len(numbers)
    lengths = (sketch.ends - sketch.starts).astype(np.uint32)
    gaps = sketch.starts.copy()
    gaps[1:] -= sketch.ends[:-1]
    steps = sketch.sentences.copy()
    steps[1:] -= sketch.sentences[:-1]
    parts = (
        np.uint32(many).tobytes(),
        _planes(numbers),
        _planes(lengths),
        _planes(gaps),
        (sketch.flags | (steps << 4).astype(np.uint8)).tobytes(),
    )
    return zlib.compress(b"".join(parts), _LEVEL)


def unpacked(raw: bytes, vocabulary: Vocabulary, id: str, outlet: str | None, day: int | None) -> Sketch:
    """The sketch that was packed. Raises ValueError or zlib.error if the bytes are not one."""
    data = zlib.decompress(raw)
    many = int(np.frombuffer(data, dtype=np.uint32, count=1)[0])
    if len(data) != 4 + 13 * many:
        raise ValueError("the sketch has another length than it says")
    numbers, lengths, gaps = (_joined(data, 4 + at * 4 * many, many) for at in range(3))
    marks = np.frombuffer(data, dtype=np.uint8, count=many, offset=4 + 12 * many)
    if many and int(numbers.max()) >= len(vocabulary):
        raise ValueError("the sketch has words that the vocabulary lacks")
    stems, roots = vocabulary.words(numbers.astype(np.int64))
    ends = np.cumsum(gaps.astype(np.int32) + lengths.astype(np.int32), dtype=np.int32)
    return Sketch(
        id,
        outlet,
        day,
        stems=stems,
        roots=roots,
        sentences=np.cumsum(marks >> 4, dtype=np.int32),
        flags=marks & np.uint8(15),
        starts=ends - lengths.astype(np.int32),
        ends=ends,
        title=np.empty(0, dtype=np.uint32),
    )


def _planes(values: npt.NDArray[Any]) -> bytes:
    """32-bit numbers as four planes of bytes: the upper ones are nearly all zero."""
    return values.astype("<u4").view(np.uint8).reshape(-1, 4).T.tobytes()


def _joined(data: bytes, offset: int, many: int) -> Array32:
    planes = np.frombuffer(data, dtype=np.uint8, count=4 * many, offset=offset).reshape(4, many)
    return np.ascontiguousarray(planes.T).view("<u4").ravel()
