"""Neighbours by rare words: each pair once, the compiled loops as the plain arrays, and both as a product of matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.arrays.speedup import Compiled
from provcheck.groups import neighbours
from provcheck.groups.neighbours import LEAST_COSINE, Neighbourhood, RareWords, neighbours_of


def drawn(seed: int) -> RareWords:
    """A few words for each of some documents, none for some."""
    draw = np.random.default_rng(seed)
    size, words = int(draw.integers(0, 40)), int(draw.integers(1, 30))
    columns = [np.sort(draw.permutation(words)[: draw.integers(0, 8)]) for _ in range(size)]
    weights = [draw.uniform(0.1, 1, len(each)) for each in columns]
    units = [np.empty(0), *(each / np.sqrt(max(1e-9, (each**2).sum())) for each in weights)]
    return RareWords(
        np.concatenate([[0], np.cumsum([len(each) for each in columns])]).astype(np.int64),
        np.concatenate([np.empty(0, np.int64), *columns]).astype(np.int32),
        np.concatenate(units).astype(np.float32),
    )


def told(chosen: RareWords, count: int, compiled: bool, rows: int = 256) -> set[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        loops = Compiled("provcheck.groups.compiledneighbours", 1 if compiled else 10**12)
        patch.setattr(neighbours, "_compiled", loops)
        patch.setattr(neighbours, "_ROWS", rows)
        for one, other in neighbours_of(chosen, count):
            pairs += [(min(pair), max(pair)) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    assert len(pairs) == len(set(pairs))
    return set(pairs)


@given(st.integers(0, 2**32 - 1))
def test_all_that_are_near_are_neighbours_where_many_may_be(seed: int) -> None:
    chosen = drawn(seed)
    dense = np.zeros((chosen.size, 30), dtype=np.float32)
    dense[chosen.rows, chosen.columns] = chosen.weights
    product = dense @ dense.T
    pairs = told(chosen, 100, compiled=False)
    for one in range(chosen.size):
        for other in range(one + 1, chosen.size):
            if (
                abs(product[one, other] - LEAST_COSINE) > 1e-6
            ):  # a product of matrices adds up in an order of its own
                assert ((one, other) in pairs) == (product[one, other] > LEAST_COSINE)


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 9))
@settings(deadline=None)
def test_compiled_loops_equal_plain_arrays(seed: int, count: int, rows: int) -> None:
    pytest.importorskip("numba")
    chosen = drawn(seed)
    assert told(chosen, count, compiled=True, rows=rows) == told(chosen, count, compiled=False)


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
