from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provcheck.groups.frequencies import _FULL, _Slotted


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(1, 3 * _FULL)), max_size=4))
def test_slots_are_counted_exactly_also_beyond_their_sixteen_bits(runs: list[tuple[int, int]]) -> None:
    slotted, told = _Slotted(8), Counter[int]()
    for slot, times in runs:
        slotted.add(np.full(times, slot, dtype=np.uint64))
        told[slot] += times
    assert slotted.counts(np.arange(8, dtype=np.uint64)).tolist() == [float(told[slot]) for slot in range(8)]
