"""Pairs of documents in blocks, so that few documents are in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import reverse_cuthill_mckee

from provcheck.groups.bags import Pool
from provcheck.groups.frequencies import Frequencies
from provcheck.groups.sketch import Sketch
from provcheck.groups.words import Ints

_DOCUMENTS, _PAIRS = 2_000, 4_000  # of a block, about
Load = Callable[[Sequence[int]], list[Sketch]]
Result = TypeVar("Result")
Work = Callable[[Pool, list[Sketch], Ints, Ints], Result]


def over_blocks(
    work: Work[Result],
    left: Ints,
    right: Ints,
    load: Load,
    frequencies: Frequencies,
    size: int,
    threads: int = 1,
) -> Iterator[tuple[Ints, Result]]:
    """`work(pool, its sketches, left, right)` for each block of pairs, documents numbered within the block.

    Yields the indexes of the block's pairs, and what came of it. Documents that are near each other in the graph of
    pairs (reverse Cuthill-McKee order) share a block, so that each is loaded about once.
    """

    def run(chosen: Ints) -> tuple[Ints, Result]:
        inside = np.unique(np.concatenate([left[chosen], right[chosen]]))
        sketches = load(inside.tolist())
        pool = Pool(sketches, frequencies)
        one, other = np.searchsorted(inside, left[chosen]), np.searchsorted(inside, right[chosen])
        return chosen, work(pool, sketches, one, other)

    blocks = list(_blocks(left, right, size))
    if threads <= 1:
        yield from map(run, blocks)
        return
    with ThreadPoolExecutor(threads) as workers:
        yield from workers.map(run, blocks)


def _blocks(left: Ints, right: Ints, size: int) -> Iterator[Ints]:
    if not len(left):
        return
    ones = np.ones(len(left), dtype=np.int8)
    graph = coo_matrix((ones, (left, right)), shape=(size, size)).tocsr()
    place = np.empty(size, dtype=np.int64)
    place[reverse_cuthill_mckee((graph + graph.T).tocsr(), symmetric_mode=True)] = np.arange(size)
    first = np.minimum(place[left], place[right])
    order = np.argsort(first, kind="stable")
    start, seen = 0, first[order]
    while start < len(order):
        stop = min(int(np.searchsorted(seen, seen[start] + _DOCUMENTS)), start + _PAIRS)
        yield np.sort(order[start:stop])
        start = stop
