"""Two reports made from one template: the same sentences, with other figures at the same places."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein

from provcheck.groups.sketch import Sketch
from provcheck.groups.tokens import CAPITAL, NUMBER
from provcheck.groups.words import Bools, Ints
from provcheck.lexicon.background import stem_of
from provcheck.lexicon.calendar import MONTH_OF, WEEKDAY_OF
from provcheck.lexicon.numbers import COUNTED

_CHANGED = 3  # figures at the same place that differ, at least
_ALIKE = 0.6  # likeness (Dice) of the plain words of two sentences that tell of the same thing
_NEARLY = 0.8  # of two that are one, but for what their figures say
_SHORTEST, _LONGEST = 4, 120  # words of a sentence that is compared; longer ones are tables
_SENTENCES = 150  # of an article, from its first, that are compared
# What stands in the frame of a sentence for a figure and for a name; hashes of words are greater.
_FIGURE, _NAME = 1, 2
# Glued to numbers by some houses and not by others.
_MARKS = "st nd rd th s k m mn bn tn am pm pc km c f e er h gb".split()
_WITH_MARKS = (
    *range(300),
    *range(300, 1_000, 50),
)  # numbers that have them most: a table of all takes time at the start
_UNMISTAKABLE = 5  # letters of the name of a month or day that is nothing else in small letters


def templated(sketches: Sequence[Sketch], left: Ints, right: Ints) -> Bools:
    """Which pairs of some documents were made from one template, by their places among the sketches."""
    told: dict[int, Told] = {}
    found = np.zeros(len(left), dtype=np.bool_)
    for at, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        for place in (a, b):
            if place not in told:
                told[place] = Told(sketches[place])
        found[at] = from_one_template(told[a], told[b])
    return found


def from_one_template(a: Told, b: Told) -> bool:
    """Whether two articles tell of two things in the same words: reports of another quarter, match, storm or company.

    Of the figures at the same place of sentences that are each other's counterparts more differ than agree, and three or more differ where
    the sentences are nearly the same. Days and months are figures; one that stands elsewhere in the other sentence is no other figure. A
    copy that was brought up to date, translated or reworded keeps most of its figures (of 10,513 such pairs of real news this parts one).
    """
    if len(a.figures - b.figures) < _CHANGED or len(b.figures - a.figures) < _CHANGED:
        return False
    kept = changed = plainly = 0
    for one, other, likeness in _counterparts(a.sentences, b.sentences):
        same, different = _slots(one, other)
        kept, changed = kept + same, changed + different
        plainly += different if likeness >= _NEARLY else 0
    return plainly >= _CHANGED and changed > kept


@dataclass(frozen=True, slots=True)
class Sentence:
    """frame: its words in order, as hashes of stems, with `_FIGURE` and `_NAME` for those; figures: what stands at the former, in order."""

    frame: tuple[int, ...]
    figures: tuple[int, ...]

    @property
    def plain(self) -> frozenset[int]:
        return frozenset(word for word in self.frame if word > _NAME)


class Told:
    """What one article tells, as the search for templates looks at it; worked out when it is asked for."""

    def __init__(self, sketch: Sketch) -> None:
        self._sketch = sketch

    @cached_property
    def figures(self) -> frozenset[int]:
        """Numbers, days and months, each once."""
        known, loose = _figure_stems(), _loose_figure_stems()
        stems, flags = self._sketch.stems.tolist(), self._sketch.flags.tolist()
        return frozenset(
            known.get(stem, stem)
            for stem, flag in zip(stems, flags, strict=True)
            if flag & NUMBER or (stem in known and (stem in loose or flag))
        )

    @cached_property
    def sentences(self) -> Sequence[tuple[Sentence, frozenset[int]]]:
        """Its sentences, with the plain words of each."""
        return tuple((each, each.plain) for each in islice(_sentences(self._sketch), _SENTENCES))


def _sentences(sketch: Sketch) -> Iterator[Sentence]:
    bounds = np.flatnonzero(np.diff(sketch.sentences, prepend=-1, append=-1)).tolist()
    columns = (sketch.stems, sketch.flags, sketch.starts, sketch.ends)
    for first, last in pairwise(bounds):
        if _SHORTEST <= last - first <= _LONGEST:
            yield _sentence(zip(*(column[first:last].tolist() for column in columns), strict=True))


def _sentence(words: Iterable[tuple[int, int, int, int]]) -> Sentence:
    """Of words as stem, flags, start and end. Numbers with one character between them ("640,000", "3-2") are one."""
    known, loose, zeros = _figure_stems(), _loose_figure_stems(), _zeros()
    frame, figures, end = list[int](), list[int](), -2
    for stem, flags, start, stop in words:
        if flags & NUMBER and start == end + 1:
            if stem not in zeros:  # 640,000 is 640 thousand
                figures[-1] = (figures[-1] * 31 + stem) & 0xFFFFFFFF
        elif flags & NUMBER or (stem in known and (flags or stem in loose)):
            frame.append(_FIGURE)
            figures.append(known.get(stem, stem))
        else:
            frame.append(_NAME if flags & CAPITAL else stem)
        end = stop if flags & NUMBER else -2
    return Sentence(tuple(frame), tuple(figures))


def _counterparts(
    a: Sequence[tuple[Sentence, frozenset[int]]], b: Sequence[tuple[Sentence, frozenset[int]]]
) -> Iterator[tuple[Sentence, Sentence, float]]:
    """Sentences that are each other's best counterparts, and how alike their plain words are (Dice, 0 to 1)."""
    best: dict[int, tuple[float, int]] = {}
    for i, (_, one) in enumerate(a):
        likeness, at = max(((_dice(one, other), -j) for j, (_, other) in enumerate(b)), default=(0.0, 0))
        if likeness >= _ALIKE and likeness > best.get(-at, (0.0, 0))[0]:
            best[-at] = likeness, i
    for j, (likeness, i) in sorted(best.items()):
        yield a[i][0], b[j][0], likeness


def _dice(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def _slots(one: Sentence, other: Sentence) -> tuple[int, int]:
    """How many figures at the same place are kept, and how many are others."""
    if one == other:
        return len(one.figures), 0
    kept = changed = 0
    for step in Levenshtein.opcodes(one.frame, other.frame):
        if step.tag in ("equal", "replace"):
            mine = _within(one, step.src_start, step.src_end)
            theirs = _within(other, step.dest_start, step.dest_end)
            for x, y in zip(mine, theirs, strict=False):
                same = x == y or x in other.figures or y in one.figures
                kept, changed = kept + same, changed + (not same)
    return kept, changed


def _within(sentence: Sentence, start: int, end: int) -> Sequence[int]:
    """The figures that stand in a part of a sentence's frame."""
    before = sentence.frame[:start].count(_FIGURE)
    return sentence.figures[before : before + sentence.frame[start:end].count(_FIGURE)]


def _hash(word: str) -> int:
    return zlib.crc32(stem_of(word.casefold()).encode())


@cache
def _figure_stems() -> dict[int, int]:
    """The stems of months, days and counted numbers, with what they are compared by."""
    names = {name: f"month {number}" for name, number in MONTH_OF.items()}
    names |= {day.removesuffix("-feira"): f"day {number}" for day, number in WEEKDAY_OF.items()}
    names |= {word: str(number) for word, number in COUNTED.items()}
    names |= {f"{number}{mark}": str(number) for number in _WITH_MARKS for mark in _MARKS}
    return {_hash(name): zlib.crc32(value.encode()) for name, value in names.items()}


@cache
def _loose_figure_stems() -> frozenset[int]:
    """Those that are figures in small letters, too."""
    long = [name for name in (*MONTH_OF, *WEEKDAY_OF) if len(name) > _UNMISTAKABLE]
    return frozenset(_hash(name) for name in (*long, *COUNTED))


@cache
def _zeros() -> frozenset[int]:
    return frozenset(_hash("0" * many) for many in range(1, 4))
