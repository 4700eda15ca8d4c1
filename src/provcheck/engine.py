"""Where work runs: here, or in worker processes, always in input order."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


_worker: Callable[[Any], Any] | None = None  # set once in each worker process, by its initializer


def _adopt(worker: Callable[[Any], Any]) -> None:
    global _worker
    _worker = worker


def _run_chunk(items: list[Any]) -> list[Any]:
    assert _worker is not None
    return [_worker(item) for item in items]


def map_ordered(worker: Callable[[T], R], items: Iterable[T], workers: int, chunk: int = 64) -> Iterator[R]:
    """`worker(item)` for each item, in the order of the items. The worker must pickle if there are several.

    With one worker it runs here and lazily. With more, chunks of items go to processes, and at most four
    chunks a process are under way, so that an endless input needs a bounded memory.
    """
    if workers <= 1:
        yield from map(worker, items)
        return
    method = "forkserver" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    waiting: deque[Future[list[R]]] = deque()
    source = iter(items)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_adopt, initargs=(worker,)) as pool:
        try:
            while batch := list(islice(source, chunk)):
                waiting.append(pool.submit(_run_chunk, batch))
                if len(waiting) >= 4 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
