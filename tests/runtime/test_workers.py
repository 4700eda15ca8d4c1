"""Work in processes gives what work here gives, in order; nothing is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import count, islice
from operator import add, mul
from pathlib import Path

import pytest

from provcheck.runtime.workers import Workers


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


def test_a_script_without_a_guard_is_told_what_it_lacks(tmp_path: Path) -> None:
    """Its processes import it, scan themselves, and end: every document was a problem "for want of memory"."""
    (tmp_path / "a.txt").write_text("The ferry sank.")
    script = tmp_path / "script.py"
    script.write_text(
        f"import provcheck\nprint(provcheck.scan([{str(tmp_path / 'a.txt')!r}], workers=2).documents)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and 'if __name__ == "__main__":' in done.stderr


def _end_or_double(number: int) -> int:
    if number == 3:
        os._exit(1)
    return 2 * number


def test_a_process_that_ends_while_the_source_is_read(tmp_path: Path) -> None:
    def slowly() -> Iterator[int]:
        for number in range(12):
            yield number
            time.sleep(0.05 if number < 5 else 0.2)

    with Workers(2) as pool:
        found = list(pool.map(_end_or_double, slowly(), chunk=1, lost=lambda number: -number))
    assert found == [-3 if number == 3 else 2 * number for number in range(12)]


def test_processes_that_rested_work_again() -> None:
    with Workers(2) as pool:
        assert list(pool.map(partial(mul, 2), range(10), chunk=3)) == [2 * n for n in range(10)]
        pool.rest()
        pool.rest()
        assert list(pool.map(partial(mul, 3), range(10), chunk=3)) == [3 * n for n in range(10)]


def test_what_came_before_an_error_of_the_source_is_given_out() -> None:
    def source() -> Iterator[int]:
        yield from range(3)
        raise RuntimeError("the source ended")

    with Workers(2) as workers:
        results = workers.map(abs, source())
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(RuntimeError, match="the source ended"):
            next(results)
