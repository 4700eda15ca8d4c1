"""Bylines and datelines as the papers of many countries write them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from provcheck.checker import Result

HERE = Path(__file__).parent
STORY = (
    "The council of Nordhaven voted on Tuesday to rebuild the east pier, which was closed after a storm tore away forty metres of it.\n\n"
    "Mayor Ilse Brandvold said the work would start in May and cost two million euros, most of it paid by the coastal fund."
)


def rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if row]


@pytest.mark.parametrize(("line", "names"), rows("bylines.tsv"))
def test_the_names_of_a_byline(check: Callable[..., Result], line: str, names: str) -> None:
    found = check(f"{line}\n\n{STORY}", title="Pier to be rebuilt").record.provenance.bylines
    assert ";".join(byline.name for byline in found) == names


@pytest.mark.parametrize(("start", "place", "agency"), rows("datelines.tsv"))
def test_the_place_and_agency_of_a_dateline(
    check: Callable[..., Result], start: str, place: str, agency: str
) -> None:
    found = check(f"{start} {STORY}", title="Pier to be rebuilt").record.provenance.dateline
    assert found is not None
    assert (found.place or "", found.agency or "") == (place, agency)


@pytest.mark.parametrize(
    "label", ["READ ALSO:", "WATCH:", "PUBLISHED:", "EXCLUSIVE:", "HOST:", "FACT CHECK:", "Sir —"]
)
def test_labels_are_no_datelines(check: Callable[..., Result], label: str) -> None:
    assert check(f"{label} {STORY}").record.provenance.dateline is None


def test_the_dateline_that_names_an_agency_counts(check: Callable[..., Result]) -> None:
    text = f"MORE NEWS: the harbour is full of boats again\n\nNORDHAVEN (Reuters) - {STORY}"
    found = check(text).record.provenance.dateline
    assert found is not None and (found.place, found.agency) == ("NORDHAVEN", "Reuters")


@pytest.mark.parametrize(
    ("line", "names", "agencies"),
    [
        ("With inputs from Ana Brandt in Delhi", ["Ana Brandt"], []),
        ("(With inputs from PTI)", [], ["PTI"]),
        ("(With inputs from Coast News Network)", [], ["Coast News Network"]),
        ("Additional reporting: Ana Brandt", ["Ana Brandt"], []),
        ("—WITH A REPORT FROM ANA BRANDT", ["ANA BRANDT"], []),
    ],
)
def test_who_helped(check: Callable[..., Result], line: str, names: list[str], agencies: list[str]) -> None:
    said = check(f"{STORY}\n\n{line}").record.provenance
    assert [(b.name, b.role) for b in said.bylines] == [(name, "additional-reporting") for name in names]
    assert [credit.name for credit in said.agencies] == agencies
