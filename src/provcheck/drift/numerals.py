"""The figures of one sentence, read word by word: numbers in digits and in words, and what each counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from provcheck.drift.folding import folded
from provcheck.drift.units import NO_UNIT, SPREAD, UNIT_OF
from provcheck.lexicon.calendar import ENGLISH_MONTH, ENGLISH_MONTHS, MONTH_OF, SHORT_MONTHS
from provcheck.lexicon.numbers import FRACTIONS, NUMBER_WORDS, ORDINALS, SCALES, SHORT_SCALES, VALUES
from provcheck.text.words import KEPT_LENGTH, WORD, content_words

NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?(?:[- ]\d/\d|[½¼¾])?(?: ?(?:hundred|thousand|lakh|crore|million|billion|trillion|dozen|bn|bln|mn|mln|tn|trln)\b|[mk]\b)?"
    rf"|(?:{NUMBER_WORDS})(?:(?:[- ]| and )(?:{NUMBER_WORDS}))*(?: and a (?:half|quarter))?|half an?|an?(?= (?:hour|dozen)))"
)
_LONG_NUMBER = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|a (?:hundred|thousand)\b|(?:{NUMBER_WORDS})(?:(?:[- ]| and )(?:{NUMBER_WORDS}))+)(?!\w)",
    re.IGNORECASE,
)
_ROUGH = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|more than|at least|up to|fewer than|less than|under) $",
    re.IGNORECASE,
)
_ENDS_ROUGH = frozenset(
    "about around some nearly almost roughly approximately over than least to under".split()
)
_LONGEST_ROUGH = 16  # characters
_FIGURE = re.compile(
    rf"(?P<number>{NUMBER})(?P<unit>%| per ?cent\b|(?:[- ](?:(?-i:[A-Z])[\w.-]*|other|more|young|new))?[- ](?P<noun>(?:(?:square|cubic) )?[a-z]{{2,}})(?!\w))?",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[- ]points?\b", re.IGNORECASE)
_OF_POINTS = ("percentage point", "basis point")
_CURRENCIES, _JOINING = "$€£", ".,/$€£-"
_YEARS_AND_MONTHS = re.compile(
    rf"\b(?P<years>{NUMBER}) years?(?:,| and) (?P<months>{NUMBER}) months?\b", re.IGNORECASE
)
_HOURS_AND_MINUTES = re.compile(
    rf"\b(?P<hours>{NUMBER}|an?) hours?,? and (?:(?P<minutes>{NUMBER}) minutes?|(?P<part>a (?:half|quarter)))\b",
    re.IGNORECASE,
)
_PARTS = {"a half": 0.5, "a quarter": 0.25}
_HOUR_WORDS = ("hour", "hours")
_MONTH_WORDS = ("month", "months", "Month", "Months", "MONTH", "MONTHS")
_MONTHS = frozenset(name.capitalize() for name in (*ENGLISH_MONTHS, *SHORT_MONTHS))
_YEARS = re.compile(r"\b(?:in|since|until|of|by|from) (?P<year>(?:19|20)\d\d)(?![\w,-])")
_TIME = re.compile(r"(?<![\d:.,/-])\d{1,2}(?::[0-9]{2}){1,2}(?:\.\d{1,2})?(?![\d:/-])")
CLOCK = "time"  # of the day, or of a race: what it tells of shows in its frame alone
_AGED = re.compile(r"\baged? (\d{1,3})\b(?! to\b|[-–])")
_YEARS_OLD = re.compile(r"(?<![\d,.-])\b(\d{1,3})-year-old\b")
_AGE_BETWEEN_COMMAS = re.compile(r", (\d{2}),")
_RANK = re.compile(
    rf"\b(?:(?P<word>{'|'.join(ORDINALS)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))[ -](?P<noun>[a-z]{{4,}})"
)
_DAY = re.compile(
    rf"\b(?:(?P<m1>{ENGLISH_MONTH}) (?P<d1>\d{{1,2}})(?!\d|,\d)|(?P<d2>\d{{1,2}}) (?P<m2>{ENGLISH_MONTH}))(?!\w)"
)
# "an hour more than expected", "two miles behind" are differences: no figures of the event.
_DIFFERENCE = re.compile(r",? (?:more|less|fewer|longer|shorter)\b", re.IGNORECASE)
_DISTANCE = re.compile(r",? (?:earlier|later|ahead|behind|before|after|ago)\b", re.IGNORECASE)
_MEETING = frozenset(
    "talk talks talked meet meets met meeting discussion discussions discuss discussed spoke speak negotiation negotiations session "
    "dinner interview debate hearing call".split()
)
_DIGIT = re.compile(r"[\d½¼¾]")
_OPEN_NUMBERS = frozenset((*VALUES, *SCALES, "half", "a", "an"))
_FIGURE_WORDS = frozenset((*VALUES, *SCALES, *ORDINALS, "half", "hour", "hours", "dozens"))
_CENTURIES = ("19", "20")
_DAYS = 31
_MOST = 1e18  # a longer number counts nothing that news tells of
_AROUND = 6  # words on each side of a figure that say what it counts
_NOUN_LETTERS = 6
_FRAME = 4  # words at least of a sentence that tells of one thing wherever it stands
_SENTENCES = 1 << 13  # whose figures are kept


class Numeral(NamedTuple):
    """A figure at its place in a sentence, in code points.

    unit: what is counted; `age`, `rank …`, `date` (value: month * 100 + day), `year of` (a calendar year), `time` (hours), a currency.
    alone: no other figure of this unit stands in the sentence. near: the content words of the six words on each side. frame: the sentence
    without the figure; empty where it has too few words to be another's only by being the same.
    """

    start: int
    end: int
    value: float
    unit: str
    rough: bool
    alone: bool
    near: frozenset[str]
    frame: str


@dataclass(frozen=True)
class Told:
    """What a sentence with figures tells: those, its content words, and whether it tells of a meeting."""

    numerals: tuple[Numeral, ...]
    content: frozenset[str]
    meeting: bool


_NOTHING = Told((), frozenset(), meeting=False)
_Found = tuple[int, int, float, str, bool]  # start, end, value, unit, rough


def told(sentence: str) -> Told:
    """What a sentence tells in figures."""
    return _told(sentence) if len(sentence) <= KEPT_LENGTH else _told.__wrapped__(sentence)


@lru_cache(_SENTENCES)
def _told(sentence: str) -> Told:
    """Copies of a story have most sentences in common: each is read once."""
    words = WORD.findall(sentence)
    found = list(_in_sentence(sentence, words)) if _may_hold_figures(sentence, words) else []
    if not found:
        return _NOTHING
    counted = Counter(unit for *_, unit, _ in found)
    numerals = []
    for first, last, value, unit, rough in found:
        before, after = WORD.findall(sentence, 0, first), WORD.findall(sentence, last)
        near = content_words((*before[-_AROUND:], *after[:_AROUND]))
        frame = (
            " ".join((*map(folded, before), "#", *map(folded, after)))
            if len(before) + len(after) >= _FRAME
            else ""
        )
        numerals.append(Numeral(first, last, value, unit, rough, counted[unit] == 1, near, frame))
    return Told(tuple(numerals), content_words(words), not _MEETING.isdisjoint(words))


def _may_hold_figures(sentence: str, words: Sequence[str]) -> bool:
    """A quick look: most sentences hold no digit and no word for a number, and are spared the rest."""
    return _DIGIT.search(sentence) is not None or not _FIGURE_WORDS.isdisjoint(word.lower() for word in words)


def _in_sentence(sentence: str, words: Sequence[str]) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    for first, last, value, unit in _named(sentence, frozenset(words)):
        taken.append((first, last))
        yield first, last, value, unit, False
    for first, last, value, unit, rough in _counted(sentence):
        if not any(a < last and first < b for a, b in taken):
            yield first, last, value, unit, rough


def _named(sentence: str, words: frozenset[str]) -> Iterator[tuple[int, int, float, str]]:
    """Ages, ranks, days and years, whose number needs no unit after it; each is looked for where its words stand."""
    digits = _DIGIT.search(sentence) is not None
    yield from _spans_and_ranks(sentence, words, digits)
    if digits:
        yield from _in_digits(sentence, words)


def _spans_and_ranks(
    sentence: str, words: frozenset[str], digits: bool
) -> Iterator[tuple[int, int, float, str]]:
    if not words.isdisjoint(_MONTH_WORDS):
        for match in _YEARS_AND_MONTHS.finditer(sentence):
            years, months = parse_number(match["years"]), parse_number(match["months"])
            if years is not None and months is not None:
                yield match.start(), match.end(), 12 * years + months, "month"
    if not words.isdisjoint(_HOUR_WORDS):
        for match in _HOURS_AND_MINUTES.finditer(sentence):
            hours, part = parse_number(match["hours"]), _PARTS.get((match["part"] or "").lower())
            minutes = parse_number(match["minutes"] or "")
            if hours is not None and part is not None:
                yield match.start(), match.end(), hours + part, "hour"
            elif hours is not None and minutes is not None:
                yield match.start(), match.end(), 60 * hours + minutes, "minute"
    if digits or not words.isdisjoint(ORDINALS):
        for match in _RANK.finditer(sentence):
            value = float(ORDINALS[match["word"]] if match["word"] else match["digits"])
            yield match.start(), match.end(), value, f"rank {match['noun'][:_NOUN_LETTERS]}"


def _in_digits(sentence: str, words: frozenset[str]) -> Iterator[tuple[int, int, float, str]]:
    for match in _ages(sentence, words):
        yield match.start(), match.end(), float(match[1]), "age"
    if not words.isdisjoint(_MONTHS):
        for match in _DAY.finditer(sentence):
            month, day = (match["m1"] or match["m2"])[:3].lower(), int(match["d1"] or match["d2"])
            if 1 <= day <= _DAYS:
                yield match.start(), match.end(), float(MONTH_OF[month] * 100 + day), "date"
    if any(len(word) == 4 and word[:2] in _CENTURIES for word in words):
        for match in _YEARS.finditer(sentence):
            yield match.start("year"), match.end(), float(match["year"]), "year of"
    if ":" in sentence:
        for match in _TIME.finditer(sentence):
            parts = (float(part) for part in match[0].split(":"))
            yield match.start(), match.end(), sum(part * 60**-at for at, part in enumerate(parts)), CLOCK


def _ages(sentence: str, words: frozenset[str]) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    if "aged" in words or "age" in words:
        found += _AGED.finditer(sentence)
    if "old" in words:
        found += _YEARS_OLD.finditer(sentence)
    found += (
        m for m in _AGE_BETWEEN_COMMAS.finditer(sentence) if "a" <= sentence[m.start() - 1 : m.start()] <= "z"
    )
    return sorted(found, key=re.Match.start)


def _counted(sentence: str) -> Iterator[_Found]:
    """Numbers that count something, from left to right, with the word before that makes them rough."""
    done, before = 0, ""
    for token in WORD.finditer(sentence):
        previous, before = before, token.group().lower()
        if not (before in _OPEN_NUMBERS or before[0].isdecimal()) or token.start() < done:
            continue
        start = token.start()
        first = _sign_before(sentence, start, done)
        if first is None and start and sentence[start - 1] in _JOINING:
            continue
        match = _FIGURE.match(sentence, start)
        if match is None:
            continue
        number = parse_number(match["number"])
        if first is None:
            first, last, counted = start, match.end(), _unit(match)
            points = _POINTS.match(sentence, last) if counted in _OF_POINTS else None
            last = points.end() if points else last
        else:
            last, counted = match.end("number"), sentence[first]
        rough = None
        if previous in _ENDS_ROUGH:
            rough = _ROUGH.search(sentence, max(done, first - _LONGEST_ROUGH), first)
        done = match.end()
        if number and counted and not _is_difference(sentence, last, counted):
            yield (rough.start() if rough else first), last, number, counted, rough is not None


def _is_difference(sentence: str, last: int, unit: str) -> bool:
    """Whether a number that ends there says how far two things lie apart; of what is counted ("12 people after a raid") it does not."""
    return bool(_DIFFERENCE.match(sentence, last) or (unit in SPREAD and _DISTANCE.match(sentence, last)))


def _sign_before(sentence: str, start: int, done: int) -> int | None:
    """The place of the sign of a currency before a number."""
    at = start - 2 if sentence[start - 1 : start] == " " else start - 1
    return at if at >= done and sentence[at] in _CURRENCIES else None


def _unit(match: re.Match[str]) -> str | None:
    if match["unit"] is None:
        return None
    noun = (match["noun"] or "").casefold()
    if not noun or match["unit"].casefold().replace(" ", "") == "percent":
        return "percent"
    if noun == "percentage":
        return "percentage point" if _POINTS.match(match.string, match.end()) else "percent"
    if noun in NO_UNIT or noun in SCALES or noun in VALUES:
        return None
    power, _, bare = noun.rpartition(" ")  # "square kilometres"
    return f"{power} {UNIT_OF.get(bare, bare)}".strip() if power else _unit_of(noun)


def _unit_of(noun: str) -> str:
    return UNIT_OF.get(noun, noun.rstrip("s")[:_NOUN_LETTERS])


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
        value += FRACTIONS.get(match[4] or "", 0.0)
        value *= (SCALES | SHORT_SCALES).get(match[5] or "", 1.0)
        return value if value < _MOST else None
    return _spelled(text)


def _spelled(text: str) -> float | None:
    total: float = 0.0
    current: float = 0.0
    extra = 0.5 if text.endswith("and a half") else 0.25 if text.endswith("and a quarter") else 0.0
    for word in re.split(r"[\s-]+", text.removesuffix("and a half").removesuffix("and a quarter").strip()):
        if word in VALUES:
            current += VALUES[word]
        elif word == "hundred":
            current = (current or 1.0) * 100
        elif word in SCALES:
            total += (current or 1.0) * SCALES[word]
            current = 0.0
        elif word != "and":
            return None
    return total + current + extra


def in_digits(text: str) -> str:
    """A text in which numbers of more than a word, and those with commas, stand in digits: "twenty-five", "a hundred", "1,000"."""
    return _LONG_NUMBER.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    number = parse_number(match[0].casefold().removeprefix("a "))
    return match[0] if number is None else f"{number:.15g}"
