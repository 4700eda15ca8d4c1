"""Files of a cold folder, opened ahead by threads: on disks and networks that answer late, many small files wait for each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_FEW = 64  # files that are not worth threads
_THREADS, _AHEAD = 8, 128
_BYTES = 1 << 20  # of a file that are fetched; a larger one is read ahead by the system itself


def read_ahead(items: Iterable[T], path_of: Callable[[T], Path | None]) -> Iterator[T]:
    """The items, in their order. Their files, as far as they have one, are in the system's cache by the time they are yielded."""
    source = iter(items)
    yield from islice(source, _FEW)
    waiting: deque[tuple[T, Future[None]]] = deque()
    with ThreadPoolExecutor(_THREADS) as threads:
        for item in source:
            waiting.append((item, threads.submit(_fetch, path_of(item))))
            if len(waiting) > _AHEAD:
                first, done = waiting.popleft()
                done.result()
                yield first
        for first, done in waiting:
            done.result()
            yield first


def _fetch(path: Path | None) -> None:
    if path is not None and path.is_file():  # opening a pipe would wait for its writer
        with suppress(OSError), path.open("rb", buffering=0) as stream:  # who reads it will say what is wrong
            stream.read(_BYTES)
