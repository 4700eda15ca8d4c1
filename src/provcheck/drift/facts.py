"""Figures in running text: how many of what, how long, how much, how old, the how-manieth, which day."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.drift.masks import masked
from provcheck.drift.numerals import CLOCK, told
from provcheck.names.roles import is_office

_NO_NAMES = frozenset[str]()
_DURATIONS = frozenset({"hour", "minute"})
_ROUNDING = 0.05  # of a value, that a figure may be off without a word such as "about"
_EXACT = frozenset({"age", "date", "year of", "weekday", "score", CLOCK})  # units without roundings
_AGE_REACH = 50  # characters between the start of a name and an age


@dataclass(frozen=True)
class Fact:
    """A number with its unit at its place, and what stands around it.

    unit, alone, near, frame: as in `Numeral`; of a number that counts nothing known, `number`, `score` or `weekday`, with the frame of
    `masks.Mask`. sentence: the content words of its sentence. who: for an age, the person.
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
    """Figures of the body's sentences: those that count something, and other numbers where the sentence may be another copy's, too."""
    text = article.text
    for start, end in article.sentences:
        counted = list(_counted(article, start, end))
        yield from counted
        mask = masked(text[start:end])
        for frame, number in mask.frames() if mask is not None else ():
            first, last = start + number.start, start + number.end
            if not any(fact.start < last and first < fact.end for fact in counted):
                yield Fact(
                    article, first, last, number.value, number.unit, False, True, _NO_NAMES, _NO_NAMES, frame
                )


def _counted(article: Article, start: int, end: int) -> Iterator[Fact]:
    """The figures of a sentence that count something; ages where it names whose they are."""
    sentence = told(article.text[start:end])
    for numeral in sentence.numerals:
        place, unit = start + numeral.start, numeral.unit
        who = _whose(article, place) if unit == "age" else None
        if unit == "age" and not who:
            continue
        meeting = sentence.meeting and unit in _DURATIONS
        yield Fact(
            article,
            place,
            start + numeral.end,
            numeral.value,
            unit,
            numeral.rough,
            numeral.alone,
            sentence.content,
            numeral.near,
            numeral.frame,
            who,
            _meeting(article, start, end) if meeting else _NO_NAMES,
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
    if a.unit in _EXACT or a.unit.startswith("rank ") or not (a.value and b.value):
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
