"""Figures in running text: how many of what, how long, how much, how old, the how-manieth, which day."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.drift.numerals import CLOCK, told
from provcheck.names.roles import is_office

_DURATIONS = frozenset({"hour", "minute"})
_ROUNDING = 0.05  # of a value, that a figure may be off without a word such as "about"
_AGE_REACH = 50  # characters between the start of a name and an age


@dataclass(frozen=True)
class Fact:
    """A number with its unit at its place, and what stands around it.

    unit, alone, near, frame: as in `Numeral`. sentence: the content words of its sentence. who: for an age, the person.
    met: for the length of a meeting, the persons of its sentence; sentences on a meeting are seldom alike.
    """

    article: Article
    start: int
    end: int
    value: float
    unit: str
    rough: bool
    alone: bool
    sentence: frozenset[str]
    near: frozenset[str]
    frame: str
    who: str | None = None
    met: frozenset[str] = frozenset()


def find_facts(article: Article) -> Iterator[Fact]:
    """Figures of the body's sentences."""
    text = article.text
    for start, end in article.sentences:
        sentence = told(text[start:end])
        for first, last, value, unit, rough, alone, near, frame in sentence.numerals:
            place = start + first
            who = _whose(article, place) if unit == "age" else None
            meeting = sentence.meeting and unit in _DURATIONS
            met = _meeting(article, start, end) if meeting else frozenset()
            if unit != "age" or who:
                yield Fact(
                    article,
                    place,
                    start + last,
                    value,
                    unit,
                    rough,
                    alone,
                    sentence.content,
                    near,
                    frame,
                    who,
                    met,
                )


def _whose(article: Article, start: int) -> str | None:
    """The person whose age stands at an offset: the one named just before it, else just after it."""
    for _, person in article.named_between(start - _AGE_REACH, start)[-1:]:
        return person.name
    for mention, person in article.named_between(start, start + _AGE_REACH)[:1]:
        between = article.text[start : mention.start].split()[
            1:
        ]  # "the 46-year-old engineer replaces Juhani Lehtoranta"
        if not any(word.endswith(("s", "ed")) and not is_office(word) for word in between):
            return person.name
    return None


def _meeting(article: Article, start: int, end: int) -> frozenset[str]:
    """The persons of a sentence that tells of a meeting."""
    return frozenset(person.name for _, person in article.named_between(start, end))


def same_value(a: Fact, b: Fact) -> bool:
    """Whether two figures agree: equal, or one a rounding of the other ("over seven hours" for seven and a half)."""
    if math.isclose(a.value, b.value):
        return True
    if a.unit in ("age", "date", "year of", CLOCK) or a.unit.startswith("rank "):
        return False
    coarse, fine = sorted((a, b), key=lambda fact: (len(digits_of(fact.value)), not fact.rough, fact.value))
    digits = len(digits_of(coarse.value)) or 1
    unit = 10.0 ** (
        math.floor(math.log10(coarse.value)) - digits + 1
    )  # of its last digit that tells something
    near = coarse.rough or abs(fine.value - coarse.value) <= _ROUNDING * fine.value
    if near and round(fine.value / unit) * unit == coarse.value:
        return True
    return coarse.rough and abs(fine.value - coarse.value) < unit


def digits_of(value: float) -> str:
    """The digits of a number that tell something: "12" of 1,200."""
    return f"{value:.15g}".split("e")[0].replace(".", "").rstrip("0").lstrip("0")
