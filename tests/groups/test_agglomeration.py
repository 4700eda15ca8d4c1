"""Agglomeration with arrays and one queue is the plain one with a table of all pairs."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provcheck.groups.agglomeration import agglomerate, linkage_of

Pairs = dict[tuple[int, int], float]


def plain(count: int, pairs: Pairs, cut: float, weight: float) -> list[int]:
    """By the definition: again and again all pairs of clusters are looked at."""
    clusters = {item: [item] for item in range(count)}
    while True:
        best = None
        for one, other in combinations(sorted(clusters), 2):
            told = [pairs.get((min(a, b), max(a, b)), 0.0) for a in clusters[one] for b in clusters[other]]
            linkage = linkage_of(max(told), sum(told) / len(told), weight)
            if linkage >= cut and (best is None or linkage > best[0] + 1e-9):
                best = (linkage, one, other)
        if best is None:
            return [
                next(label for label, items in clusters.items() if item in items) for item in range(count)
            ]
        clusters[best[1]] += clusters.pop(best[2])


def run(count: int, pairs: Pairs, cut: float, weight: float) -> list[int]:
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    return agglomerate(count, left, right, np.array(list(pairs.values())), cut, weight).tolist()


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]),
        st.integers(1, 64).map(lambda n: n / 64),
        max_size=50,
    ),
    st.sampled_from([0.1, 0.45, 0.8]),
    st.sampled_from([0.0, 0.5]),
)
def test_as_with_a_table_of_all_pairs(pairs: Pairs, cut: float, weight: float) -> None:
    assert run(12, pairs, cut, weight) == plain(12, pairs, cut, weight)


def test_many_items_in_one_chain_and_beside_it() -> None:
    draw = random.Random(3)
    pairs = {(at, at + 1): draw.randrange(20, 64) / 64 for at in range(60)}
    pairs |= {(at, at + 5): draw.randrange(1, 64) / 64 for at in range(55)}
    for cut, weight in ((0.2, 0.0), (0.4, 0.0), (0.3, 0.7)):
        assert run(70, pairs, cut, weight) == plain(70, pairs, cut, weight)
