"""Documents near each other by their rare words, which is looser than to be near copies: the nearest of each, from a sparse product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provcheck.arrays.speedup import Compiled
from provcheck.groups.frequencies import Frequencies
from provcheck.groups.wordbags import TOLD, WORDS, Columns, WordBags, counts_of
from provcheck.groups.words import Floats, Ints

_RARE_WORDS = 40  # of each document, the heaviest
LEAST_COSINE = np.float32(0.10)  # over those
NEAR_COSINE = np.float32(0.15)  # documents that are nearer than this are compared, however many
_ROWS = 256  # documents multiplied with all others at once
_CELLS = 1 << 22  # sums that are at hand while they are
_BLOCK = 2_000  # documents whose rare words are looked for at once
_WORTH = 3_000  # documents from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiledneighbours", _WORTH)
Cosines = npt.NDArray[np.float32]


@dataclass(frozen=True)
class RareWords:
    """The heaviest rare words of each document, those of document `d` from `bounds[d]` to `bounds[d + 1]`.

    columns: of the words, rising within a document. weights: the squares of a document's add up to 1.
    """

    bounds: Ints
    columns: Columns
    weights: Cosines

    @property
    def size(self) -> int:
        return len(self.bounds) - 1

    @property
    def rows(self) -> Columns:
        """The document of each word."""
        return np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.bounds))

    def by_word(self) -> RareWords:
        """The same the other way round: for each word, its documents (`columns`), rising, and what it weighs there."""
        bounds = np.concatenate([[0], np.cumsum(np.bincount(self.columns))])
        compiled = _compiled.module(self.size)
        if compiled is None:
            order = np.argsort(self.columns, kind="stable")
            return RareWords(bounds, self.rows[order], self.weights[order])
        turned = RareWords(bounds, np.empty_like(self.columns), np.empty_like(self.weights))
        compiled.turn(
            self.bounds, self.columns, self.weights, bounds[:-1].copy(), turned.columns, turned.weights
        )
        return turned


def neighbours_of(chosen: RareWords, neighbours: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs whose heaviest rare words agree, some documents at a time; each pair once, in either order.

    neighbours: how many of the nearest of each document are among them, beside those that are surely near.
    """
    size, by_word = chosen.size, chosen.by_word()
    neighbourhood, compiled = Neighbourhood(size, neighbours), _compiled.module(0)
    rows = _ROWS if compiled else max(1, min(_ROWS, _CELLS // max(1, size)))
    sums = np.zeros(size if compiled else rows * size, dtype=np.float32)
    for start in range(0, size, rows):
        stop = min(start + rows, size)
        if compiled:
            near = compiled.near(
                chosen.bounds, chosen.columns, chosen.weights, by_word.bounds, by_word.columns, by_word.weights,
                start, stop, neighbours, LEAST_COSINE, NEAR_COSINE, sums,
            )  # fmt: skip
        else:
            near = _near(chosen, by_word, start, stop, sums)
        yield neighbourhood.pairs(*near)


def _near(
    chosen: RareWords, by_word: RareWords, start: int, stop: int, sums: Cosines
) -> tuple[Ints, Ints, Cosines]:
    """Some documents, the others that each is near, and the cosines. Sums are of 32 bits and in the order of the words. `sums` is zero
    before and after: documents by documents.
    """
    here = slice(chosen.bounds[start], chosen.bounds[stop])
    columns = chosen.columns[here]
    first = by_word.bounds[columns]
    held = by_word.bounds[columns + 1] - first
    place = np.arange(held.sum()) + np.repeat(first - np.cumsum(held) + held, held)
    rows = np.repeat(np.arange(stop - start), np.diff(chosen.bounds[start : stop + 1]))
    cells = np.repeat(rows * chosen.size, held) + by_word.columns[place]
    np.add.at(sums, cells, np.repeat(chosen.weights[here], held) * by_word.weights[place])
    at = np.flatnonzero(sums > LEAST_COSINE)
    cosines = sums[at]
    sums[cells] = 0
    one, other = np.divmod(at, chosen.size)
    one += start
    apart = one != other
    return one[apart], other[apart], cosines[apart]


class Neighbourhood:
    """Tells each pair of neighbours once, while documents are walked through in their order: so that pairs from both sides
    need not wait in memory.
    """

    def __init__(self, size: int, neighbours: int) -> None:
        """size: documents. neighbours: how many of the nearest of each count, beside those that are surely near."""
        self._neighbours = neighbours
        self._cosine = np.full(size, -1.0, dtype=np.float32)  # of each document's last neighbour that counts
        self._other = np.zeros(size, dtype=np.int64)

    def pairs(self, one: Ints, other: Ints, cosine: Cosines) -> tuple[Ints, Ints]:
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


def rare_words(bags: WordBags, frequencies: Frequencies, common: int) -> RareWords:
    """Each document's 40 heaviest words that stand in two documents or more and in at most `common`."""
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
    return RareWords(bounds, columns[: bounds[-1]], data[: bounds[-1]])


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
