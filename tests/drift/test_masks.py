"""Numbers that count nothing known, in sentences that are otherwise the same."""

from __future__ import annotations

import pytest

from provcheck.drift.masks import masked


def test_a_sentence_is_masked_number_by_number() -> None:
    sentence = "The toll rose to 39 after divers found two-thirds of the crew."
    mask = masked(sentence)
    assert mask is not None
    assert mask.words.count("#") == len(mask.numbers)
    assert [sentence[n.start : n.end] for n in mask.numbers] == ["39", "two-thirds"]
    frames = [frame for frame, _ in mask.frames()]
    assert len(set(frames)) == len(frames)
    assert all(frame.count("@") == 1 for frame in frames)


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [
        ("39", "number", 39.0),
        ("1987", "number", 1987.0),
        ("57,300", "number", 57_300.0),
        ("eleven", "number", 11.0),
        ("fourteenth", "number", 14.0),
        ("twice", "number", 2.0),
        ("a quarter", "number", 0.25),
        ("two-thirds", "number", 2 / 3),
        ("Thursday", "weekday", 4.0),
    ],
)
def test_each_number_has_its_value(said: str, unit: str, value: float) -> None:
    mask = masked(f"The council of the town spoke of {said} at the harbour on the island.")
    assert mask is not None
    assert [(number.unit, number.value) for number in mask.numbers] == [(unit, value)]


def test_scores_are_equal_only_to_themselves() -> None:
    first, second, again = (
        masked(f"Nordhaven beat the guests from Maren {score} in front of its own crowd.")
        for score in ("3-2", "3-1", "3-2")
    )
    assert first is not None and second is not None and again is not None
    assert first.words == second.words
    assert first.numbers[0].unit == "score"
    assert first.numbers[0].value != second.numbers[0].value
    assert first.numbers == again.numbers


@pytest.mark.parametrize(
    "sentence",
    [
        "No number stands here at all, or so they say.",
        "39 of 41 came.",
        "1 2 3 4 5 6 7 8 rows of a table of the league this year",
    ],
)
def test_sentences_without_numbers_short_ones_and_tables_are_left(sentence: str) -> None:
    assert masked(sentence) is None
