"""Compiled loops over words and pairs of documents, held against the plain ways."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.arrays.speedup import Compiled
from provcheck.groups import align, shared, wordbags
from provcheck.groups.align import SentenceTable, alignment_features
from provcheck.groups.bags import Pool
from provcheck.groups.sketch import QUOTED, Sketch
from provcheck.groups.tokens import CAPITAL, NUMBER
from provcheck.groups.words import _grouped

pytest.importorskip("numba")

FLAGS = st.sampled_from([0, QUOTED, CAPITAL, NUMBER, CAPITAL | QUOTED, NUMBER | QUOTED])
WORDS = st.tuples(st.integers(0, 12), FLAGS, st.booleans())  # stem, flags, whether a sentence starts
DOCUMENTS = st.lists(
    st.tuples(st.lists(WORDS, max_size=30), st.sets(st.integers(0, 12))), min_size=2, max_size=6
)


def sketched(words: list[tuple[int, int, bool]], title: set[int]) -> Sketch:
    stems, flags, opens = (
        (np.array(each) for each in zip(*words, strict=True)) if words else [np.empty(0)] * 3
    )
    sentences = np.cumsum(opens.astype(np.int64)) - (1 if len(opens) and opens[0] else 0)
    places = np.arange(len(words), dtype=np.int32)
    return Sketch(
        "d", None, None, stems.astype(np.uint32), stems.astype(np.uint32), sentences.astype(np.int32),
        flags.astype(np.uint8), places, places + 1, np.array(sorted(title), dtype=np.uint32),
    )  # fmt: skip


def every_pair(size: int) -> tuple[np.ndarray, np.ndarray]:
    return tuple(each.ravel() for each in np.indices((size, size)))  # type: ignore[return-value]


def both_ways(module: object, work: object) -> tuple[object, object]:
    """What the plain way gives, and what the compiled loops give."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_compiled", Compiled("provcheck.groups.compiledpairs", 10**12))
        plain = work()  # type: ignore[operator]
        patch.setattr(module, "_compiled", Compiled("provcheck.groups.compiledpairs", 0))
        patch.setattr(module._compiled, "_left", 1)  # type: ignore[attr-defined]
        return plain, work()  # type: ignore[operator]


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, 30)), min_size=2, max_size=6))
def test_shared_terms(documents: list[set[int]]) -> None:
    keys = np.array(
        [row << 32 | term for row, terms in enumerate(documents) for term in sorted(terms)], dtype=np.uint64
    )
    bounds = np.cumsum([0, *map(len, documents)])
    left, right = every_pair(len(documents))

    def found() -> list[list[int]]:
        told = shared.Shared(keys, bounds, left, right)
        return [told.pair.tolist(), told.one.tolist(), told.other.tolist()]

    plain, compiled = both_ways(shared, found)
    assert compiled == plain


@settings(deadline=None)
@given(DOCUMENTS)
def test_sums_over_bags_of_words(documents: list[tuple[list[tuple[int, int, bool]], set[int]]]) -> None:
    bags = Pool([sketched(*document) for document in documents]).words
    left, right = every_pair(bags.size)

    def found() -> list[object]:
        sums = bags.sums(left, right)
        return [sums.dots.tolist(), sums.overlaps.tolist(), bags.story_cosines(left, right).tolist()]

    plain, compiled = both_ways(wordbags, found)
    assert compiled == plain


@settings(deadline=None)
@given(DOCUMENTS)
def test_alignment(documents: list[tuple[list[tuple[int, int, bool]], set[int]]]) -> None:
    table = SentenceTable(Pool([sketched(*document) for document in documents]))
    left, right = every_pair(len(documents))
    plain, compiled = both_ways(align, lambda: alignment_features(table, left, right).tolist())
    assert compiled == plain


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2**32 - 1),
            st.lists(
                st.integers(0, 2**32 - 1) | st.integers(5, 9) | st.integers(2**31, 2**31 + 3), max_size=60
            ),
        ),
        max_size=6,
    )
)
def test_grouping_by_rows_that_rise(rows: list[tuple[int, list[int]]]) -> None:
    from provcheck.groups import compiledwords

    rows = sorted(rows)
    cells = [(row, column) for row, columns in rows for column in columns]
    one, other = (np.array([cell[side] for cell in cells], dtype=np.uint64) for side in (0, 1))
    out = np.empty(len(cells), np.uint64), np.empty(len(cells), np.int64), np.empty(len(cells), np.int64)
    many = compiledwords.group(one, other, *out)
    plain = _grouped(one << np.uint64(32) | other)
    assert out[0][:many].tolist() == plain.keys.tolist()
    assert out[1].tolist() == plain.place.tolist()
    assert out[2][:many].tolist() == plain.sample.tolist()


def test_grouping_says_so_when_rows_fall_and_survives_columns_that_lie_close_together() -> None:
    from provcheck.groups import compiledwords

    def group(rows: np.ndarray, columns: np.ndarray) -> tuple[int, list[int]]:
        size = len(rows)
        out = np.empty(size, np.uint64), np.empty(size, np.int64), np.empty(size, np.int64)
        return compiledwords.group(rows, columns, *out), out[2].tolist()

    assert group(np.array([1, 0], np.uint64), np.array([0, 0], np.uint64))[0] == -1
    # one far away makes all others share a bucket, in falling order: the worst for insertion
    columns = np.r_[2**32 - 1, np.arange(20_000, 0, -1)].astype(np.uint64)
    many, sample = group(np.zeros(20_001, np.uint64), columns)
    assert many == 20_001 and sample == [*range(20_000, 0, -1), 0]
