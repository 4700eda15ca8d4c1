"""`check: calendar`: days that do not fit: a weekday that the date has not, a “yesterday” that was not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.lexicon.calendar import ENGLISH_MONTH, ENGLISH_WEEKDAYS, MONTH_OF
from provcheck.text.patterns import Pattern

_WEEKDAYS = tuple(day.capitalize() for day in ENGLISH_WEEKDAYS)
_DAY = (
    rf"(?:(?P<m1>{ENGLISH_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{ENGLISH_MONTH}))"
    r"(?!\w|:\d)(?:,? (?P<year>(?:19|20)\d\d))?"
)
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(_WEEKDAYS)})(?:,| \(|,? the)? ?{_DAY}")
_RELATIVE = re.compile(rf"\b(?P<name>[Yy]esterday|[Tt]oday|[Tt]omorrow)(?:,| \()? ?{_DAY}")
_NEAR = r"(?:,| \(|,? the)? ?(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MAY_HOLD = {  # what occurs wherever the above does
    "weekday": Pattern(rf"(?:{'|'.join(_WEEKDAYS)}){_NEAR}"),
    "relative": Pattern(rf"(?:[Yy]esterday|[Tt]oday|[Tt]omorrow){_NEAR}"),
}
_SHIFT = {"yesterday": -1, "today": 0, "tomorrow": 1}
_HALF_YEAR = 183  # days; a day without a year is the one nearest the publication


@dataclass(frozen=True)
class CalendarCheck(Check):
    """Finds days of which one part contradicts the other, as English texts write them.

    of: `weekday` (“Monday, June 20, 2023”, which was a Tuesday) or `relative` (“yesterday (June 12)” in an article of June 20).
    A day without a year is the one nearest the day of publication; without that, it is left alone.
    days: how many days a `relative` day may be off: time zones and late editions.
    """

    of: Literal["weekday", "relative"]
    days: int = 1

    stage: ClassVar[Stage] = 3

    @property
    def needs(self) -> frozenset[str]:  # type: ignore[override]
        return frozenset({"published"}) if self.of == "relative" else frozenset()

    def prefilter(self) -> Pattern:
        return _MAY_HOLD[self.of]

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "said", "was", "published"})

    def find(self, article: Article) -> Iterable[Match]:
        pattern = _WEEKDAY if self.of == "weekday" else _RELATIVE
        published = article.published
        for line in article.body:
            for hit in pattern.finditer(article.text, line.start, line.end):
                day = _day_of(hit, published)
                if day is not None:
                    yield from self._judge(hit, day, published)

    def _judge(self, hit: re.Match[str], day: date, published: date | None) -> Iterator[Match]:
        said = hit["name"]
        values = {"said": said, "published": published.isoformat() if published else "", "was": ""}
        if self.of == "weekday":
            right = _WEEKDAYS[day.weekday()]
            if right != said:
                yield Match(
                    hit.start(), hit.end(), {**values, "was": f"{day.isoformat()} was a {right}"}, right
                )
        elif published is not None:
            meant = published.toordinal() + _SHIFT[said.lower()]
            if (
                abs(day.toordinal() - meant) > self.days
                and date.min.toordinal() <= meant <= date.max.toordinal()
            ):
                right = date.fromordinal(meant).isoformat()
                yield Match(hit.start(), hit.end(), {**values, "was": day.isoformat()}, right)


def _day_of(hit: re.Match[str], published: date | None) -> date | None:
    month = MONTH_OF[(hit["m1"] or hit["m2"])[:3].lower()]
    number = int(hit["d1"] or hit["d2"])
    if hit["year"]:
        return _build(int(hit["year"]), month, number)
    if published is None:
        return None
    near = (_build(published.year + turn, month, number) for turn in (-1, 0, 1))
    return next((day for day in near if day and abs((day - published).days) <= _HALF_YEAR), None)


def _build(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


CHECK = CalendarCheck
