"""What waits between examining and comparing: in memory while it is little, then in a temporary file."""

from __future__ import annotations

import pickle
import tempfile
import threading
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

import numpy as np
import numpy.typing as npt

from provcheck.article import Article
from provcheck.groups.minhash import minhash
from provcheck.groups.sketch import Sketch
from provcheck.names.roster import Roster
from provcheck.settings import GroupSettings

_IN_MEMORY = 64 << 20  # bytes of a heap that need no file
_BLOCK = 2_000  # documents that a pass over all of them holds at a time


class Heap:
    """Pieces of bytes by number, in the order in which they were added. Reading is thread-safe."""

    def __init__(self) -> None:
        self._memory: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._ends = array("q", [0])
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, piece: bytes) -> None:
        """Raises OSError, which names the folder for temporary files, when that is full."""
        self._ends.append(self._ends[-1] + len(piece))
        if self._file is None:
            self._memory.append(piece)
            if self._ends[-1] <= _IN_MEMORY:
                return
            piece = b"".join(self._memory)
            self._memory = []
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="provcheck-")  # noqa: SIM115 - closed with the heap
            self._file.write(piece)
        except OSError as error:
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from None

    def __getitem__(self, number: int) -> bytes:
        if self._file is None:
            return self._memory[number]
        with self._lock:
            self._file.seek(self._ends[number])
            piece = self._file.read(self._ends[number + 1] - self._ends[number])
            self._file.seek(0, 2)
        return piece

    def close(self) -> None:
        self._memory = []
        if self._file is not None:
            with suppress(OSError):  # a full disk does not take what is still buffered
                self._file.close()


@dataclass(frozen=True, slots=True)
class Shelved:
    """One document, packed where it was examined. values: its MinHash; digest: its wording, see `Sketch`; words: how many."""

    id: str
    outlet: str | None
    day: int | None
    words: int
    digest: bytes
    sketch: bytes
    values: bytes
    article: bytes

    @classmethod
    def of(cls, article: Article, sketch: Sketch, settings: GroupSettings) -> Shelved:
        return cls(
            sketch.id,
            sketch.outlet,
            sketch.day,
            len(sketch.stems),
            sketch.wording,
            sketch.pack(),
            minhash(sketch.shingles(settings.shingle), settings.permutations).tobytes(),
            pickle.dumps(article.bare(), protocol=5),
        )


class Shelf:
    """The documents of one scan, by number. Owned by the scan; `close` frees its files."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.outlets: list[str | None] = []
        self.days = array("d")
        self.words = array("q")
        self.digests: list[bytes] = []
        self._sketches, self._values, self._articles = Heap(), Heap(), Heap()
        self._known: dict[str | None, str | None] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, item: Shelved) -> None:
        self.ids.append(item.id)
        self.outlets.append(self._known.setdefault(item.outlet, item.outlet))
        self.days.append(float("nan") if item.day is None else item.day)
        self.words.append(item.words)
        self.digests.append(item.digest)
        self._sketches.add(item.sketch)
        self._values.add(item.values)
        self._articles.add(item.article)

    def sketch(self, number: int) -> Sketch:
        day = self.days[number]
        return Sketch.unpack(
            self._sketches[number], self.ids[number], self.outlets[number], int(day) if day == day else None
        )

    def packed(self, number: int) -> tuple[bytes, bytes]:
        """A document's sketch and article as they travel to other processes; see `unpacked`."""
        return self._sketches[number], self._articles[number]

    def article(self, number: int, roster: Roster) -> Article:
        return unpacked(self._articles[number], roster)

    def values(self, numbers: Sequence[int]) -> npt.NDArray[np.uint32]:
        """MinHash values, documents by permutations."""
        rows = [np.frombuffer(self._values[number], dtype=np.uint32) for number in numbers]
        return np.stack(rows)

    def close(self) -> None:
        for heap in (self._sketches, self._values, self._articles):
            heap.close()


def unpacked(article: bytes, roster: Roster) -> Article:
    """An article that was on a shelf, with the names that the user knows."""
    found: Article = pickle.loads(article)
    return found.with_roster(roster) if roster else found


def in_blocks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Numbers of documents, so many at a time as fit in memory together."""
    for start in range(0, len(numbers), _BLOCK):
        yield numbers[start : start + _BLOCK]
