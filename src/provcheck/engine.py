"""Where work runs: here, or in worker processes, always in input order."""

from __future__ import annotations

import multiprocessing
import pickle
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_UNDER_WAY = 4  # chunks for each process, so that an endless input needs a bounded memory


class Workers:
    """The processes of one run: none if `count` is 1; else started when first needed, and used for all that is to be done.

    A context manager; it ends the processes.
    """

    def __init__(self, count: int) -> None:
        self.count = max(1, count)
        self._pool: ProcessPoolExecutor | None = None
        self._shipped: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        for path in self._shipped:
            with suppress(OSError):
                path.unlink()

    def map(self, work: Callable[[T], R], items: Iterable[T], chunk: int = 64) -> Iterator[R]:
        """`work(item)` for each item, in the order of the items. The work must pickle if there are processes.

        Here it runs lazily. In processes, chunks of items are sent ahead of what is asked for, a bounded number.
        """
        if self.count == 1:
            yield from map(work, items)
            return
        pool, path = self._started(), self._ship(work)
        waiting: deque[Future[list[R]]] = deque()
        source = iter(items)
        try:
            while batch := list(islice(source, chunk)):
                waiting.append(pool.submit(_run_chunk, path, batch))
                if len(waiting) >= _UNDER_WAY * self.count:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            method = "forkserver" if sys.platform == "linux" else "spawn"
            self._pool = ProcessPoolExecutor(self.count, mp_context=multiprocessing.get_context(method))
        return self._pool

    def _ship(self, work: Callable[[Any], Any]) -> str:
        """Write the work where each process can read it once, rather than send it along with every chunk."""
        with tempfile.NamedTemporaryFile(prefix="provcheck-", suffix=".work", delete=False) as stream:
            self._shipped.append(Path(stream.name))
            pickle.dump(work, stream, protocol=5)
        return stream.name


@lru_cache(maxsize=2)
def _unpacked(path: str) -> Callable[[Any], Any]:
    with Path(path).open("rb") as stream:
        work: Callable[[Any], Any] = pickle.load(stream)
    return work


def _run_chunk(path: str, items: list[Any]) -> list[Any]:
    work = _unpacked(path)
    return [work(item) for item in items]
