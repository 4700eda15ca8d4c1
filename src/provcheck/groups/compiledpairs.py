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
Terms = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.bool_]
_NONE = uint32(0xFFFFFFFF)  # no column of a word
_MIX = uint32(2654435761)  # Knuth's multiplicative hash
_BITS, _FAR = 1 << 13, uint32(32 - 13)


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
    terms, places, bits, ones, others = _room(bounds, left, right)
    shift, held = 0, -1
    for at in range(len(left)):
        if left[at] != held:
            held = left[at]
            shift = _hold(words, bounds[held], bounds[held + 1], terms, places, bits)
        first, last = bounds[right[at]], bounds[right[at] + 1]
        for word in range(_common(words, first, last, terms, places, bits, shift, ones, others)):
            mine, theirs = words[ones[word]], words[others[word]]
            rare, root = rarities[mine >> uint64(32)], presence[mine >> uint64(32)]
            ours = _counts(uint32(mine)), _counts(uint32(theirs))
            for bag in range(6):
                one, other = ours[0][bag], ours[1][bag]
                if one and other:
                    dots[at, bag] += (told[one] * rare) * (told[other] * rare)
                    overlaps[at, bag] += root * root


@njit(cache=True, nogil=True)
def _room(bounds: Places, left: Places, right: Places) -> tuple[Terms, Places, Bits, Places, Places]:
    """What `_hold` and `_common` write to."""
    most = 1
    for at in range(len(left)):
        most = max(most, bounds[left[at] + 1] - bounds[left[at]], bounds[right[at] + 1] - bounds[right[at]])
    size = 8
    while size < 4 * most:  # few words contend for a place
        size *= 2
    terms, places = np.empty(size, dtype=np.uint32), np.empty(size, dtype=np.int64)
    ones, others = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    return terms, places, np.empty(_BITS, dtype=np.bool_), ones, others


@njit(cache=True, nogil=True)
def _hold(words: Hashes, first: int, last: int, terms: Terms, places: Places, bits: Bits) -> int:
    """Put the words of a document where `_common` finds them; says how far a hash is shifted for that."""
    shift = 29
    while (1 << (32 - shift)) < 4 * (last - first):
        shift -= 1
    terms[: 1 << (32 - shift)] = _NONE
    bits[:] = False
    for at in range(first, last):
        term = uint32(words[at] >> uint64(32))
        mixed = uint32(term * _MIX)
        bits[mixed >> _FAR] = True
        slot = np.int64(mixed >> uint32(shift))
        while terms[slot] != _NONE:
            slot = (slot + 1) & ((1 << (32 - shift)) - 1)
        terms[slot], places[slot] = term, at
    return shift


@njit(cache=True, nogil=True)
def _common(
    words: Hashes,
    first: int,
    last: int,
    terms: Terms,
    places: Places,
    bits: Bits,
    shift: int,
    ones: Places,
    others: Places,
) -> int:
    """Write where the words stand that a document shares with the one that `_hold` was given, in both, and say how many.

    What surely is not shared is left out without a branch: whether the next word is shared nobody can predict.
    """
    likely = 0
    for at in range(first, last):
        others[likely] = at
        likely += bits[uint32(uint32(words[at] >> uint64(32)) * _MIX) >> _FAR]
    found = 0
    for at in range(likely):
        term = uint32(words[others[at]] >> uint64(32))
        slot = np.int64(uint32(term * _MIX) >> uint32(shift))
        while terms[slot] != term and terms[slot] != _NONE:
            slot = (slot + 1) & ((1 << (32 - shift)) - 1)
        ones[found], others[found] = places[slot], others[at]
        found += terms[slot] == term
    return found


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
    terms, places, bits, ones, others = _room(bounds, left, right)
    shift, held, start = 0, -1, 0
    weights, rare = np.empty(len(ones)), np.empty(len(ones))
    for at in range(len(left)):
        if left[at] != held:
            held = left[at]
            start = bounds[held]
            shift = _hold(words, start, bounds[held + 1], terms, places, bits)
            for word in range(start, bounds[held + 1]):
                rare[word - start] = rarities[words[word] >> uint64(32)]
                weights[word - start] = (
                    _story_weight(uint32(words[word]), told, lead, title) * rare[word - start]
                )
        first, last = bounds[right[at]], bounds[right[at] + 1]
        summed = 0.0
        for word in range(_common(words, first, last, terms, places, bits, shift, ones, others)):
            mine = ones[word] - start
            summed += weights[mine] * (
                _story_weight(uint32(words[others[word]]), told, lead, title) * rare[mine]
            )
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
