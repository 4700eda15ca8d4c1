"""Which pairs are compared: bands as datasketch tunes them, buckets, rare words."""

from __future__ import annotations

import numpy as np
import pytest
from datasketch import MinHashLSH
from hypothesis import given
from hypothesis import strategies as st

from provcheck.groups.candidates import bucket_pairs, keys_of, pairs_of, tuned_bands


@pytest.mark.parametrize("near", [0.1, 0.3, 0.5, 0.55, 0.8, 0.9])
@pytest.mark.parametrize(("permutations", "missed"), [(128, 0.5), (128, 0.9), (64, 0.5), (256, 0.5)])
def test_bands_are_those_of_datasketch(near: float, permutations: int, missed: float) -> None:
    theirs = MinHashLSH(threshold=near, num_perm=permutations, weights=(1 - missed, missed))
    assert tuned_bands(near, permutations, missed) == (theirs.b, theirs.r)


@given(st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=1, max_size=4))
def test_pairs_share_a_bucket_and_come_once(keys: list[list[int]]) -> None:
    has = np.array([True, True, False, True, True, True])
    found = bucket_pairs(np.array(keys, dtype=np.uint64), has)
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    wanted = {
        (i, j)
        for band in keys
        for i in range(6)
        for j in range(i + 1, 6)
        if band[i] == band[j] and has[i] and has[j]
    }
    assert pairs == sorted(wanted)


def test_large_buckets_join_each_to_the_first() -> None:
    found = bucket_pairs(np.array([[7] * 60 + [8]], dtype=np.uint64), np.ones(61, dtype=np.bool_))
    assert found.capped == 1
    assert set(found.left.tolist()) == {0} and sorted(found.right.tolist()) == list(range(1, 60))
    twice = [keys_of(found.left, found.right, 61), keys_of(found.right, found.left, 61)]
    assert len(pairs_of(twice, 61, 0).left) == 59
    assert [len(left) for left, _ in found.parts()] == [59]
