from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provcheck.groups.cluster import cluster, join_alone, wordings

Pairs = dict[tuple[int, int], float]


def run(size: int, pairs: Pairs, cut: float = 0.6, weight: float = 0.5) -> list[int]:
    left, right, scores = (
        np.array([p[0] for p in pairs], dtype=np.int64), np.array([p[1] for p in pairs], dtype=np.int64), np.array(list(pairs.values()))
    )  # fmt: skip
    return cluster(size, left, right, scores, cut, weight).tolist()


def test_one_link_between_two_groups_does_not_chain() -> None:
    pairs = {(a, b): 0.95 for group in ((0, 1, 2, 3), (4, 5, 6, 7)) for a in group for b in group if a < b}
    assert run(8, {**pairs, (3, 4): 0.9}) == [0] * 4 + [4] * 4


def test_nothing_to_join() -> None:
    assert run(3, {}) == [0, 1, 2] == run(3, {(0, 1): 0.1})


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]),
        st.integers(0, 50).map(lambda n: n / 50),
    )
)
def test_labels_are_the_least_members_and_pairs_may_come_in_any_order(pairs: Pairs) -> None:
    labels = run(9, pairs)
    assert all(labels[label] == label <= index for index, label in enumerate(labels))
    shuffled = list(pairs.items())
    random.Random(1).shuffle(shuffled)
    assert run(9, dict(shuffled)) == labels


def joined(
    scores: dict[tuple[int, int], float], labels: list[int], wording: list[int] | None = None
) -> list[int]:
    left, right = (np.array([pair[side] for pair in scores], dtype=np.int64) for side in (0, 1))
    values = np.array(list(scores.values()))
    told = np.array(wording or range(len(labels)))
    return join_alone(np.array(labels), told, left, right, values, 0.45, 0.05).tolist()


def test_what_stands_near_one_group_alone_joins_it() -> None:
    near = {(0, 3): 0.6, (1, 3): 0.5, (2, 3): 0.4}
    assert joined(near, [0, 0, 0, 3]) == [0, 0, 0, 0]
    assert joined({pair: score / 2 for pair, score in near.items()}, [0, 0, 0, 3]) == [0, 0, 0, 3]


def test_not_where_there_is_a_rival_or_no_group() -> None:
    near = {(0, 3): 0.6, (1, 3): 0.5, (2, 3): 0.4}
    assert joined({**near, (3, 4): 0.2}, [0, 0, 0, 3, 4]) == [0, 0, 0, 3, 4]
    assert joined({**near, (0, 4): 0.4}, [0, 0, 0, 3, 4]) == [0, 0, 0, 3, 4]
    assert joined({(0, 1): 0.9}, [0, 1]) == [0, 1], "two documents are no group that draws others"


def test_joining_does_not_depend_on_the_order_of_the_pairs() -> None:
    near = {(0, 3): 0.6, (1, 3): 0.5, (2, 3): 0.4, (4, 5): 0.7}
    assert joined(near, [0, 0, 0, 3, 4, 5]) == joined(dict(reversed(near.items())), [0, 0, 0, 3, 4, 5])


def test_three_copies_of_one_wording_are_no_group_that_draws_others() -> None:
    near = {(0, 3): 0.6, (1, 3): 0.5, (2, 3): 0.4}
    assert joined(near, [0, 0, 0, 3], [0, 0, 0, 3]) == [0, 0, 0, 3]
    assert joined(near, [0, 0, 0, 3], [0, 1, 2, 3]) == [0, 0, 0, 0]


def test_copies_and_cuts_have_one_wording() -> None:
    left, right = np.array([0, 1, 2]), np.array([1, 2, 3])
    first, second, third, fourth = wordings(4, left, right, np.array([0.95, 0.8, 0.6]))
    assert first == second == third != fourth
