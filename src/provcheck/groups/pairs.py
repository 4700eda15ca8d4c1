"""Pairs of documents in blocks, so that few documents are in memory at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from provcheck.arrays.distinct import distinct
from provcheck.groups.bags import Pool
from provcheck.groups.words import Ints, Places

_DOCUMENTS, _PAIRS = 2_000, 4_000  # of a block, about
Load = Callable[[Ints], Pool]
Result = TypeVar("Result")
Work = Callable[[Pool, Ints, Ints], Result]
Block = TypeVar("Block")
_AHEAD = 4  # blocks that wait for each thread


def over_blocks(
    work: Work[Result],
    left: Places,
    right: Places,
    load: Load,
    size: int,
    threads: int = 1,
) -> Iterator[tuple[Places, Result]]:
    """`work(pool, left, right)` for each block of pairs, documents numbered within the block. load: the pool of some documents.

    Yields the indexes of the block's pairs, and what came of it. Documents that are near each other in the graph of
    pairs (reverse Cuthill-McKee order) share a block, so that each is loaded about once.
    """

    def run(chosen: Places) -> tuple[Places, Result]:
        inside = distinct(np.concatenate([left[chosen], right[chosen]]))
        one, other = np.searchsorted(inside, left[chosen]), np.searchsorted(inside, right[chosen])
        return chosen, work(load(inside), one, other)

    for _, done in in_turn(run, _blocks(left, right, size), threads):
        yield done


def in_turn(
    work: Callable[[Block], Result], blocks: Iterable[Block], threads: int
) -> Iterator[tuple[Block, Result]]:
    """Each block with what comes of it, in their order; a few are worked on ahead where there are threads for it."""
    if threads <= 1:
        for block in blocks:
            yield block, work(block)
        return
    waiting: deque[tuple[Block, Future[Result]]] = deque()
    with ThreadPoolExecutor(threads) as workers:
        for block in blocks:
            waiting.append((block, workers.submit(work, block)))
            if len(waiting) > _AHEAD * threads:
                first, done = waiting.popleft()
                yield first, done.result()
        for first, done in waiting:
            yield first, done.result()


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
    """The place of each document in an order in which those of a pair stand near each other; their own, where all fit into a block."""
    if size <= _DOCUMENTS:
        return np.arange(size, dtype=np.int32)
    from scipy.sparse import coo_matrix  # takes a quarter of a second
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size)).tocsr()
    graph = graph + graph.T
    place = np.empty(size, dtype=np.int32)
    place[reverse_cuthill_mckee(graph.tocsr(), symmetric_mode=True)] = np.arange(size, dtype=np.int32)
    return place
