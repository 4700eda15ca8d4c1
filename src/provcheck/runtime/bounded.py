"""Somebody else's code under a time limit: it runs in a thread that is left behind, and told to stop, when it takes too long."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


class _StopError(BaseException):
    """Raised in the thread that took too long; a BaseException, so that code which catches everything lets it pass more often."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work returns or raises. Raises TimeoutError if it has not ended after so many seconds.

    A loop in Python is then ended; code that never comes back from C goes on in its thread until the process ends, which it does
    not keep from ending.
    """
    found: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=copy_context().run, args=(run,), daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_StopError)
        )
        raise TimeoutError
    if failed:
        raise failed[0]
    return found[0]
