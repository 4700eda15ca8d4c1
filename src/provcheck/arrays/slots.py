"""Where keys stand in a table: a hash table that is asked for many keys at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MIX = 0x9E3779B97F4A7C15
_SLOTS_A_KEY = 2  # at least


class Slots:
    """Slots with linear probing (Knuth 1963) over distinct keys of up to 64 bits."""

    def __init__(self, keys: npt.NDArray[np.uint64]) -> None:
        self.keys = keys
        self.bits = max(4, (_SLOTS_A_KEY * len(keys)).bit_length())
        self.slots = np.full(1 << self.bits, -1, dtype=np.int32)
        waiting = np.arange(len(keys))
        self.probes = 0
        while len(waiting):
            slots = self._slot(keys[waiting], self.probes)
            free = np.flatnonzero(self.slots[slots] < 0)
            self.slots[slots[free]] = waiting[free]  # of several for one slot the last has it
            waiting = waiting[self.slots[slots] != waiting]
            self.probes += 1

    def _slot(self, keys: npt.NDArray[np.uint64], probe: int) -> npt.NDArray[np.uint64]:
        hashed = (keys * np.uint64(MIX)) >> np.uint64(64 - self.bits)
        return (hashed + np.uint64(probe)) & np.uint64((1 << self.bits) - 1)

    def places(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """The place of each key in the table, -1 for those that it lacks."""
        found = self.slots[self._slot(keys, 0)].astype(np.int64)
        if not len(self.keys):
            return found
        open_ = np.flatnonzero((found >= 0) & (self.keys[found] != keys))
        for probe in range(1, self.probes + 1):
            if not len(open_):
                break
            found[open_] = self.slots[self._slot(keys[open_], probe)]
            there = found[open_]
            open_ = open_[(there >= 0) & (self.keys[there] != keys[open_])]
        found[open_] = -1
        return found
