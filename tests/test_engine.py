"""Work in processes gives what work here gives, in order; nothing is left behind."""

from __future__ import annotations

import tempfile
from functools import partial
from itertools import count, islice
from operator import add, mul
from pathlib import Path

import pytest

from provcheck.engine import Workers


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    with Workers(workers) as pool:
        assert list(pool.map(partial(mul, 2), range(300), chunk=7)) == [2 * n for n in range(300)]
        assert list(pool.map(partial(add, 1), range(10))) == list(range(1, 11)), (
            "the same processes, other work"
        )
        assert list(pool.map(partial(add, 1), ())) == []


def test_an_endless_input_is_read_as_it_is_needed() -> None:
    taken: list[int] = []

    def source() -> object:
        for number in count():
            taken.append(number)
            yield number

    with Workers(2) as pool:
        assert list(islice(pool.map(partial(add, 1), source(), chunk=5), 12)) == list(range(1, 13))  # type: ignore[arg-type]
    assert len(taken) < 100


def test_what_fails_there_is_raised_here_and_the_files_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Workers(2) as pool, pytest.raises(ZeroDivisionError):
        list(pool.map(partial(divmod, 1), [1, 0]))
    assert not list(tmp_path.iterdir())
