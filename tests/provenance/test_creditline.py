"""Lines of names, days, roles and agencies, in the orders of many houses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.checker import Result
from provcheck.provenance.creditline import is_person, read_credit_line, stands_beside

STORY = (
    "The council of Nordhaven voted on Tuesday to rebuild the east pier, which was closed after a storm tore away forty metres of it.\n\n"
    "Mayor Ilse Brandvold said the work would start in May and cost two million euros, most of it paid by the coastal fund."
)


@pytest.mark.parametrize(
    ("line", "names", "day"),
    [
        ("Ana Moll-Brandt · Coast News · Posted: Jan 31, 2024 5:00 AM AST | Last Updated: January 31", ["Ana Moll-Brandt"], "2024-01-31"),
        ("Mar 13, 2024 Updated 3 hrs ago", [], "2024-03-13"),
        ("By Carolina Moreno | Jan 31, 2024", ["Carolina Moreno"], "2024-01-31"),
        ("Min-ji Park | Jan 31, 2024", ["Min-ji Park"], "2024-01-31"),
        ("Tue 20 May 2025 // 11:27 UTC", [], "2025-05-20"),
        ("Feb. 15, 2024, 6 a.m. CST", [], "2024-02-15"),
        ("6:41 pm on 18 June 2025", [], "2025-06-18"),
        ("Posted 6:58 AM, Jun 27, 2024 and last updated 12:21 PM, Jun 27, 2024", [], "2024-06-27"),
        ("September 8, 2024 by Kerisha Moll", ["Kerisha Moll"], "2024-09-08"),
        ("By Ana Brandt and Theo Okonjo | Oct. 26, 2023, 1:14 a.m.", ["Ana Brandt", "Theo Okonjo"], "2023-10-26"),
        ("By Ana Brandt @anabrandt Local Democracy Reporter", ["Ana Brandt"], None),
        ("Kelly-Ann Brandt , News Reporter", ["Kelly-Ann Brandt"], None),
        ("Ana Brandt and agencies", ["Ana Brandt"], None),
        ("Lukas Prantner, 6. Mai 2025, 11.20 Uhr (aktualisiert: 6. Mai 2025, 15.05 Uhr)", ["Lukas Prantner"], "2025-05-06"),
        ("02. Oktober 2024 | Logistik | von Tobias Wennemann", ["Tobias Wennemann"], "2024-10-02"),
        ("Par Solène Guerbault, correspondante à Nordhaven - lundi 3 février 2025 à 08h15", ["Solène Guerbault"], "2025-02-03"),
        ("A. Muñoz-Ferrán | VILLARES DEL MAR | 27/03/2025", ["A. Muñoz-Ferrán"], "2025-03-27"),
        ("Nélson Figueirinhas • 30 abr 2023 • 23:41", ["Nélson Figueirinhas"], "2023-04-30"),
        ("Geplaatst: dinsdag 18 maart 2025, 15:48. Laatste update: 17:30", [], "2025-03-18"),
        ("Olivia BrandtMarch 15, 2019 6:00 AM", ["Olivia Brandt"], "2019-03-15"),
        ("Par Cécile Brandt(Nordhaven, bureau européen)", ["Cécile Brandt"], None),
        ("Ana Brandt NEW YORK TIMES - Mar 13, 2024", ["Ana Brandt"], "2024-03-13"),
        ("By Ana Brandt And Theo Okonjo, The Associated Press", ["Ana Brandt", "Theo Okonjo"], None),
        ("Patricio Brandt | Palma de Mallorca | 08/01/2014", ["Patricio Brandt"], None),
    ],
)  # fmt: skip
def test_who_and_when(check: Callable[..., Result], line: str, names: list[str], day: str | None) -> None:
    said = check(f"Pier to be rebuilt\n\n{line}\n\n{STORY}", title="Pier to be rebuilt").record.provenance
    assert [byline.name for byline in said.bylines] == names
    assert (said.published.date if said.published else None) == day


@pytest.mark.parametrize(
    "line",
    [
        "The deal of June 19, 2023",
        "June 19, 2023: Harbour Day",
        "Harbour Day 19 June 2023",
        "By Monday the water had gone.",
        "Saturday, March 2",
        "23.51 CET",
        "World News",
        "(Lea Moll / AP)",
        "by Increased Harbour Duties",
        "Originally published via Harbour Prose:",
        "x" * 400,
    ],
)
def test_lines_that_say_more_or_less(line: str) -> None:
    assert read_credit_line(line) is None


def test_names_alone_need_a_day_or_a_role_beside_them(check: Callable[..., Result]) -> None:
    alone = check(f"Pier to be rebuilt\n\nAna Moll-Brandt and Joe Pike\n\n{STORY}").record.provenance
    assert not alone.bylines
    beside = check(f"Pier to be rebuilt\n\nAna Moll-Brandt and Joe Pike\n8 March 2024, 16:20\n\n{STORY}")
    assert [each.name for each in beside.record.provenance.bylines] == ["Ana Moll-Brandt", "Joe Pike"]


@pytest.mark.parametrize(
    ("above", "below", "found"),
    [
        ("", "", True),
        ("News > Nordhaven\n\n", "", True),
        ("The pier has been closed since the storm of March.\n\n", "", True),
        ("", "\n\nMeenal Tewari covers harbours. She previously reported for public radio in Maren.", True),
        ("", "\n\nTewari had asked for the money in March.", False),
        (
            "The pier has been closed since the storm of March.\n\nThe fund had said that it would not pay for it.\n\n",
            "",
            False,
        ),
    ],
)
def test_a_lone_name_above_the_story_of_somebody_else(
    check: Callable[..., Result], above: str, below: str, found: bool
) -> None:
    """Whether the page tells of its author below does not matter; whether the story does, does."""
    said = check(f"{above}Meenal Tewari\n\n{STORY}{below}", title="Pier to be rebuilt").record.provenance
    assert [each.name for each in said.bylines] == (["Meenal Tewari"] if found else [])


@pytest.mark.parametrize(
    ("run", "body", "person"),
    [
        ("Hannah Peverell", "", True),
        ("Premier League", "", False),
        ("Coast Tribune", "", False),
        ("Altamira del Duero", "Los vecinos viven en Altamira del Duero.", False),
        ("HANNAH PEVERELL", "", True),
        ("HANNAH PEVERELL SPEAKS OUT", "", False),
        ("HARBOUR ABLAZE", "", False),
        ("Ana Brandt e Lea Moll", "", True),
        ("Hannah", "", False),
    ],
)
def test_whose_name_it_can_be(run: str, body: str, person: bool) -> None:
    assert is_person(run, body) is person


def test_the_outlet_does_not_write_itself() -> None:
    assert not is_person("Merrin Vale", outlet={"merrin vale"})


@given(st.text(max_size=200))
def test_any_line_is_read_or_left(line: str) -> None:
    said = read_credit_line(line)
    assert said is None or all(0 <= start < end <= len(line) for start, end in said.names)


@pytest.mark.parametrize(
    "line",
    [
        "Reviewed by Hanna Peverell, MD",
        "Illustration by Hanna Peverell",
        "By Hanna Peverell/WireImage.",
        "AP Photo/Hanna Peverell",
        "Hanna Peverell / AP",
        "Director: Hanna Peverell",
    ],
)
def test_who_drew_shot_or_checked_is_no_author(check: Callable[..., Result], line: str) -> None:
    found = check(f"Pier to be rebuilt\n\n{line}\n\n{STORY}", title="Pier to be rebuilt")
    assert not found.article.provenance.bylines


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("-- Hanna Peverell", ["Hanna Peverell"]),
        ("--Hanna Peverell and Ana Moll, with assistance from Lea Brandt in Maren.", ["Hanna Peverell", "Ana Moll", "Lea Brandt"]),
        ("Write to Hanna Peverell at hanna@coast.example", ["Hanna Peverell"]),
        ("Hanna Peverell: 206-555-0134 or hanna@coast.example", ["Hanna Peverell"]),
        ("(Hanna Peverell/hanna@coast.example)", ["Hanna Peverell"]),
    ],
)  # fmt: skip
def test_who_signs_below_the_story_is_its_author(
    check: Callable[..., Result], line: str, names: list[str]
) -> None:
    found = check(f"{STORY}\n\n{STORY.replace('Tuesday', 'Monday')}\n\n{line}")
    assert [byline.name for byline in found.article.provenance.bylines] == names


def test_a_byline_below_a_long_caption_belongs_to_the_head(check: Callable[..., Result]) -> None:
    caption = " ".join(
        f"A drawing of the pier number {n} shows what it may look like when it is built." for n in range(6)
    )
    found = check(f"{caption}\n\nBy Hanna Peverell | hanna@coast.example | Coast News\n\n{STORY}")
    assert [byline.name for byline in found.article.provenance.bylines] == ["Hanna Peverell"]


@pytest.mark.parametrize(
    "beside",
    ["Published", "Last updated", "5 min read", "posted 30 mins ago", "Add a comment", "Opinion writer"],
)
def test_a_lone_name_between_the_controls_of_a_page_is_the_authors(
    check: Callable[..., Result], beside: str
) -> None:
    text = f"Pier to be rebuilt\n\nStewart Moll\n\n{beside}\n\n{STORY}"
    assert stands_beside(beside)
    assert [each.name for each in check(text).record.provenance.bylines] == ["Stewart Moll"]
    told = text + "\n\nMoll, who leads the works, did not answer."
    assert not check(told).record.provenance.bylines or beside == "Opinion writer"


def test_controls_say_nothing_of_anybody() -> None:
    assert not stands_beside("The pier will be rebuilt")
    assert not stands_beside("Stewart Moll")
    assert not stands_beside("")
