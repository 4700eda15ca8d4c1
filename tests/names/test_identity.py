from __future__ import annotations

import pytest

from provcheck.names.identity import LIKELY, POSSIBLE, is_one, slip


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ana Brandt", "Ana Brandt"),
        ("G. W. Bush", "George W. Bush"),
        ("Joon-ho Park", "Joon-ho Pak"),
        ("Tan Lip-Bu", "Lip-Bu Tan"),
    ],
)
def test_spellings_and_forms_are_one_person(a: str, b: str) -> None:
    assert is_one(a, b) and is_one(b, a)


def test_two_persons_are_not_one() -> None:
    assert not is_one("Ana Brandt", "Lena Wirth", POSSIBLE)
    assert not is_one("Ana Brandt", "Tom Brandt")


def test_a_slip_is_neither_a_form_nor_a_nickname() -> None:
    found = slip("Humeyra Tamer", "Humeira Tamer", LIKELY)
    assert found is not None and found.score >= LIKELY
    assert slip("Robert Marsh", "Bob Marsh") is None
    assert slip("Donald Trump", "Donald J. Trump") is None
