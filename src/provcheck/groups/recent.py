"""Near copies within a stream: each document against the last ones that passed, in bounded memory."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.groups.minhash import minhash
from provcheck.groups.sketch import Sketch

Values = npt.NDArray[np.uint32]
_PERMUTATIONS, _SHINGLE = 128, 3
_LEAST_SHINGLES = 8  # shorter texts are like many


class Recent:
    """Remembers the MinHash values of the last `window` documents (datasketch's index finds the likely ones).

    About 3 kB a document. Owned by one stream; not thread-safe.
    """

    def __init__(self, window: int, near: float) -> None:
        from datasketch import MinHashLSH

        self._window, self._near = window, near
        self._index = MinHashLSH(threshold=near, num_perm=_PERMUTATIONS)
        self._values: dict[int, tuple[str, Values]] = {}
        self._order: deque[int] = deque()
        self._next = 0

    @staticmethod
    def values_of(sketch: Sketch) -> Values | None:
        """The MinHash values of a document; None if it is too short to be compared."""
        shingles = sketch.shingles(_SHINGLE)
        return minhash(shingles, _PERMUTATIONS) if len(shingles) >= _LEAST_SHINGLES else None

    def copy_of(self, values: Values | None) -> tuple[str, float] | None:
        """The id of the likest remembered document and the estimated Jaccard similarity; None if none is near."""
        if values is None:
            return None
        found = []
        for number in self._index.query(_hashed(values)):
            name, other = self._values[number]
            alike = float(np.count_nonzero(values == other)) / _PERMUTATIONS
            if alike >= self._near:
                found.append((alike, -number, name))
        if not found:
            return None
        alike, _, name = max(found)
        return name, round(alike, 4)

    def remember(self, name: str, values: Values | None) -> None:
        """Keep a document that passed, by its id; the oldest is forgotten."""
        if not self._window or values is None:
            return
        self._index.insert(self._next, _hashed(values), check_duplication=False)
        self._values[self._next] = (name, values)
        self._order.append(self._next)
        self._next += 1
        if len(self._order) > self._window:
            oldest = self._order.popleft()
            self._index.remove(oldest)
            del self._values[oldest]


def _hashed(values: Values) -> Any:
    from datasketch import MinHash

    return MinHash(hashvalues=values, scheme="affine32")
