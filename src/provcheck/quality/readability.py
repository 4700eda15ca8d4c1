"""Readability figures equal to textstat's, from one pass of counts.

textstat cleans the whole text anew for every figure and fetches a corpus at first use. Here each word's
syllables are looked up once, in a table that ships with the package (from the CMU Pronouncing Dictionary,
as textstat's are, with pyphen for the words that are not in it), and all figures share the counts.
A test holds every figure to textstat's own on the same table.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import numpy as np

from provcheck.arrays.wordtable import WordTable
from provcheck.quality.hyphens import Hyphens
from provcheck.resources import data_file

_APOSTROPHE_OUTSIDE = re.compile(r"'(?![tsd]|ve|ll|re)")
_PUNCTUATION = re.compile(r"[^\w\s']")
_ASCII_PUNCTUATION = {code: None for code in range(128) if _PUNCTUATION.match(chr(code))}
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_WORDLY = re.compile(r"\w")


@dataclass(frozen=True)
class _Formula:
    """Flesch's constants and the syllables of a "difficult" word, for one language (textstat's table)."""

    base: float = 206.835
    length: float = 1.015
    syllables: float = 84.6
    difficult: int = 3


_FORMULAS = {
    "en": _Formula(),
    "de": _Formula(180, 1, 58.5),
    "es": _Formula(206.84, 1.02, 60.0),
    "fr": _Formula(207, 1.015, 73.6),
    "it": _Formula(217, 1.3, 60.0),
    "nl": _Formula(206.835, 0.93, 77),
    "pl": _Formula(difficult=4),
    "ru": _Formula(206.835, 1.3, 60.1),
    "hu": _Formula(206.835, 1.015, 58.5, 5),
    "pt": _Formula(),
}
METRICS = (
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "gunning_fog",
    "smog_index",
    "automated_readability_index",
    "coleman_liau_index",
    "dale_chall_readability_score",
    "lix",
)


def measure(text: str, language: str) -> Mapping[str, float]:
    """The figures of `METRICS` for a text in one of the languages above; empty for others and for no words.

    Rounded to four places. English alone has Dale-Chall and Fog scores worth the name: the easy words
    are English, so the two are left out elsewhere.
    """
    formula = _FORMULAS.get(language)
    if formula is None:
        return {}
    plain = _without_punctuation(_APOSTROPHE_OUTSIDE.sub("", text) if "'" in text else text)
    if not plain or plain.isspace():
        return {}
    return {name: round(value, 4) for name, value in _figures(text, plain, formula, language).items()}


def _without_punctuation(text: str) -> str:
    """Without what is neither a letter, a digit, white space nor an apostrophe."""
    return text.translate(_ASCII_PUNCTUATION) if text.isascii() else _PUNCTUATION.sub("", text)


def _figures(text: str, plain: str, formula: _Formula, language: str) -> dict[str, float]:
    known, words, written = _words_of(language), plain.split(), text.split()
    numbers = known.numbers(words)
    told, unfamiliar = known.syllables[numbers], known.unfamiliar[numbers]
    count, sentences = len(words), _count_sentences(text)
    per_sentence, per_word = count / sentences, int(told.sum()) / count
    letters = [len(word) for word in plain.replace("'", "").split()]
    figures = {
        "flesch_reading_ease": formula.base - formula.length * per_sentence - formula.syllables * per_word
        if per_word
        else 0.0,
        "flesch_kincaid_grade": 0.39 * per_sentence + 11.8 * per_word - 15.59 if per_word else 0.0,
        "smog_index": (1.043 * (30 * (int((told >= 3).sum()) / sentences)) ** 0.5) + 3.1291,
        "automated_readability_index": 4.71 * (sum(map(len, written)) / len(written))
        + 0.5 * per_sentence
        - 21.43,
        "coleman_liau_index": 0.058 * (sum(letters) / count * 100) - 0.296 * (sentences / count * 100) - 15.8,
        "lix": per_sentence + 100 * sum(length > 6 for length in letters) / count,
    }
    if language == "en":
        hard = 100 * int((unfamiliar & (told >= formula.difficult)).sum()) / count
        share = 100 * int(unfamiliar.sum()) / count
        figures["gunning_fog"] = 0.4 * (per_sentence + hard)
        figures["dale_chall_readability_score"] = (
            0.1579 * share + 0.0496 * per_sentence + (3.6365 if share > 5 else 0.0)
        )
    return {name: figures[name] for name in METRICS if name in figures}


def _count_sentences(text: str) -> int:
    """Runs up to an end mark that hold more than two words; at least one."""
    return max(1, sum(_has_three_words(sentence) for sentence in _SENTENCE.findall(text)))


def _has_three_words(sentence: str) -> bool:
    pieces = filter(_WORDLY.search, sentence.split())
    return next(islice(pieces, 2, None), None) is not None


class _Words(WordTable):
    """Syllables of each word as it is written, and whether it is not an easy word."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.syllables = self.column(np.int32)
        self.unfamiliar = self.column(np.bool_)
        self._language = language
        self._easy = _easy_words(language)
        self._told = _syllable_table() if language == "en" else {}

    @cached_property
    def _hyphens(self) -> Hyphens:
        return Hyphens("en_US" if self._language == "en" else self._language)

    def facts(self, word: str) -> tuple[int, bool]:
        word = word.lower()
        syllables = self._told.get(word)
        return self._hyphens.count(word) + 1 if syllables is None else syllables, word not in self._easy


_words_of = cache(_Words)


@cache
def _syllable_table() -> dict[str, int]:
    """Words whose syllables differ from what pyphen says: one line for each count, `count word word …`."""
    table: dict[str, int] = {}
    with gzip.open(data_file("syllables-en.txt.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            count, _, words = line.rstrip("\n").partition(" ")
            table.update(dict.fromkeys(words.split(" "), int(count)))
    return table


def _easy_words(language: str) -> frozenset[str]:
    """textstat's list of easy words, read beside the package: importing textstat imports all of nltk."""
    spec = find_spec("textstat")
    if language != "en" or spec is None or spec.origin is None:
        return frozenset()
    path = Path(spec.origin).parent / "resources" / "en" / "easy_words.txt"
    return frozenset(line.strip() for line in path.read_text("utf-8").splitlines())
