from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.lines.tone import CARELESS, MOST, read_line, tone_of


def test_a_report_and_a_reader_differ() -> None:
    report = tone_of(
        "The ministry said on Friday that officials had been told after the meeting, according to a statement."
    )
    reader = tone_of("I guess you don't know what you're talking about... nothing here is true, lol")
    assert report.score < -3 < 0 < reader.score
    assert (report.personal, reader.personal) == (0, 3)
    assert not report.careless and reader.careless == {"*dots", "*slang"}


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("why did nobody look", "*small"),
        ("They knew it ,all of them", "*spacing"),
        ("They knew it!!", "*doubled"),
        ("They knew it…", "*dots"),
        ("@Moll they knew it", "*handle"),
        ("They knew it, dont ask", "*slang"),
    ],
)
def test_ways_of_typing_that_editors_mend(line: str, mark: str) -> None:
    assert tone_of(line).careless == {mark}


def test_what_others_say_is_not_personal() -> None:
    assert tone_of("“I have told you and your people what we want,” the mayor said.").personal == 0
    assert tone_of("The mayor said “I have told you and your people what we want” on Friday.").personal == 0
    assert tone_of("Ana Brandt: We want the ferry.").speaker


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_line_has_a_bounded_tone(line: str) -> None:
    tone = tone_of(line)
    assert -MOST <= tone.score <= MOST
    assert tone.evidence <= len(read_line(line)[1]) and tone.careless <= CARELESS
