"""Which pairs are compared: bands as datasketch tunes them, buckets, rare words."""

from __future__ import annotations

import numpy as np
import pytest
from datasketch import MinHashLSH
from hypothesis import given
from hypothesis import strategies as st

from provcheck.groups.candidates import Neighbourhood, bucket_pairs, keys_of, pairs_of, tuned_bands


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


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 9))
def test_each_pair_of_neighbours_is_told_once(seed: int, neighbours: int, rows: int) -> None:
    """However many documents are looked at at once, and where many cosines are the same."""
    draw = np.random.default_rng(seed)
    size = int(draw.integers(2, 25))
    cosine = np.triu(draw.choice([0.0, 0.1, 0.11, 0.12, 0.13, 0.2], (size, size)), 1).astype(np.float32)
    cosine += cosine.T
    expected = set()
    for one in range(size):
        ranked = sorted(
            (other for other in range(size) if cosine[one, other] > 0), key=lambda o: (-cosine[one, o], o)
        )
        kept = [o for rank, o in enumerate(ranked) if rank < neighbours or cosine[one, o] >= np.float32(0.15)]
        expected |= {(min(one, other), max(one, other)) for other in kept}
    found, told = Neighbourhood(size, neighbours), []
    for start in range(0, size, rows):
        left, right = np.nonzero(cosine[start : start + rows])
        pairs = found.pairs(left + start, right, cosine[start : start + rows][left, right])
        told += [(min(pair), max(pair)) for pair in zip(*(side.tolist() for side in pairs), strict=True)]
    assert len(told) == len(set(told)) and set(told) == expected
