from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import provcheck
from provcheck.checker import Checker
from provcheck.groups.sketch import Sketch, sketch
from provcheck.groups.templates import templated
from provcheck.model import Document
from provcheck.settings import GroupSettings

BRIEF = (
    "{name} on {day} reported third-quarter earnings of ${profit} million, after reporting a profit of ${before} million in the same period a year earlier.\n\n"
    "The {city}-based company said it had profit of {share} cents per share. Earnings, adjusted for one-time gains, were {adjusted} cents per share.\n\n"
    "The maker of pumps posted revenue of ${revenue} million in the period, up {growth} percent from a year earlier.\n\n"
    "Shares of {name} have risen {risen} percent since the beginning of the year and closed at ${price} on {day}."
)
FIRMS = [
    {"name": "Calder Pumps", "day": "Tuesday", "city": "Nordhaven", "profit": "41.2", "before": "38.9", "share": "52", "adjusted": "55",
     "revenue": "310.4", "growth": "7", "risen": "12", "price": "61.20"},
    {"name": "Maren Works", "day": "Thursday", "city": "Lorne", "profit": "18.7", "before": "22.5", "share": "31", "adjusted": "29",
     "revenue": "145.9", "growth": "3", "risen": "4", "price": "28.75"},
    {"name": "Skellan Marine", "day": "Monday", "city": "Inchmarnock", "profit": "96.0", "before": "71.3", "share": "88", "adjusted": "91",
     "revenue": "804.1", "growth": "15", "risen": "26", "price": "140.10"},
]  # fmt: skip


def sketches(*texts: str) -> list[Sketch]:
    checker, settings = Checker(), GroupSettings()
    return [
        sketch(checker.check(Document(id=str(n), text=text)).article, settings)
        for n, text in enumerate(texts)
    ]


def apart(a: str, b: str) -> bool:
    there, back = templated(sketches(a, b), np.array([0, 1]), np.array([1, 0])).tolist()
    assert there == back
    return bool(there)


def test_briefs_of_three_companies_are_three_reports() -> None:
    assert all(apart(BRIEF.format(**one), BRIEF.format(**other)) for one, other in combinations(FIRMS, 2))


def test_a_copy_that_was_brought_up_to_date_stays_one() -> None:
    later = FIRMS[0] | {"profit": "41.4", "price": "61.90"}
    assert not apart(BRIEF.format(**FIRMS[0]), BRIEF.format(**later))


def test_respelled_names_and_other_ways_to_write_a_number_are_no_other_figures() -> None:
    one = (
        "The harbour of Nordhaven took in 640,000 tonnes on 27/3, the 19th day of the strike, said its master.\n\n"
        "Seven ships waited outside the mole for 3 days in March, and 17m was lost by their owners, he said on Friday."
    )
    other = (
        "The harbour of Nurdhavn took in 640 thousand tonnes on 27/3, the 19 day of the strike, said its master.\n\n"
        "7 ships waited outside the mole for three days in March, and 17 million was lost by their owners, he said on Friday."
    )
    assert not apart(one, other)


def test_a_scan_makes_neither_a_group_nor_a_story_of_a_template(tmp_path: Path) -> None:
    texts = [BRIEF.format(**firm) for firm in FIRMS]
    texts.append(texts[0].replace("The maker of pumps", "The maker of pumps and valves"))
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    report = provcheck.scan([tmp_path])
    assert [[Path(member.id).stem for member in group.members] for group in report.groups] == [["0", "3"]]
    assert [[Path(name).stem for name in story.documents] for story in report.stories] == [["0", "3"]]


@given(st.sets(st.integers(0, 10), max_size=2))
def test_two_changed_figures_part_nothing(places: set[int]) -> None:
    text = BRIEF.format(**FIRMS[0])
    numbers = list(re.finditer(r"\d+(?:\.\d+)?", text))
    changed = text
    for at in sorted((place % len(numbers) for place in places), reverse=True):
        match = numbers[at]
        changed = changed[: match.start()] + str(9000 + at) + changed[match.end() :]
    assert not apart(text, changed)


def test_long_tables_are_looked_at_in_part() -> None:
    """Rows by the thousand took the square of their number, and one row of all of them more."""
    for end in (".\n", ", and "):
        rows = [
            end.join(f"The harbour took in {n * step} tonnes of herring on day {n}" for n in range(4_000))
            for step in (3, 7)
        ]
        assert len(templated(sketches(*rows), np.array([0]), np.array([1]))) == 1
