"""Sentences whose every number is masked: what two copies say of one thing with other numbers, whatever those count."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from provcheck.drift.folding import folded
from provcheck.drift.numerals import parse_number
from provcheck.lexicon.calendar import ENGLISH_WEEKDAYS, WEEKDAY_OF
from provcheck.lexicon.numbers import NUMBER_WORDS, ORDINALS
from provcheck.text.words import KEPT_LENGTH, WORD

_PARTS = {
    "half": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fifth": 1 / 5,
    "halves": 1 / 2,
    "thirds": 1 / 3,
    "quarters": 1 / 4,
    "fifths": 1 / 5,
}
_TIMES = {
    "once": 1.0,
    "twice": 2.0,
    "thrice": 3.0,
    "doubled": 2.0,
    "tripled": 3.0,
    "trebled": 3.0,
    "quadrupled": 4.0,
    "halved": 0.5,
}
_WEEKDAYS = {day: float(WEEKDAY_OF[day] + 1) for day in ENGLISH_WEEKDAYS}
_WORDS = "|".join(sorted((*_PARTS, *_TIMES, *_WEEKDAYS, *ORDINALS), key=len, reverse=True))
_SHARES = "|".join(_PARTS)
_COMMA = re.compile(r"^(\d+),(\d{1,2})$")  # before decimals, abroad
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?:\d+(?:[.,:/–-]\d+)*(?:s|st|nd|rd|th|bn|mn|m|k)?|(?:{NUMBER_WORDS})[- ](?:{_SHARES})|(?:{NUMBER_WORDS})(?:(?:[- ]| and )(?:{NUMBER_WORDS}))*|{_WORDS})(?!\w)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SAID = frozenset((*NUMBER_WORDS.split("|"), *_WORDS.split("|")))  # numbers in words
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_FEWEST, _MOST = (
    6,
    6,
)  # words of a sentence besides its numbers, at least; its numbers at most: more are a table
_SENTENCES = 1 << 13  # that are kept


@dataclass(frozen=True, slots=True)
class MaskedNumber:
    """A number at its place in a sentence, in code points. unit: `number`, `weekday`, or `score` for what has marks inside ("3-2"), which no
    rounding makes alike. value: of a score, a number that stands for it.
    """

    start: int
    end: int
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Mask:
    """A sentence without its numbers, and those, from left to right. words: the words between, with # for each number."""

    words: str
    numbers: tuple[MaskedNumber, ...]

    def frames(self) -> Iterator[tuple[str, MaskedNumber]]:
        """Each number, with the sentence in which @ stands for it and # for the others."""
        parts = self.words.split("#")
        for at, number in enumerate(self.numbers):
            yield "#".join(parts[: at + 1]) + "@" + "#".join(parts[at + 1 :]), number


def masked(sentence: str) -> Mask | None:
    """A sentence with its numbers masked; None where it has none, too many of them, or too few other words."""
    return _masked(sentence) if len(sentence) <= KEPT_LENGTH else _masked.__wrapped__(sentence)


@lru_cache(_SENTENCES)
def _masked(sentence: str) -> Mask | None:
    """Copies of a story have most sentences in common: each is read once."""
    words = WORD.findall(sentence)
    if len(words) < _FEWEST or not _may_hold_numbers(sentence, words):
        return None
    numbers, parts, at = [], [], 0
    for match in _NUMBER.finditer(sentence):
        numbers.append(_number(match))
        parts.append(_plain(sentence[at : match.start()]))
        at = match.end()
        if len(numbers) > _MOST:
            return None
    parts.append(_plain(sentence[at:]))
    if not numbers or sum(len(part.split()) for part in parts) < _FEWEST:
        return None
    return Mask("#".join(parts), tuple(numbers))


def _may_hold_numbers(sentence: str, words: Sequence[str]) -> bool:
    """A quick look, which spares most sentences the long one."""
    return _DIGIT.search(sentence) is not None or not _SAID.isdisjoint(map(str.lower, words))


def _plain(text: str) -> str:
    return " ".join(map(folded, WORD.findall(text)))


def _number(match: re.Match[str]) -> MaskedNumber:
    said = match[0].casefold()
    unit, value = "number", parse_number(_COMMA.sub(r"\1.\2", said))
    if said in _WEEKDAYS:
        unit, value = "weekday", _WEEKDAYS[said]
    elif (share := _PARTS.get(re.split("[- ]", said)[-1])) is not None:
        value = share * (parse_number(re.split("[- ]", said)[0]) or 1.0)  # "two-thirds"
    elif value is None or (said[0].isdecimal() and not _DIGITS.match(said)):
        value = _TIMES.get(said) or ORDINALS.get(said)
    if value is None:
        unit, value = "score", float(zlib.crc32(said.encode()))
    return MaskedNumber(match.start(), match.end(), float(value), unit)
