from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.text.dates import find_dates, is_age, is_stamp, parse_date, parse_instant


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Published June 19, 2023", "2023-06-19"),
        ("Mon Jun 19 2023", "2023-06-19"),
        ("Published in Dawn, June 19th, 2023", "2023-06-19"),
        ("20 May, 2024", "2024-05-20"),
        ("am 3. März 2021", "2021-03-03"),
        ("le 14 juillet 2020", "2020-07-14"),
        ("el 5 de enero de 2022", "2022-01-05"),
        ("2023-06-19T10:00:00Z", "2023-06-19"),
        ("19.06.2023", "2023-06-19"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("Update 8/22/25, 5:24 p.m. ET", "2025-08-22"),
        ("dinsdag 18 maart 2025", "2025-03-18"),
    ],
)
def test_dates_as_pages_write_them(text: str, iso: str) -> None:
    (found,) = find_dates(text)
    assert found.date.isoformat() == iso


@pytest.mark.parametrize(
    "text", ["03/04/2023", "31 June 2023", "June 2023", "version 1.2.2023.4", "in 2023", "May day"]
)
def test_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


def test_metadata_dates() -> None:
    assert parse_date("2024-10-08T08:00:00+00:00").isoformat() == "2024-10-08"  # type: ignore[union-attr]
    assert parse_date("tomorrow") is None
    assert parse_date(None) is None


@given(st.text())
def test_never_fails_and_stays_inside(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in find_dates(text))


@pytest.mark.parametrize("value", ["1728382800", "1728382800000", " 1728382800.5 "])
def test_seconds_since_1970(value: str) -> None:
    assert parse_date(value).isoformat() == "2024-10-08"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "line",
    [
        "3 hours ago",
        "Updated 2 min 49 sec ago",
        "4 February, 8.12am",
        "March 3, 2023 at 09:14",
        "Jan 30",
        "2025-08-25 10:00",
        "le lundi 29 octobre 2012 à 15h46",
        "Montag, 4. Mai 2020 um 10:30 Uhr",
        "28.oct.2012 | 11:26",
        "13.04.11 23:55",
        "7/8/2015, 4:01:30 PM",
        "2014-12-26T19:15:52",
        "Sep 4th 2012, 12:33 GMT",
        "10:35 AM Wednesday, Aug 18, 2010",
    ],
)
def test_lines_that_say_when_and_nothing_else(line: str) -> None:
    assert is_stamp(line)
    assert is_age(line) == line.endswith("ago")
    assert is_stamp(line, clock=True) == (line != "Jan 30")


@pytest.mark.parametrize(
    "line",
    ["an hour ago", "34 minutes ago at 01:56 pm", "vor 5 Stunden", "il y a 2 heures", "Hace una hora", "há 3 horas", "3 ore fa", "een uur geleden"],
)  # fmt: skip
def test_ages_in_seven_languages(line: str) -> None:
    assert is_age(line) and is_stamp(line, clock=True)


@pytest.mark.parametrize(
    "line",
    [
        "3 hours ago the ferry sank",
        "On March 3, 2023",
        "May 5 men",
        "",
        "ago",
        "10:30",
        "hace falta",
        "il y a",
        "Walt May 5, 2010 11:32 PM",
    ],
)
def test_lines_that_say_more_or_no_day(line: str) -> None:
    assert not is_stamp(line) and not is_age(line)


def test_a_day_between_double_strokes() -> None:
    assert [found.date.isoformat() for found in find_dates("Coast News//August 25, 2025//")] == ["2025-08-25"]
    assert not list(find_dates("1/August 25, 2025/2"))


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-03-04T01:00:00+09:00", "2026-03-03T16:00:00+00:00"),
        ("2026-03-04T01:00Z", "2026-03-04T01:00:00+00:00"),
        ("1772586000", "2026-03-04T01:00:00+00:00"),
        ("2026-03-04T01:00", None),  # whose clock?
        ("2026-03-04", None),
        ("0001-01-01T00:00+14:00", None),
        ("soon", None),
        (None, None),
    ],
)
def test_moments(said: str | None, moment: str | None) -> None:
    found = parse_instant(said)
    assert (found.isoformat() if found else None) == moment
