"""Pairs worth comparing, without comparing all: near copies, by MinHash bands. For everything looser see `neighbours`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from provcheck.groups.words import Floats, Ints, Keys, Places

BUCKET = 50  # a bucket with more documents joins each to its first: copies of one text, or boilerplate
_PART = 20_000  # pairs looked at at once
_MIX = np.uint64(0x9E3779B97F4A7C15)
Values = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Pairs:
    """Pairs (left < right) by document index (in 32 bits), sorted, and how many terms or buckets were capped."""

    left: Places
    right: Places
    capped: int

    def parts(self) -> Iterator[tuple[Ints, Ints]]:
        """Some pairs at a time."""
        for start in range(0, len(self.left), _PART):
            part = slice(start, start + _PART)
            yield self.left[part].astype(np.int64), self.right[part].astype(np.int64)


def bands(values: Values, near: float, eager: bool = False) -> Keys:
    """The keys of the buckets that datasketch's index for a similarity of `near` would put each document in: bands by documents.

    values: MinHash values, documents by permutations. eager: bands for pairs that are looked at afterwards, so that a false
    one costs less than one that is missed.
    """
    count, rows = tuned_bands(near, values.shape[1], 0.9 if eager else 0.5)
    keys = np.empty((count, len(values)), dtype=np.uint64)
    columns = np.ascontiguousarray(values.T)
    for band in range(count):
        mixed = np.zeros(len(values), dtype=np.uint64)
        for row in range(band * rows, (band + 1) * rows):
            mixed = (mixed ^ columns[row]) * _MIX
            mixed ^= mixed >> np.uint64(29)
        keys[band] = mixed
    return keys


def _shares(alike: Floats, bands: int, rows: int) -> Floats:
    """The chance that two documents of a similarity share a bucket."""
    shared: Floats = 1 - (1 - alike**rows) ** bands
    return shared


@cache
def tuned_bands(near: float, permutations: int, missed: float) -> tuple[int, int]:
    """How many bands, and of how many rows, datasketch would choose (`MinHashLSH.b` and `.r`): the least weighed error.

    missed: what a pair above the threshold that is missed weighs, 0 to 1; a false one weighs the rest. The chances are polynomials
    of the similarity, so that quadrature with enough nodes is exact; datasketch integrates with scipy, whose import takes longer.
    """
    nodes, weights = np.polynomial.legendre.leggauss(permutations // 2 + 1)
    least, best = np.inf, (0, 0)
    for bands in range(1, permutations + 1):
        for rows in range(1, permutations // bands + 1):
            above = (1 + near) / 2 + (1 - near) / 2 * nodes
            false = near / 2 * float(weights @ _shares(near / 2 * (1 + nodes), bands, rows))
            lost = (1 - near) / 2 * float(weights @ (1 - _shares(above, bands, rows)))
            error = false * (1 - missed) + lost * missed
            if error < least:
                least, best = error, (bands, rows)
    return best


def bucket_pairs(keys: Keys, has_words: npt.NDArray[np.bool_]) -> Pairs:
    """The pairs of documents that share a bucket, from their keys (bands by documents); those without words share none."""
    present = np.flatnonzero(has_words)
    size = keys.shape[1]
    found: list[Keys] = []
    capped = 0
    for band in keys:
        several = present[_not_alone(band[present])]
        mine = band[several]
        order = np.argsort(mine)
        members, ordered = several[order], mine[order]
        starts = (
            np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
            if len(ordered)
            else np.empty(0, np.int64)
        )
        many = np.diff(np.r_[starts, len(ordered)])
        bucket = np.repeat(np.arange(len(starts)), many)
        large = many > BUCKET
        capped += int(large.sum())
        rest = np.flatnonzero(large[bucket])
        if len(rest):
            first = np.minimum.reduceat(members, starts)
            found.append(keys_of(first[bucket[rest]], members[rest], size))
        for apart in range(1, int(many[~large].max(initial=1))):
            first = np.flatnonzero((bucket[apart:] == bucket[:-apart]) & ~large[bucket[apart:]])
            if not len(first):
                break
            found.append(keys_of(members[first], members[first + apart], size))
    return pairs_of(found, size, capped)


def _not_alone(keys: Keys) -> Places:
    """The places of the keys that come more than once, and of a few others: sorting all would take longer."""
    bits = min(26, max(4, len(keys).bit_length() + 3))
    slots = (keys * _MIX) >> np.uint64(64 - bits)
    held = np.bincount(slots.astype(np.int64), minlength=1 << bits)
    return np.flatnonzero(held[slots] > 1)


def keys_of(one: Places, other: Places, size: int) -> Keys:
    """Pairs among `size` documents as numbers, whichever of the two comes first."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    apart = low != high
    keys: Keys = low[apart].astype(np.uint64)
    keys *= np.uint64(size)
    keys += high[apart].astype(np.uint64)
    return keys


def pairs_of(found: list[Keys], size: int, capped: int) -> Pairs:
    """The pairs of some keys, each once. Empties `found`: of millions of pairs no copy is to spare."""
    keys = np.concatenate([np.empty(0, dtype=np.uint64), *found])
    found.clear()
    keys.sort()
    fresh = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    keys = keys[fresh]
    left, right = (np.empty(len(keys), dtype=np.int32) for _ in range(2))
    np.floor_divide(keys, np.uint64(max(1, size)), out=left, casting="unsafe")
    np.remainder(keys, np.uint64(max(1, size)), out=right, casting="unsafe")
    return Pairs(left, right, capped)
