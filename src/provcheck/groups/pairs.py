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
from provcheck.groups.words import Ints, Places

_DOCUMENTS, _PAIRS = 2_000, 4_000  # of a block, about
Load = Callable[[Sequence[int]], list[Sketch]]
Result = TypeVar("Result")
Work = Callable[[Pool, list[Sketch], Ints, Ints], Result]


def over_blocks(
    work: Work[Result],
    left: Places,
    right: Places,
    load: Load,
    frequencies: Frequencies,
    size: int,
    threads: int = 1,
) -> Iterator[tuple[Places, Result]]:
    """`work(pool, its sketches, left, right)` for each block of pairs, documents numbered within the block.

    Yields the indexes of the block's pairs, and what came of it. Documents that are near each other in the graph of
    pairs (reverse Cuthill-McKee order) share a block, so that each is loaded about once.
    """

    def run(chosen: Places) -> tuple[Places, Result]:
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


def _blocks(left: Places, right: Places, size: int) -> Iterator[Places]:
    if not len(left):
        return
    place = _places(left, right, size)
    first = np.minimum(place[left], place[right])
    order = np.argsort(first, kind="stable").astype(np.int32)
    start, seen = 0, first[order]
    del first
    while start < len(order):
        stop = min(int(np.searchsorted(seen, seen[start] + _DOCUMENTS)), start + _PAIRS)
        yield np.sort(order[start:stop])
        start = stop


def _places(left: Places, right: Places, size: int) -> Places:
    """The place of each document in an order in which those of a pair stand near each other."""
    graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size)).tocsr()
    graph = graph + graph.T
    place = np.empty(size, dtype=np.int32)
    place[reverse_cuthill_mckee(graph.tocsr(), symmetric_mode=True)] = np.arange(size, dtype=np.int32)
    return place
