"""Blocks that are worked on in turn."""

from __future__ import annotations

import itertools
import time

import pytest

from provcheck.groups.pairs import in_turn


@pytest.mark.parametrize("threads", [1, 3])
def test_blocks_keep_their_order(threads: int) -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.002 * (number % 3 == 0))
        return number * number

    assert list(in_turn(slow_first, range(40), threads)) == [(n, n * n) for n in range(40)]


def test_few_blocks_wait() -> None:
    made = itertools.count()
    source = (next(made) for _ in range(10_000))
    found = in_turn(lambda number: number, source, 2)
    assert next(found) == (0, 0)
    assert next(made) < 20
    found.close()  # type: ignore[attr-defined]


def test_a_failure_comes_out() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_turn(lambda number: 1 // number, [2, 1, 0, 3], 2))
