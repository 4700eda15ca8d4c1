"""Where the time of a scan goes, by rule."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class Stopwatch:
    """Seconds by name since they were last taken. Owned by one process."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] += time.perf_counter() - started

    def taken(self) -> Mapping[str, float]:
        """The seconds so far; it starts anew."""
        taken, self._seconds = self._seconds, defaultdict(float)
        return taken
