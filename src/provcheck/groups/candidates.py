"""Pairs worth comparing, without comparing all: MinHash bands for near copies, rare words for everything looser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from provcheck.groups.frequencies import Frequencies
from provcheck.groups.wordbags import TOLD, WORDS, Columns, WordBags, counts_of
from provcheck.groups.words import Floats, Ints, Keys, Places

_RARE_WORDS = 40  # of each document, the heaviest
LEAST_COSINE = 0.10  # over those
NEAR_COSINE = 0.15  # documents that are nearer than this are compared, however many
BUCKET = 50  # a bucket with more documents joins each to its first: copies of one text, or boilerplate
_ROWS = 256  # documents multiplied with all others at once
_PART = 20_000  # pairs looked at at once
_BLOCK = 2_000  # documents whose rare words are looked for at once
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


def neighbours_of(chosen: csr_matrix, neighbours: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs whose heaviest rare words (`rare_words`) agree, some documents at a time; each pair once, in either order.

    neighbours: how many of the nearest of each document are among them, beside those that are surely near.
    """
    by_word = chosen.T.tocsr()
    size = chosen.shape[0]
    neighbourhood = Neighbourhood(size, neighbours)
    for start in range(0, size, _ROWS):
        near = chosen[start : start + _ROWS] @ by_word
        keep = np.flatnonzero(near.data > LEAST_COSINE)
        one = np.searchsorted(near.indptr, keep, side="right") - 1 + start
        other, cosine = near.indices[keep].astype(np.int64), near.data[keep]
        apart = one != other
        yield neighbourhood.pairs(one[apart], other[apart], cosine[apart])


class Neighbourhood:
    """Tells each pair of neighbours once, while documents are walked through in their order: so that pairs from both sides
    need not wait in memory.
    """

    def __init__(self, size: int, neighbours: int) -> None:
        """size: documents. neighbours: how many of the nearest of each count, beside those that are surely near."""
        self._neighbours = neighbours
        self._cosine = np.full(size, -1.0, dtype=np.float32)  # of each document's last neighbour that counts
        self._other = np.zeros(size, dtype=np.int64)

    def pairs(self, one: Ints, other: Ints, cosine: npt.NDArray[np.float32]) -> tuple[Ints, Ints]:
        """Of some documents (`one`, all after those of earlier calls) with all that are near each: the pairs that count and were not
        told from the other side.
        """
        order = np.lexsort((other, -cosine, one))
        one, other, cosine = one[order], other[order], cosine[order]
        rank = np.arange(len(one)) - np.searchsorted(one, one)
        last = rank == self._neighbours - 1
        self._cosine[one[last]], self._other[one[last]] = cosine[last], other[last]
        near, cut = cosine >= NEAR_COSINE, self._cosine[other]
        told = near | (cosine > cut) | ((cosine == cut) & (one <= self._other[other]))
        keep = (near | (rank < self._neighbours)) & ~((other < one) & told)
        return one[keep], other[keep]


def rare_words(bags: WordBags, frequencies: Frequencies, common: int) -> csr_matrix:
    """Unit rows of each document's 40 heaviest words that stand in two documents or more and in at most `common`."""
    held = frequencies.documents_with
    weight = np.where((held <= common) & (held >= 2), frequencies.rarities, 0.0)
    most = _RARE_WORDS * bags.size
    columns, data = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.float32)
    bounds = np.zeros(bags.size + 1, dtype=np.int64)
    for start in range(0, bags.size, _BLOCK):
        rows, terms, weights = _heaviest(bags, start, min(start + _BLOCK, bags.size), weight)
        many = min(_BLOCK, bags.size - start)
        norm = np.sqrt(np.bincount(rows, weights * weights, minlength=many))
        first, last = bounds[start], bounds[start] + len(rows)
        bounds[start + 1 : start + many + 1] = first + np.cumsum(np.bincount(rows, minlength=many))
        columns[first:last], data[first:last] = terms, weights / norm[rows]
    shape = (bags.size, len(frequencies.vocabulary))
    return csr_matrix((data[: bounds[-1]], columns[: bounds[-1]], bounds), shape=shape)


def _heaviest(bags: WordBags, start: int, stop: int, weight: Floats) -> tuple[Ints, Columns, Floats]:
    """Rows (from 0), columns (rising in each row) and weights of some documents' greatest; ties go to the lower column."""
    columns, entries = bags.part(start, stop)
    counts = counts_of(entries, WORDS)
    rows = np.repeat(np.arange(stop - start), np.diff(bags.bounds[start : stop + 1]))
    keep = np.flatnonzero((weight[columns] > 0) & (counts > 0))
    rows, columns = rows[keep], columns[keep]
    weights = TOLD[counts[keep]] * weight[columns]
    order = np.lexsort((-weights, rows))
    rank = np.arange(len(order)) - np.searchsorted(rows, np.arange(stop - start))[rows]
    chosen = np.sort(order[rank < _RARE_WORDS])
    return rows[chosen], columns[chosen], weights[chosen]
