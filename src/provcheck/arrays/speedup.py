"""Compiled loops, where they repay their start: numba takes half a second to import, and some seconds once on a machine."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


class Compiled:
    """A module of compiled loops that is imported when it was asked for often enough, if numba (`provcheck[fast]`) is there.

    Whoever asks has a plain way that gives the same.
    """

    def __init__(self, name: str, worth: int) -> None:
        self._name, self._left = name, worth
        self._module: ModuleType | None = None

    def module(self, times: int = 1) -> ModuleType | None:
        """The module, or None while the plain way is cheaper. `times`: pieces of work that the call is for."""
        if self._left > 0:
            self._left -= times
            if self._left <= 0 and find_spec("numba") is not None:
                self._module = import_module(self._name)
        return self._module
