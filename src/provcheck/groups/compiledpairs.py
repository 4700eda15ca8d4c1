"""Loops over pairs of documents that numba compiles, for collections that are worth its start.

Each equals its plain counterpart bit for bit; tests hold the two together. Only imported where many pairs are at hand and numba is
installed (`provcheck[fast]`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit, uint32, uint64

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]


@njit(cache=True, nogil=True)
def shared(
    keys: Hashes, bounds: Places, left: Places, right: Places, pair: Places, one: Places, other: Places
) -> int:
    """Write the terms that both documents of each pair have, and say how many; see `shared.Shared`. Keys rise within a document."""
    found = 0
    term = uint64(0xFFFFFFFF)
    for at in range(len(left)):
        i, j = bounds[left[at]], bounds[right[at]]
        last_i, last_j = bounds[left[at] + 1], bounds[right[at] + 1]
        while i < last_i and j < last_j:
            mine, theirs = keys[i] & term, keys[j] & term
            if mine == theirs:
                pair[found], one[found], other[found] = at, i, j
                found += 1
                i += 1
                j += 1
            elif mine < theirs:
                i += 1
            else:
                j += 1
    return found


@njit(cache=True, nogil=True)
def word_sums(
    bounds: Places,
    words: Hashes,
    rarities: Weights,
    presence: Weights,
    told: Weights,
    left: Places,
    right: Places,
    dots: Weights,
    overlaps: Weights,
) -> None:
    """Add up what the two documents of each pair have in common, bag by bag; see `wordbags.WordBags.sums`."""
    for at in range(len(left)):
        i, j = bounds[left[at]], bounds[right[at]]
        last_i, last_j = bounds[left[at] + 1], bounds[right[at] + 1]
        while i < last_i and j < last_j:
            mine, theirs = words[i] >> uint64(32), words[j] >> uint64(32)
            if mine < theirs:
                i += 1
            elif mine > theirs:
                j += 1
            else:
                rare, root = rarities[mine], presence[mine]
                ours = _counts(uint32(words[i])), _counts(uint32(words[j]))
                for bag in range(6):
                    one, other = ours[0][bag], ours[1][bag]
                    if one and other:
                        dots[at, bag] += (told[one] * rare) * (told[other] * rare)
                        overlaps[at, bag] += root * root
                i += 1
                j += 1


@njit(cache=True, nogil=True)
def _counts(entry: Any) -> tuple[int, int, int, int, int, int]:
    """How often a word stands in each bag; see `wordbags.counts_of`."""
    plain, names = entry & 0x3FF, entry >> 10 & 0x7F
    quoted, named = entry >> 17 & 0x7F, entry >> 24 & 0x1F
    numbers = names + named if entry & 0x20000000 else 0
    return plain + names + quoted + named, plain + names, names + named, plain, numbers, quoted + named


@njit(cache=True, nogil=True)
def story_sums(
    bounds: Places,
    words: Hashes,
    rarities: Weights,
    told: Weights,
    lead: float,
    title: float,
    left: Places,
    right: Places,
    dots: Weights,
) -> None:
    """Add up the products of what the shared words of each pair weigh in a story; see `wordbags.WordBags.story_cosines`."""
    for at in range(len(left)):
        i, j = bounds[left[at]], bounds[right[at]]
        last_i, last_j = bounds[left[at] + 1], bounds[right[at] + 1]
        summed = 0.0
        while i < last_i and j < last_j:
            mine, theirs = words[i] >> uint64(32), words[j] >> uint64(32)
            if mine < theirs:
                i += 1
            elif mine > theirs:
                j += 1
            else:
                one = _story_weight(uint32(words[i]), told, lead, title) * rarities[mine]
                other = _story_weight(uint32(words[j]), told, lead, title) * rarities[mine]
                summed += one * other
                i += 1
                j += 1
        dots[at] = summed


@njit(cache=True, nogil=True)
def _story_weight(entry: Any, told: Weights, lead: float, title: float) -> float:
    weight = told[(entry & 0x3FF) + (entry >> 10 & 0x7F) + (entry >> 17 & 0x7F) + (entry >> 24 & 0x1F)]
    weight += lead if entry & 0x40000000 else 0.0
    weight += title if entry & 0x80000000 else 0.0
    return float(weight)


@njit(cache=True, nogil=True)
def alignments(
    columns: Places,
    rows: Places,
    weights: Weights,
    bounds: Places,
    masses: Weights,
    first: Places,
    left: Places,
    right: Places,
    out: Matrix,
) -> None:
    """Write the features of each pair; see `align.alignment_features`."""
    for at in range(len(left)):
        one, other = left[at], right[at]
        mine, theirs = masses[first[one] : first[one + 1]], masses[first[other] : first[other + 1]]
        if not len(mine) or not len(theirs):
            continue
        if _summed(mine) > _summed(theirs):
            one, other, mine, theirs = other, one, theirs, mine
        scores = np.zeros((len(mine), len(theirs)))
        i, j = bounds[one], bounds[other]
        while i < bounds[one + 1] and j < bounds[other + 1]:
            if columns[i] < columns[j]:
                i += 1
            elif columns[i] > columns[j]:
                j += 1
            else:
                until = j
                while until < bounds[other + 1] and columns[until] == columns[i]:
                    row = rows[i] - first[one]
                    scores[row, rows[until] - first[other]] += weights[i] * weights[until]
                    until += 1
                i += 1  # the next may be the same word in another sentence
        _aligned(scores, mine, theirs, out[at])


@njit(cache=True, nogil=True)
def _summed(values: Weights) -> float:
    summed = 0.0
    for value in values:
        summed += value
    return summed


@njit(cache=True, nogil=True)
def _aligned(scores: Matrix, mine: Weights, theirs: Weights, out: Weights) -> None:
    """See `align._features`."""
    weight = mine / _summed(mine)
    best, back = np.zeros(len(theirs)), np.zeros(len(theirs), dtype=np.int64)
    for column in range(len(theirs)):
        back[column] = np.argmax(scores[:, column])
        best[column] = scores[back[column], column]
    last, chained, adjacent = -1, 0, 0
    chain = np.zeros(len(theirs))
    for row in range(len(mine)):
        partner, second = 0, -1.0
        highest = 0.0
        for column in range(len(theirs)):
            score = scores[row, column]
            if column == 0 or score > scores[row, partner]:
                second = scores[row, partner] if column else -1.0
                partner = column
            elif score > second:
                second = score
            gain = score * weight[row] if score > 0.15 else 0.0
            highest = max(highest, chain[column] + gain) if column else chain[column] + gain
            chain[column] = highest
        found = scores[row, partner]
        out[0] += found * weight[row]
        out[2] += weight[row] if found > 0.5 else 0.0
        out[7] += (found - second if len(theirs) > 1 else found) * weight[row]
        if back[partner] == row and found > 0.2:
            out[6] += weight[row]
            adjacent += 1 if chained and partner - last == 1 else 0
            last = partner
            chained += 1
    out[1] = _summed(best * theirs) / _summed(theirs)
    out[3] = chain[-1]
    out[4] = (scores[0].max() + best[0]) / 2
    out[5] = adjacent / max(1, min(len(mine), len(theirs)) - 1)
