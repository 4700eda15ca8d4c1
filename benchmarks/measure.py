"""One command as a whole process: wall and CPU seconds of it and its children, and the most memory they held together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass

import psutil

_EVERY = 0.1  # seconds between two looks at the memory


@dataclass(frozen=True)
class Usage:
    """Seconds, and bytes of resident memory of the whole family of processes at its peak."""

    wall: float
    cpu: float
    peak: int
    output: str


def run(command: list[str], passing: tuple[int, ...] = (0,)) -> Usage:
    """Raises RuntimeError with what the command said if its exit status is none of those that pass."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    memory = _Memory(process.pid)
    memory.start()
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    memory.stop()
    if process.returncode not in passing:
        raise RuntimeError(f"{' '.join(command)}\n{output[-2000:]}")
    return Usage(wall, used.ru_utime + used.ru_stime, max(memory.peak, used.ru_maxrss * 1024), output)


class _Memory(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._done = pid, threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._done.wait(_EVERY):
            try:
                root = psutil.Process(self._pid)
                family = [root, *root.children(recursive=True)]
                self.peak = max(self.peak, sum(each.memory_info().rss for each in family))
            except psutil.Error:
                continue

    def stop(self) -> None:
        self._done.set()
        self.join()
