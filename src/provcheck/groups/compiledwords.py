"""The loop over the words of many documents that numba compiles; see `words.grouped`, which it equals.

Only imported where many words are at hand and numba is installed (`provcheck[fast]`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
_FEW = 16  # columns of a row that are sorted as they come
_MOVES = (
    40  # for each column of a row, after which its columns are told to lie too close together for buckets
)


@njit(cache=True, nogil=True)
def group(rows: Keys, columns: Keys, keys: Keys, place: Places, sample: Places) -> int:
    """Write the distinct keys, the place of each occurrence and the first of each key, and say how many keys; -1 if rows do not rise.

    Columns are hashes or ranks of hashes, so that as many buckets as a row has columns nearly sort them.
    """
    size, start, many = len(rows), 0, 0
    for at in range(1, size):
        if rows[at] < rows[at - 1]:
            return -1
    order = np.empty(size, dtype=np.int64)
    while start < size:
        end = start + 1
        while end < size and rows[end] == rows[start]:
            end += 1
        _sort(columns[start:end], order[start:end])
        for at in range(start, end):
            item = start + order[at]
            if at == start or columns[item] != columns[start + order[at - 1]]:
                keys[many] = rows[start] << uint64(32) | columns[item]
                sample[many] = item
                many += 1
            place[item] = many - 1
        start = end
    return many


@njit(cache=True, nogil=True)
def _sort(columns: Keys, order: Places) -> None:
    """Write the order in which columns rise; equal ones keep theirs."""
    many = len(columns)
    if many > _FEW:
        low, high = columns.min(), columns.max()
        shift = uint64(0)
        while (high - low) >> shift >= uint64(many):
            shift += uint64(1)
        ends = np.zeros(many + 1, dtype=np.int64)
        for column in columns:
            ends[((column - low) >> shift) + uint64(1)] += 1
        for bucket in range(1, many + 1):
            ends[bucket] += ends[bucket - 1]
        for at in range(many):
            bucket = (columns[at] - low) >> shift
            order[ends[bucket]] = at
            ends[bucket] += 1
    else:
        for at in range(many):
            order[at] = at
    left = _MOVES * many
    for at in range(1, many):
        item, to = order[at], at
        while to > 0 and columns[order[to - 1]] > columns[item]:
            order[to] = order[to - 1]
            to -= 1
        order[to] = item
        left -= at - to
        if left < 0:
            order[:] = np.argsort(columns, kind="mergesort")
            return
