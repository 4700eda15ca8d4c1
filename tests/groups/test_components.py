"""Connected components are those that scipy finds, each named by its least node."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from provcheck.groups.components import component_labels


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(0, 80))
def test_components_are_those_of_scipy(seed: int, count: int, edges: int) -> None:
    draw = np.random.default_rng(seed)
    left, right = draw.integers(0, count, (2, edges))
    labels = component_labels(count, left, right)
    theirs = connected_components(coo_matrix((np.ones(edges), (left, right)), shape=(count, count)))[1]
    least = np.array([np.flatnonzero(theirs == label)[0] for label in theirs])
    assert labels.tolist() == least.tolist()


def test_a_long_chain_in_any_order_is_one() -> None:
    nodes = np.random.default_rng(1).permutation(20_000)
    assert not component_labels(20_000, nodes[1:], nodes[:-1]).any()
