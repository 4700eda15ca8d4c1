"""The product of the rare words of some documents with those of all, which numba compiles; see `neighbours`.

Only imported where many documents are at hand and numba is installed (`provcheck[fast]`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Places = npt.NDArray[np.int64]
Columns = npt.NDArray[np.int32]
Cosines = npt.NDArray[np.float32]


@njit(cache=True, nogil=True)
def turn(
    bounds: Places, columns: Columns, weights: Cosines, free: Places, holders: Columns, theirs: Cosines
) -> None:
    """Write the documents of each word and what it weighs there from the place that is `free` for it on; see `neighbours.RareWords.by_word`."""
    for row in range(len(bounds) - 1):
        for at in range(bounds[row], bounds[row + 1]):
            place = free[columns[at]]
            holders[place], theirs[place] = row, weights[at]
            free[columns[at]] += 1


@njit(cache=True, nogil=True)
def near(
    bounds: Places,
    columns: Columns,
    weights: Cosines,
    held: Places,
    holders: Columns,
    theirs: Cosines,
    start: int,
    stop: int,
    neighbours: int,
    least: float,
    surely: float,
    sums: Cosines,
) -> tuple[Places, Places, Cosines]:
    """What `neighbours._near` gives, but of a document that has more than `neighbours` only those that may be among the nearest,
    or surely near. `held`, `holders` and `theirs` are the rare words the other way round. `sums`, one for each document, is zero before and after.
    """
    one, other = np.empty(1 << 12, dtype=np.int64), np.empty(1 << 12, dtype=np.int64)
    cosines, many = np.empty(1 << 12, dtype=np.float32), 0
    touched = np.empty(len(sums) + 1, dtype=np.int32)
    for row in range(start, stop):
        seen = 0
        for at in range(bounds[row], bounds[row + 1]):
            weight = weights[at]
            for place in range(held[columns[at]], held[columns[at] + 1]):
                holder = holders[place]
                touched[seen] = holder
                seen += sums[holder] == 0  # no branch: weights are greater than zero
                sums[holder] += weight * theirs[place]
        sums[row] = 0
        found = 0
        for at in range(seen):
            holder = touched[at]
            touched[found] = holder
            if sums[holder] > least:
                found += 1
            else:
                sums[holder] = 0
        cut = least
        if found > neighbours:
            cut = np.partition(sums[touched[:found]], found - neighbours)[found - neighbours]
        while many + found > len(one):
            one, other = np.concatenate((one, one)), np.concatenate((other, other))
            cosines = np.concatenate((cosines, cosines))
        for at in range(found):
            holder = touched[at]
            if sums[holder] >= cut or sums[holder] >= surely:
                one[many], other[many], cosines[many] = row, holder, sums[holder]
                many += 1
            sums[holder] = 0
    return one[:many], other[:many], cosines[:many]
