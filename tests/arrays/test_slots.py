from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provcheck.arrays.slots import Slots

KEYS = st.integers(0, 2**64 - 1)


@given(st.lists(KEYS, unique=True, max_size=60), st.lists(KEYS, max_size=20))
def test_each_key_is_found_and_no_other(keys: list[int], others: list[int]) -> None:
    table = Slots(np.array(keys, dtype=np.uint64))
    asked = keys[::-1] + others
    wanted = [keys.index(key) if key in keys else -1 for key in asked]
    assert table.places(np.array(asked, dtype=np.uint64)).tolist() == wanted
