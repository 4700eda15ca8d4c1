"""Shared passages against the plain way, and relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from provcheck.groups.links import relation_of, shared_passages
from provcheck.groups.sketch import Sketch
from provcheck.model import Passage


def made(stems: list[int]) -> Sketch:
    words, places = np.array(stems, dtype=np.uint32), np.arange(len(stems), dtype=np.int32)
    return Sketch(
        "x",
        None,
        None,
        words,
        words,
        places,
        np.zeros(len(stems), np.uint8),
        10 * places,
        10 * places + 5,
        words[:0],
    )


def plainly(left: list[int], right: list[int]) -> Iterator[Passage]:
    """Word by word, as it is described."""
    where: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at in range(len(right) - 3):
        where[tuple(right[at : at + 4])].append(at)
    at = 0
    while at <= len(left) - 4:
        starts = where.get(tuple(left[at : at + 4]), ())
        if not starts or len(starts) > 8:
            at += 1
            continue
        best = (0, 0)
        for start in starts:
            length = 0
            while (
                at + length < len(left)
                and start + length < len(right)
                and left[at + length] == right[start + length]
            ):
                length += 1
            best = max(best, (length, -start))
        length, start = best[0], -best[1]
        if length >= 6:
            yield Passage((10 * at, 10 * (at + length) - 5), (10 * start, 10 * (start + length) - 5))
        at += length


WORDS = st.lists(st.integers(0, 3), max_size=80)


@given(WORDS, WORDS)
@example([1] * 40, [1] * 40)
@example([], [1, 2, 3, 0, 1, 2])
def test_passages_are_those_of_the_plain_way(left: list[int], right: list[int]) -> None:
    assert list(shared_passages(made(left), made(right))) == list(plainly(left, right))


def test_relations() -> None:
    assert [relation_of(c, a) for c, a in ((0.6, 0.0), (0.3, 0.2), (0.3, 0.8), (0.1, 0.9))] == [
        "copy",
        "partial",
        "rewrite",
        "rewrite",
    ]
