"""Where work runs: here, or in worker processes, always in input order."""

from __future__ import annotations

import multiprocessing
import pickle
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from provcheck.errors import ProvcheckError
from provcheck.runtime import collector

T = TypeVar("T")
R = TypeVar("R")
_FIRST = 4  # items of the first chunk: who feeds them slowly sees results soon
_UNDER_WAY = 4  # chunks for each process, so that an endless input needs a bounded memory


class LostWorkerError(ProvcheckError):
    """A process was ended by the system, and its work cannot be done without."""


class Workers:
    """The processes of one run: none if `count` is 1; else started when first needed, and used for all that is to be done.

    A context manager; it ends the processes.
    """

    def __init__(self, count: int) -> None:
        self.count = max(1, count)
        self._pool: ProcessPoolExecutor | None = None
        self._proved = False
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

    def map(
        self,
        work: Callable[[T], R],
        items: Iterable[T],
        chunk: int = 64,
        lost: Callable[[T], R] | None = None,
    ) -> Iterator[R]:
        """`work(item)` for each item, in the order of the items. The work must pickle if there are processes.

        Here it runs lazily. In processes, chunks of items are sent ahead of what is asked for, a bounded number, small ones first; where the
        items end in an error, what came before it is done and given out first. If the system ends a process, its items are tried again one by one, and `lost(item)` stands for one that ends its process again;
        without `lost`, LostWorkerError is raised.
        """
        if self.count == 1:
            yield from map(work, items)
            return
        path = self._ship(work)
        waiting: deque[tuple[Future[list[R]], list[T]]] = deque()
        source = _Source(iter(items))
        size = min(_FIRST, chunk)
        try:
            while True:
                batch = source.take(size)
                size = min(2 * size, chunk)
                if batch:
                    waiting.append((self._submitted(path, batch), batch))
                while waiting and (
                    not batch or waiting[0][0].done() or len(waiting) >= _UNDER_WAY * self.count
                ):
                    yield from self._results(waiting, path, lost)
                if not batch:
                    break
            if source.error is not None:
                raise source.error
        finally:
            for future, _ in waiting:
                future.cancel()

    def _results(
        self, waiting: deque[tuple[Future[list[R]], list[T]]], path: str, lost: Callable[[T], R] | None
    ) -> Iterator[R]:
        """The results of the first chunk that waits; of all that wait, if a process was ended."""
        try:
            future, batch = waiting.popleft()
            found = future.result()
        except BrokenProcessPool:
            batches = [batch, *(each for _, each in waiting)]
            waiting.clear()
            self._forget()
            for item in chain.from_iterable(batches):
                yield self._alone(path, item, lost)
        else:
            yield from found

    def _alone(self, path: str, item: T, lost: Callable[[T], R] | None) -> R:
        """The result of an item while no other is under way: if its process is ended now, the item is the reason."""
        for attempt in range(2):
            try:
                return self._started().submit(_run_chunk, path, [item]).result()[0]  # type: ignore[no-any-return]
            except BrokenProcessPool:
                self._forget()
                if attempt and lost is not None:
                    return lost(item)
        raise LostWorkerError(
            "the system ended a process twice at the same piece of work, for want of memory perhaps; "
            "fewer --workers need less"
        )

    def _submitted(self, path: str, batch: list[T]) -> Future[list[Any]]:
        """A chunk under way; where a process was ended meanwhile, one that has failed, so that it waits for its turn like others."""
        try:
            return self._started().submit(_run_chunk, path, batch)
        except BrokenProcessPool as error:
            failed: Future[list[Any]] = Future()
            failed.set_exception(error)
            return failed

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            method = "forkserver" if sys.platform == "linux" else "spawn"
            self._pool = ProcessPoolExecutor(self.count, mp_context=multiprocessing.get_context(method))
            if not self._proved:
                self._prove(self._pool)
        return self._pool

    def _prove(self, pool: ProcessPoolExecutor) -> None:
        """Processes import the script that started them: one that scans as it is imported ends each of them at its start."""
        try:
            pool.submit(_nothing).result()
        except BrokenProcessPool:
            self._forget()
            raise LostWorkerError(
                "no worker process lives long enough to work; in a script of your own, call provcheck below "
                '`if __name__ == "__main__":`, or use one worker'
            ) from None
        self._proved = True

    def rest(self) -> None:
        """End the processes until they are needed again: what they remember of one kind of work is of no use for another."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def _forget(self) -> None:
        """Leave processes that were ended; others are started when they are needed."""
        if self._pool is not None:
            self._pool.shutdown(wait=False)
            self._pool = None

    def _ship(self, work: Callable[[Any], Any]) -> str:
        """Write the work where each process can read it once, rather than send it along with every chunk."""
        with tempfile.NamedTemporaryFile(prefix="provcheck-", suffix=".work", delete=False) as stream:
            self._shipped.append(Path(stream.name))
            pickle.dump(work, stream, protocol=5)
        return stream.name


class _Source(Generic[T]):
    """Items, of which those before an error are not lost with it; `error` is the one that ended them."""

    def __init__(self, items: Iterator[T]) -> None:
        self._items = items
        self.error: Exception | None = None

    def take(self, many: int) -> list[T]:
        """The next ones, at most so many; none if they have ended."""
        taken: list[T] = []
        while self.error is None and len(taken) < many:
            try:
                taken.append(next(self._items))
            except StopIteration:
                break
            except Exception as error:  # raised again where the work on what came before is done
                self.error = error
        return taken


@lru_cache(maxsize=2)
def _unpacked(path: str) -> Callable[[Any], Any]:
    with Path(path).open("rb") as stream:
        collector.seldom()
        work: Callable[[Any], Any] = pickle.load(stream)
    collector.settle()
    return work


def _nothing() -> None:
    return None


def _run_chunk(path: str, items: list[Any]) -> list[Any]:
    work = _unpacked(path)
    return [work(item) for item in items]
