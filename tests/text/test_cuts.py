"""Cutting only deletes, and the deleted pieces restore the text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from provcheck.text.cuts import cuts, without
from provcheck.text.lines import split_lines
from provcheck.text.spans import merge_spans

TEXT = st.text(alphabet="ab \n\r\té", max_size=60)


def cut(text: str, *removable: tuple[int, int]) -> str:
    return without(text, cuts(split_lines(text), merge_spans(removable)))


@given(TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_what_goes_is_a_part_and_what_stays_keeps_its_order(text: str, spans: list[tuple[int, int]]) -> None:
    removable = merge_spans((min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans)
    gone = cuts(split_lines(text), removable)
    assert all(a < b for a, b in gone) and all(x[1] < y[0] for x, y in pairwise(gone))
    for start, end in removable:  # every visible character that was to go is gone
        for at in range(start, end):
            assert text[at].isspace() or any(a <= at < b for a, b in gone)
    kept = [c for i, c in enumerate(text) if not any(a <= i < b for a, b in gone)]
    visible = [c for i, c in enumerate(text) if not c.isspace() and not any(a <= i < b for a, b in removable)]
    assert [c for c in kept if not c.isspace()] == visible


def test_lines_go_with_their_breaks_and_gaps_close() -> None:
    assert cut("one\n\ntwo\n\nthree", (5, 8)) == "one\n\nthree"
    assert cut("one\r\n\r\ntwo", (7, 10)) == "one"
    assert cut("one\ntwo", (0, 3)) == "two"
    assert cut("two words here", (4, 9)) == "two  here"
    assert cut("credit  text", (0, 6)) == "text"
    assert cut("all", (0, 3)) == ""
    assert cut("nothing\n\n\n", (3, 3)) == "nothing\n\n\n"
