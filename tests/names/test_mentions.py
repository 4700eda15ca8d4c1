from __future__ import annotations

import pytest

from provcheck.names.mentions import Person, find_mentions, find_names, gather_persons
from provcheck.names.roles import office_after, office_before

TEXT = (
    "Norwegian Transport Minister Ana Brandt said the harbour was closed. The ministry in Oslo agreed. "
    "Brandt met captain Piotr Walczak on Monday. Walczak declined to comment, and Beijing said nothing."
)


def persons_of(text: str) -> tuple[Person, ...]:
    whole = [(0, len(text))]
    return gather_persons(find_mentions(text, find_names(text, whole), whole))


def test_full_names_with_their_surnames() -> None:
    persons = {person.name: person for person in persons_of(TEXT)}
    assert set(persons) == {"Ana Brandt", "Piotr Walczak"}
    assert [m.name for m in persons["Ana Brandt"].mentions] == ["Ana Brandt", "Brandt"]
    assert all(TEXT[m.start : m.end] == m.name for p in persons.values() for m in p.mentions)


def test_east_asian_surnames_come_first() -> None:
    text = "Foreign Minister Qin Gang spoke. Mr Qin left early."
    (person,) = persons_of(text)
    assert [m.name for m in person.mentions] == ["Qin Gang", "Qin"]


def test_offices_compare() -> None:
    one = office_before("talks with Chinese Foreign Minister ")
    other = office_after(", China’s foreign minister, said")
    assert one is not None and other is not None
    assert (one.head, one.narrowed, one.country) == ("minister", frozenset({"foreign"}), "China")
    assert one.may_be(other)
    finance = office_before("the finance minister ")
    assert finance is not None and not one.may_be(finance)


def test_a_long_list_of_names_takes_no_long_time() -> None:
    text = ", ".join(f"Ana Brandt{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(2_000))
    assert persons_of(text) == ()


@pytest.mark.parametrize(
    ("text", "name", "narrowed", "country"),
    [
        (
            "New Zealand Prime Minister Christopher Luxon said no.",
            "Christopher Luxon",
            {"prime"},
            "New Zealand",
        ),
        (
            "South Korean Unification Minister Kim Yung-ho said no.",
            "Kim Yung-ho",
            {"unification"},
            "South Korea",
        ),
        (
            "Saudi Foreign Minister Prince Faisal bin Farhan said no.",
            "Faisal bin Farhan",
            {"foreign"},
            "Saudi",
        ),
        ("They spoke of trade. Trade Minister Lea Moll said no.", "Lea Moll", {"trade"}, None),
        ("Lea Moll, Australian prime minister, said no.", "Lea Moll", {"prime"}, "Australia"),
        ("Lea Moll, an analyst, said no.", "Lea Moll", set(), None),
    ],
)
def test_long_titles_are_no_part_of_a_name(
    text: str, name: str, narrowed: set[str], country: str | None
) -> None:
    span = [(0, len(text))]
    (person,) = gather_persons(find_mentions(text, find_names(text, span), span))
    assert person.name == name
    assert (person.offices[0].narrowed, person.offices[0].country) == (narrowed, country)
