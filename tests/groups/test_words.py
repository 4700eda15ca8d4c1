from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provcheck.groups.words import columns_of, grouped, rows_of


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**32 - 1) | st.integers(0, 3)), max_size=60))
def test_terms_are_told_by_their_first_occurrence(found: list[tuple[int, int]]) -> None:
    rows, columns = np.array(found, dtype=np.int64).reshape(-1, 2).T
    told = grouped(rows, columns)
    distinct = sorted(set(found))
    assert list(zip(rows_of(told.keys).tolist(), columns_of(told.keys).tolist(), strict=True)) == distinct
    assert [distinct[at] for at in told.place.tolist()] == found
    assert told.sample.tolist() == [found.index(pair) for pair in distinct]
