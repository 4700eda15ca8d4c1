"""Figures in running text: how many of what, how long, how much, how old, the how-manieth, which day."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.text import WORD, content_words

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUE = {word: float(n) for n, word in enumerate(_ONES)} | {
    w: 10.0 * n for n, w in enumerate(_TENS) if w != "_"
}
_SCALE = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "lakh": 1e5,
    "crore": 1e7,
}
_SHORT_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_FRACTION = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_ORDINAL = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_MONTH = {
    m[:3]: n
    for n, m in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
# Words that mean one thing to count; any other noun counts itself.
_UNITS = {
    "hour": "hour hours hr hrs", "minute": "minute minutes min mins", "day": "day days", "week": "week weeks",
    "month": "month months", "year": "year years", "percent": "% percent percentage", "km": "km kilometer kilometers kilometre kilometres",
    "mile": "mile miles", "tonne": "ton tons tonne tonnes",
    "people": "people persons", "dead": "dead deaths killed fatalities victims bodies", "injured": "injured wounded hurt injuries",
    "arrest": "arrest arrests arrested detained", "$": "dollar dollars", "€": "euro euros", "£": "pound pounds",
    "home": "homes houses buildings",
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_NO_UNIT = frozenset(
    "and or of the in on at to for from with by as but that than more less most other others ago later earlier times per cent am pm "
    "was were is are has have had said who which when while after before".split()
)
_NUMBER_WORD = "|".join(sorted([*_VALUE, *_SCALE], key=len, reverse=True))
NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?(?:[- ]\d/\d|[½¼¾])?(?: ?(?:hundred|thousand|lakh|crore|million|billion|trillion|dozen|bn|mn|tn)\b|[mk]\b)?"
    rf"|(?:{_NUMBER_WORD})(?:(?:[- ]| and )(?:{_NUMBER_WORD}))*(?: and a (?:half|quarter))?|half an?|an?(?= (?:hour|dozen)))"
)
_ROUGH = r"(?P<rough>about|around|some|nearly|almost|roughly|approximately|over|more than|at least|up to|fewer than|less than|under)"
_FIGURE = re.compile(
    rf"(?:\b{_ROUGH} )?(?:(?P<sum>[$€£] ?)|(?<![\w.,/$€£-]))(?P<number>{NUMBER})(?P<unit>%| per ?cent\b|(?:[- ](?:(?-i:[A-Z])[\w-]*|other|more|young|new))?[- ](?P<noun>[a-z]{{2,}})(?!\w))?",
    re.IGNORECASE,
)
_YEARS_AND_MONTHS = re.compile(
    rf"\b(?P<years>{NUMBER}) years?(?:,| and) (?P<months>{NUMBER}) months?\b", re.IGNORECASE
)
_MONTH_NAME = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_YEARS = re.compile(r"\b(?:in|since|until|of|by|from) (?P<year>(?:19|20)\d\d)(?![\w,-])")
_AGE = re.compile(
    r"\baged? (?P<a>\d{1,3})\b(?! to\b|[-–])|(?<![\d,.-])\b(?P<b>\d{1,3})-year-old\b|(?<=[a-z]), (?P<c>\d{2}),"
)
_RANK = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINAL)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))[ -](?P<noun>[a-z]{{4,}})"
)
_DAY = re.compile(
    rf"\b(?:(?P<m1>{_MONTH_NAME}) (?P<d1>\d{{1,2}})(?!\d|,\d)|(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH_NAME}))(?!\w)"
)
# "an hour more than expected" is a difference: no figure of the event.
_DIFFERENCE = re.compile(
    r",? (?:more|less|fewer|earlier|later|longer|shorter|ahead|behind|before|after|ago)\b", re.IGNORECASE
)
_MEETING = frozenset(
    "talk talks talked meet meets met meeting discussion discussions discuss discussed spoke speak negotiation negotiations session "
    "dinner interview debate hearing call".split()
)
_DIGIT = re.compile(r"[\d½¼¾]")
_FIGURE_WORDS = frozenset(
    word
    for word in (*_VALUE, *_SCALE, *_ORDINAL, "half", "hour", "hours", "dozens")
    for word in word.split("-")
)
_DURATIONS = frozenset({"hour", "minute"})
_DAYS = 31
_MOST = 1e18  # a longer number counts nothing that news tells of
_AROUND = 6  # words on each side of a figure that say what it counts
_NOUN_LETTERS = 6
_ROUNDING = 0.05  # of a value, that a figure may be off without a word such as "about"
_AGE_REACH = 50  # characters between the start of a name and an age


@dataclass(frozen=True)
class Fact:
    """A number with its unit at its place, and what stands around it.

    unit: what is counted; `age`, `rank …`, `date` (value: month * 100 + day), `year of` (a calendar year), a currency.
    alone: no other figure of this unit stands in the sentence. sentence: the content words of its sentence. near: those of the six words on each side. who: for an age, the person.
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
    who: str | None = None
    met: frozenset[str] = frozenset()


def parse_number(text: str) -> float | None:
    """The value of "7-1/2", "1,200", "seven and a half", "two million", "3.5bn"; None if it is none."""
    text = text.casefold().strip()
    if text in ("a", "an"):
        return 1.0
    if text.startswith("half a"):
        return 0.5
    match = re.match(r"(\d[\d,]*(?:\.\d+)?)(?:[- ](\d)/(\d)|([½¼¾]))?(?: ?([a-z]+))?$", text)
    if match:
        value = float(match[1].replace(",", ""))
        if match[2] and float(match[3]):
            value += float(match[2]) / float(match[3])
        value += _FRACTION.get(match[4] or "", 0.0)
        value *= (_SCALE | _SHORT_SCALE).get(match[5] or "", 1.0)
        return value if value < _MOST else None
    return _spelled(text)


def _spelled(text: str) -> float | None:
    total: float = 0.0
    current: float = 0.0
    extra = 0.5 if text.endswith("and a half") else 0.25 if text.endswith("and a quarter") else 0.0
    for word in re.split(r"[\s-]+", text.removesuffix("and a half").removesuffix("and a quarter").strip()):
        if word in _VALUE:
            current += _VALUE[word]
        elif word == "hundred":
            current = (current or 1.0) * 100
        elif word in _SCALE:
            total += (current or 1.0) * _SCALE[word]
            current = 0.0
        elif word != "and":
            return None
    return total + current + extra


def find_facts(article: Article) -> Iterator[Fact]:
    """Figures of the body's sentences."""
    text = article.text
    for start, end in article.sentences:
        words = WORD.findall(text, start, end)
        found = list(_in_sentence(text, start, end)) if _may_hold_figures(text, start, end, words) else ()
        if not found:
            continue
        counted = Counter(unit for *_, unit, _ in found)
        content = content_words(words)
        for first, last, value, unit, rough in found:
            before = WORD.findall(text, start, first)[-_AROUND:]
            after = WORD.findall(text, last, end)[:_AROUND]
            near = content_words((*before, *after))
            who = _whose(article, first) if unit == "age" else None
            meeting = unit in _DURATIONS and not _MEETING.isdisjoint(words)
            met = _meeting(article, start, end) if meeting else frozenset()
            if unit != "age" or who:
                alone = counted[unit] == 1
                yield Fact(article, first, last, value, unit, rough, alone, content, near, who, met)


def _may_hold_figures(text: str, start: int, end: int, words: Sequence[str]) -> bool:
    """A quick look: most sentences hold no digit and no word for a number, and are spared the expressions."""
    return _DIGIT.search(text, start, end) is not None or not _FIGURE_WORDS.isdisjoint(
        word.lower() for word in words
    )


def _in_sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int, float, str, bool]]:
    taken: list[tuple[int, int]] = []
    for first, last, value, unit in _named(text, start, end):
        taken.append((first, last))
        yield first, last, value, unit, False
    for match in _FIGURE.finditer(text, start, end):
        first, last = match.start(), match.end("number" if match["sum"] else 0)
        if any(a < last and first < b for a, b in taken):
            continue
        number, counted = parse_number(match["number"]), _unit(match)
        if number and counted and not _DIFFERENCE.match(text, last):
            yield first, last, number, counted, bool(match["rough"])


def _named(text: str, start: int, end: int) -> Iterator[tuple[int, int, float, str]]:
    """Ages, ranks, days and years, whose number needs no unit after it."""
    for match in _YEARS_AND_MONTHS.finditer(text, start, end):
        years, months = parse_number(match["years"]), parse_number(match["months"])
        if years is not None and months is not None:
            yield match.start(), match.end(), 12 * years + months, "month"
    for match in _RANK.finditer(text, start, end):
        value = float(_ORDINAL[match["word"]] if match["word"] else match["digits"])
        yield match.start(), match.end(), value, f"rank {match['noun'][:_NOUN_LETTERS]}"
    if not _DIGIT.search(text, start, end):
        return  # the others are written in digits
    for match in _AGE.finditer(text, start, end):
        yield match.start(), match.end(), float(match["a"] or match["b"] or match["c"]), "age"
    for match in _DAY.finditer(text, start, end):
        month, day = (match["m1"] or match["m2"])[:3].lower(), int(match["d1"] or match["d2"])
        if 1 <= day <= _DAYS:
            yield match.start(), match.end(), float(_MONTH[month] * 100 + day), "date"
    for match in _YEARS.finditer(text, start, end):
        yield match.start("year"), match.end(), float(match["year"]), "year of"


def _unit(match: re.Match[str]) -> str | None:
    if match["sum"]:
        return match["sum"].strip()
    if match["unit"] is None:
        return None
    noun = (match["noun"] or "").casefold()
    if not noun or match["unit"].casefold().replace(" ", "") == "percent":
        return "percent"
    if noun in _NO_UNIT or noun in _SCALE or noun in _VALUE:
        return None
    return _UNIT_OF.get(noun, noun.rstrip("s")[:_NOUN_LETTERS])


def _whose(article: Article, start: int) -> str | None:
    """The person whose age stands at an offset: the one named just before it, else just after it."""
    before = article.named_between(start - _AGE_REACH, start)[-1:]
    for _, person in before or article.named_between(start, start + _AGE_REACH)[:1]:
        return person.name
    return None


def _meeting(article: Article, start: int, end: int) -> frozenset[str]:
    """The persons of a sentence that tells of a meeting."""
    return frozenset(person.name for _, person in article.named_between(start, end))


def same_value(a: Fact, b: Fact) -> bool:
    """Whether two figures agree: equal, or one a rounding of the other ("over seven hours" for seven and a half)."""
    if math.isclose(a.value, b.value):
        return True
    if a.unit in ("age", "date", "year of") or a.unit.startswith("rank "):
        return False
    coarse, fine = sorted((a, b), key=lambda fact: (len(_digits(fact.value)), not fact.rough, fact.value))
    digits = len(_digits(coarse.value)) or 1
    unit = 10.0 ** (
        math.floor(math.log10(coarse.value)) - digits + 1
    )  # of its last digit that tells something
    near = coarse.rough or abs(fine.value - coarse.value) <= _ROUNDING * fine.value
    if near and round(fine.value / unit) * unit == coarse.value:
        return True
    return coarse.rough and abs(fine.value - coarse.value) < unit


def _digits(value: float) -> str:
    return f"{value:.15g}".split("e")[0].replace(".", "").rstrip("0").lstrip("0")
