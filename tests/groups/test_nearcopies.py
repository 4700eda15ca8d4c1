"""Near copies: the compiled loops equal the plain arrays, and both are datasketch's values."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

import provcheck
from provcheck.arrays.speedup import Compiled
from provcheck.groups import nearcopies
from provcheck.groups.nearcopies import shingles_of, signatures

FERRY = "A ferry with two hundred people ran aground off Port Selwyn early on Tuesday, the coast guard of the bay said."
BEES = "Beekeepers on the roofs of Kestrel Bay took in a record harvest of honey this summer, their association said."
needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba is not installed")


def test_case_marks_and_spaces_do_not_count() -> None:
    assert (
        shingles_of("The Ferry, sank — off “Nordhaven”.").tolist()
        == shingles_of("the ferry sank off nordhaven").tolist()
    )
    assert len(shingles_of("the ferry sank off nordhaven")) == 3
    assert not len(shingles_of("two words")) and not len(shingles_of(""))


def test_values_are_datasketchs_own() -> None:
    for text in (FERRY, BEES):
        theirs = MinHash(num_perm=128, hashfunc=int)
        for shingle in shingles_of(text).tolist():
            theirs.update(shingle)
        values, has = signatures([text])
        assert has.all() and values[0].tolist() == theirs.hashvalues.tolist()


@needs_numba
@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=4), st.integers(1, 5))
def test_compiled_loops_equal_plain_arrays(texts: list[str], size: int) -> None:
    from provcheck.groups import compiled

    told = []
    for way in (compiled, None):
        rows, has = np.empty((len(texts), 64), dtype=np.uint32), np.empty(len(texts), dtype=np.bool_)
        nearcopies._write(way, texts, size, rows, has)
        told.append((rows.tolist(), has.tolist()))
    assert told[0] == told[1]


@needs_numba
def test_the_change_to_compiled_loops_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{FERRY} Number {n} of the harbour's own notes, kept by clerk {n * n}." for n in range(40)]
    plain = signatures(iter(texts))[0]
    monkeypatch.setattr(nearcopies, "_BATCH", 7)
    monkeypatch.setattr(nearcopies, "_compiled", Compiled("provcheck.groups.compiled", 10))
    assert (signatures(iter(texts))[0] == plain).all() and (signatures(texts)[0] == plain).all()


def test_groups() -> None:
    texts = [FERRY, BEES, FERRY.upper() + " It floats again.", "", "short", BEES + " Lime trees helped."]
    assert provcheck.near_copies(texts) == [[0, 2], [1, 5]]
    assert provcheck.near_copies([]) == [] == provcheck.near_copies([FERRY, BEES])
    assert provcheck.near_copies([FERRY] * 200) == [list(range(200))]
