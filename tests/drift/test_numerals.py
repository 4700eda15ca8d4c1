"""Figures read word by word are those that one long expression finds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from provcheck.drift import numerals
from provcheck.drift.numerals import NUMBER, parse_number, told

# The oracle: everything in one expression, tried at every letter.
_ROUGH = r"(?P<rough>about|around|some|nearly|almost|roughly|approximately|over|more than|at least|up to|fewer than|less than|under)"
_WHOLE = re.compile(
    rf"(?:\b{_ROUGH} )?(?:(?P<sum>[$€£] ?)|(?<![\w.,/$€£-]))(?P<number>{NUMBER})"
    r"(?P<unit>%| per ?cent\b|(?:[- ](?:(?-i:[A-Z])[\w.-]*|other|more|young|new))?[- ](?P<noun>(?:(?:square|cubic) )?[a-z]{2,})(?!\w))?",
    re.IGNORECASE,
)
_PIECES = st.sampled_from(
    "about over more than at least up to some five Seven and a half an hour 12 1,200 3.5 million $ €40 £ 5-year-old 2-1 per cent % "
    "people People twenty-one dozen other passengers , . - — 7½ hundred thousand Trump 20th earlier later half the G20 COVID-19 1998 "
    "x5 5m 2bn 3bln square U.S. $3 ( ) lakh under fewer after".split()
)


def _expected(sentence: str) -> Iterator[tuple[int, int, float, str, bool]]:
    for match in _WHOLE.finditer(sentence):
        last = match.end("number" if match["sum"] else 0)
        counted = match["sum"].strip() if match["sum"] else numerals._unit(match)
        number = parse_number(match["number"])
        if number and counted and not numerals._is_difference(sentence, last, counted):
            yield match.start(), last, number, counted, bool(match["rough"])


def _written(pieces: list[str], close: bool) -> str:
    """The pieces as a sentence; marks stand close to words and to each other, or apart."""
    sentence = ""
    for piece in pieces:
        words_meet = sentence[-1:].isalnum() and piece[0].isalnum()
        sentence += piece if close and not words_meet else f" {piece}"
    return sentence


@given(st.lists(_PIECES, max_size=14), st.booleans())
def test_reading_by_words_finds_what_one_expression_finds(pieces: list[str], close: bool) -> None:
    sentence = _written(pieces, close)
    assert list(numerals._counted(sentence)) == list(_expected(sentence))


def test_offsets_are_of_the_sentence() -> None:
    sentence = "The ferry carried more than 40 passengers and a crew of 12 people."
    first, second = told(sentence).numerals
    assert sentence[first.start : first.end] == "more than 40 passengers"
    assert (first.rough, first.alone, first.value) == (True, True, 40)
    assert sentence[second.start : second.end] == "12 people"
