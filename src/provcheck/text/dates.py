"""Dates as news pages write them, in six languages; only those that name a day, a month and a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from provcheck.lexicon.calendar import ANY_MONTH, MONTH_OF

_DAY_FIRST = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? ?(?:de |of |-)?(?P<m1>{ANY_MONTH})\.?,? ?(?:de |del |-)?(?P<y1>\d{{4}})"
_MONTH_FIRST = rf"(?P<m2>{ANY_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
_ISO = r"(?P<y3>\d{4})[-/](?P<n3>\d{2})[-/](?P<d3>\d{2})"
_DOTTED = r"(?P<d4>\d{1,2})\.(?P<n4>\d{1,2})\.(?P<y4>\d{4})"
_SLASHED = r"(?P<p5>\d{1,2})/(?P<q5>\d{1,2})/(?P<y5>\d{4}|\d\d(?=,? \d{1,2}:\d\d))"  # two digits of a year before a time
_GLUED = r"(?<=(?-i:[a-zß-öø-ÿ]))(?=(?-i:(?:\d{1,2} )?[A-Z][a-z]{2}))"  # to the word before: "Ana BrandtMarch 15, 2019"
DATE = re.compile(
    rf"(?:(?<![\w/.-])|(?<=//)|{_GLUED})(?:{_DAY_FIRST}|{_MONTH_FIRST}|{_ISO}|{_DOTTED}|{_SLASHED})(?!\d|/(?!/)|\.\d)",
    re.IGNORECASE,
)
# a day whose year goes without saying
DAY_OF_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th|er|º|\.)? (?:de )?(?:{ANY_MONTH})\b\.?|(?:{ANY_MONTH})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b"
_CLOCK = r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?(?: uhr| hs?)?"
_UNITS = r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)"
_AGO = (
    rf"(?:(?:\d+|an?) {_UNITS},? (?:and )?)+ago|vor (?:\d+|einer|einem) \w+|il y a (?:\d+|une?) \w+|hace (?:\d+|una?) \w+"
    r"|h[áa] (?:\d+|uma?) \w+|(?:\d+|una|un['’]) ?\w+ fa|(?:\d+|een) \w+ geleden"
)
_AGE = re.compile(rf"^\W*(?:updated )?(?:{_AGO})(?: at {_CLOCK})?\W*$", re.I)
_WEEKDAY = (
    r"(?:(?:le |el |il |op |am )?(?:mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|sam|son|lun|mar|mer|jeu|jue|ven|vie|dim|dom|mié|mie|sáb|sab|seg|ter"
    r"|qua|qui|sex|gio|maa|din|woe|vri|zat|zon)\w*\.?,? )?"
)
_ZONE = r"(?: ?(?:GMT|UTC|BST|CES?T|I?ST|[AECMP][SD]T|AE[SD]T))?"
_STAMP = re.compile(
    rf"\W*(?:(?P<first>{_CLOCK}){_ZONE}[\s,|·•-]*(?:on )?)?{_WEEKDAY}(?:{DATE.pattern}|{DAY_OF_MONTH}|\d{{1,2}}\.\d{{1,2}}\.\d\d(?= ))(?:,? \d{{4}})?"
    rf"[\s,|·•T-]*(?:(?:at|um|à|a las|às|alle|om|ore) )?(?:(?P<clock>{_CLOCK}){_ZONE})?\W*$",
    re.I,
)
_LONGEST = 120  # code points of a line that is a stamp or an age
_DIGIT = re.compile(r"\d")
_EPOCH = re.compile(r"[1-3]\d{9}(?:\d{3})?(?:\.\d+)?")  # from 2001 on


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A calendar date and where it stands."""

    date: date
    start: int
    end: int


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateSpan]:
    """Dates in `text[start:end]`, left to right. A slashed date that could be read both ways is left out."""
    stop = len(text) if end is None else end
    if _DIGIT.search(text, start, stop) is None:
        return
    for match in DATE.finditer(text, start, stop):
        found = _read(match)
        if found is not None:
            yield DateSpan(found, match.start(), match.end())


def parse_date(text: str | None) -> date | None:
    """The first date in a metadata value: ISO 8601, any form that `find_dates` knows, or seconds or milliseconds since 1970 (UTC)."""
    if not text:
        return None
    if _EPOCH.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(text.strip()[:10]), UTC).date()
    head = text.strip()[:10]
    try:
        return date.fromisoformat(head)
    except ValueError:
        found = next(find_dates(text), None)
        return found.date if found else None


def parse_instant(text: str | None) -> datetime | None:
    """The moment (UTC) that a metadata value in ISO 8601 with a time and a zone tells, or seconds or milliseconds since 1970."""
    said = (text or "").strip()
    if _EPOCH.fullmatch(said):
        return datetime.fromtimestamp(int(said[:10]), UTC)
    try:
        moment = datetime.fromisoformat(said)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _read(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    if part["y1"]:
        return _build(part["y1"], MONTH_OF[part["m1"].casefold()], part["d1"])
    if part["y2"]:
        return _build(part["y2"], MONTH_OF[part["m2"].casefold()], part["d2"])
    if part["y3"]:
        return _build(part["y3"], part["n3"], part["d3"])
    if part["y4"]:
        return _build(part["y4"], part["n4"], part["d4"])
    first, second = int(part["p5"]), int(part["q5"])
    year = part["y5"] if len(part["y5"]) == 4 else f"20{part['y5']}"
    if first > 12 or first == second:
        return _build(year, second, first)
    return _build(year, first, second) if second > 12 else None


def _build(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_age(line: str) -> bool:
    """Whether a line says how old something is, and nothing else: "3 hours ago", "Updated 2 min 49 sec ago", "hace 3 horas"."""
    return len(line) <= _LONGEST and _AGE.match(line) is not None


def is_stamp(line: str, clock: bool = False) -> bool:
    """Whether a line says when something was written, and nothing else: "3 hours ago", "4 February, 8.12am", "lundi 3 mars 2023 à 9h14".

    clock: only where it tells the time of the day, or how long ago that was.
    """
    if is_age(line):
        return True
    stamp = _STAMP.match(line) if len(line) <= _LONGEST else None
    return stamp is not None and not (clock and stamp["clock"] is None and stamp["first"] is None)
