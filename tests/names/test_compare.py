from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import compare_names
from provcheck.names.identity import share_letters

SAME = [
    ("Qin Gang", "Chen Gang"),
    ("Humeyra Pamuk", "Hamira Pamuk"),
    ("Mohammed Yusuf", "Muhammad Youssef"),
    ("Tchaikovsky", "Chaykovskiy"),
    ("Matthew Miller", "Matt Miller"),
    ("Gang Qin", "Qin Gang"),
    ("J. Smith", "John Smith"),
    ("Abu Bakr Hassan", "Abubakr Hasan"),
    ("Ursula von der Leyen", "Ursula Leyen"),
    ("Владимир Петров", "Vladimir Petrov"),
]
DIFFERENT = [
    ("Wang Yi", "Wang Wenbin"),
    ("Joe Biden", "Jill Biden"),
    ("Chen Xinjin", "Qin Gang"),
    ("Donald Trump", "Donald Trump Jr."),
    ("Ana Brandt", "Ben Brandt"),
    ("John Smith", "Jane Doe"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_person(a: str, b: str) -> None:
    match = compare_names(a, b)
    assert match.score > 0.7
    assert match.relation != "different"
    assert match.reasons


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_persons(a: str, b: str) -> None:
    match = compare_names(a, b)
    assert match.score < 0.5
    assert match.relation == "different"


def test_relations_and_reasons() -> None:
    assert compare_names("Ana Brandt", "ana brandt").relation == "same"
    assert compare_names("Matt Miller", "Matthew Miller").relation == "nickname"
    assert "p and b merge" in compare_names("Karim Pashir", "Karim Bashir").reasons
    assert "the names stand in another order" in compare_names("Gang Qin", "Qin Gang").reasons


def test_what_cannot_be_one_is_not_compared() -> None:
    alike = [(a, b) for a, b in SAME if compare_names(a, b).score >= 0.9]
    assert len(alike) > 5 and all(share_letters(a, b) and share_letters(b, a) for a, b in alike)
    assert not share_letters("Anna Brandt", "Cyril Moss") and not share_letters("", "Cyril Moss")


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_strings(a: str, b: str) -> None:
    match = compare_names(a, b)
    assert 0 <= match.score <= 1
    assert match.relation in ("same", "spelling", "transliteration", "nickname", "different")
    assert all(isinstance(reason, str) for reason in match.reasons)


@given(st.text("abcdefgh -'", min_size=1, max_size=30))
def test_a_name_is_itself(name: str) -> None:
    assert compare_names(name, name).score > 0.99 or not any(c.isalpha() for c in name)


@given(st.sampled_from(SAME + DIFFERENT))
def test_order_of_the_two_changes_little(pair: tuple[str, str]) -> None:
    one, other = compare_names(*pair).score, compare_names(*reversed(pair)).score
    assert one == pytest.approx(other, abs=0.1)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Anna Müller", "Anna Mueller"), ("Jürgen Köhler", "Jürgen Koehler"), ("Sørensen", "Soerensen")],
)
def test_umlauts_in_two_letters_are_the_same_name(a: str, b: str) -> None:
    found = compare_names(a, b)
    assert found.relation == "same" and found.score > 0.99 and "ü as ue" in found.reasons[0]
