"""The distinct words of each document as bags: how often each stands in narration and in quotes, as a name and otherwise.

Eight bytes a word, so that the bags of a whole collection are at hand for pairs in any order; large ones lie in a temporary file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provcheck.arrays.distinct import distinct
from provcheck.arrays.speedup import Compiled
from provcheck.groups.frequencies import Frequencies
from provcheck.groups.longarray import LongArray
from provcheck.groups.shared import Shared
from provcheck.groups.sketch import Sketch
from provcheck.groups.tokens import CAPITAL, NUMBER
from provcheck.groups.words import Floats, Ints, Keys, Words, columns_of, grouped, rows_of

BAGS = ("words", "narration", "names", "plain", "numbers", "quoted")  # plain: narration that is no name
STORY = len(BAGS)  # the bag of all words in which those of the lead and of the title weigh more
WORDS = BAGS.index("words")
_CELLS = ((0, 10), (10, 7), (17, 7), (24, 5))  # bits of an entry: plain, names; plain in quotes, names there
_NUMBER, _LEAD, _TITLE = np.uint32(1 << 29), np.uint32(1 << 30), np.uint32(1 << 31)
_LEAD_WORDS, _LEAD_WEIGHT = 100, 2.0  # the first words say what a story is about
_TITLE_WEIGHT = 3.0
_COLUMN = np.uint64(32)
_MOST = sum((1 << bits) - 1 for _, bits in _CELLS)
TOLD: Floats = np.concatenate([[0.0], 1 + np.log(np.arange(1, _MOST + 1))])  # what so many occurrences weigh
_RESIDENT = 1 << 28  # bytes, about, of files that are in memory before they are let go
_PAGES = 1 << 16  # bytes that the system maps when a document is looked at
_WORTH = 20_000  # pairs from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiledpairs", _WORTH)
Entries = npt.NDArray[np.uint32]
Columns = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Sums:
    """For each pair and each of `BAGS`: the products of the weights of the words that both have, and the rarities of those words."""

    dots: Floats
    overlaps: Floats


class WordBags:
    """The bags of some documents. Rows are documents; the words of each, `column << 32 | entry` (rising), are those from `bounds[row]` to
    `bounds[row + 1]`.

    rarities: of each column. lengths: of the vectors of `(1 + log count) * rarity`, rows by `BAGS` and `STORY`. masses: the sum of the
    rarities, rows by `BAGS`.
    """

    def __init__(
        self, bounds: Ints, words: LongArray[np.uint64], rarities: Floats, lengths: Floats, masses: Floats
    ) -> None:
        self.bounds, self._words = bounds, words
        self.rarities, self.lengths, self.masses = rarities, lengths, masses
        self.size = len(bounds) - 1
        self._presence = np.sqrt(rarities)
        self._looked_at = 0

    @classmethod
    def of(
        cls, words: Words, columns: Ints, sketches: Sequence[Sketch], frequencies: Frequencies
    ) -> WordBags:
        """columns: of each word among the `frequencies`. Words of a title count where any document has them in its body."""
        found = grouped(words.documents, columns)
        keys, entries = _with_titles(
            found.keys, _entries(words, found.place, len(found.keys)), sketches, frequencies
        )
        at, mine = columns_of(keys), rows_of(keys)
        rarities = frequencies.rarities[at]
        lengths, masses = np.empty((words.size, len(BAGS) + 1)), np.empty((words.size, len(BAGS)))
        for bag in range(len(BAGS) + 1):
            weights = weights_of(entries, bag) * rarities
            lengths[:, bag] = np.sqrt(np.bincount(mine, weights * weights, minlength=words.size))
            if bag != STORY:
                masses[:, bag] = np.bincount(mine, rarities * (weights > 0), minlength=words.size)
        bounds = np.searchsorted(mine, np.arange(words.size + 1))
        packed = LongArray.of((keys << _COLUMN) | entries.astype(np.uint64))
        return cls(bounds, packed, frequencies.rarities, lengths, masses)

    @classmethod
    def joined(cls, parts: Iterable[WordBags], rarities: Floats) -> WordBags:
        """The documents of all parts, whose columns mean the same."""
        words = LongArray(np.uint64)
        many: list[Ints] = []
        lengths, masses = [np.empty((0, len(BAGS) + 1))], [np.empty((0, len(BAGS)))]
        for part in parts:
            words.add(part.words)
            many.append(np.diff(part.bounds))
            lengths.append(part.lengths)
            masses.append(part.masses)
        bounds = np.concatenate([[0], np.cumsum(np.concatenate([np.empty(0, np.int64), *many]))])
        return cls(bounds, words, rarities, np.concatenate(lengths), np.concatenate(masses))

    @property
    def words(self) -> Keys:
        return self._words.whole

    def close(self) -> None:
        self._words.close()

    def sums(self, left: Ints, right: Ints) -> Sums:
        """What pairs of documents have in common, bag by bag."""
        found = Sums(np.zeros((len(left), len(BAGS))), np.zeros((len(left), len(BAGS))))
        compiled = _compiled.module(len(left))
        if compiled is not None:
            compiled.word_sums(
                self.bounds, self.words, self.rarities, self._presence, TOLD, left, right, found.dots, found.overlaps
            )  # fmt: skip
            self._rest(len(left))
            return found
        shared, entries, columns = self._shared(left, right)
        rarities, presence = self.rarities[columns], self._presence[columns]
        for bag in range(len(BAGS)):
            weights = weights_of(entries, bag)
            found.dots[:, bag] = shared.dots(weights * rarities)
            found.overlaps[:, bag] = shared.dots(presence * (weights > 0))
        return found

    def cosines(self, bag: int, left: Ints, right: Ints, dots: Floats) -> Floats:
        """Of pairs, from the products of their weights."""
        length = self.lengths[left, bag] * self.lengths[right, bag]
        length[length == 0] = 1
        found: Floats = dots / length
        return found

    def story_cosines(self, left: Ints, right: Ints) -> Floats:
        """The cosine of all words, those of lead and title counting more."""
        compiled = _compiled.module(len(left))
        if compiled is None:
            shared, entries, columns = self._shared(left, right)
            dots = shared.dots(weights_of(entries, STORY) * self.rarities[columns])
        else:
            dots = np.zeros(len(left))
            compiled.story_sums(
                self.bounds, self.words, self.rarities, TOLD, _LEAD_WEIGHT, _TITLE_WEIGHT, left, right, dots
            )  # fmt: skip
            self._rest(len(left))
        return self.cosines(STORY, left, right, dots)

    def take(self, documents: Ints) -> WordBags:
        """Those of some documents."""
        self._rest(len(documents))
        lengths = self.bounds[documents + 1] - self.bounds[documents]
        bounds = np.concatenate([[0], np.cumsum(lengths)])
        place = np.arange(bounds[-1]) + np.repeat(self.bounds[documents] - bounds[:-1], lengths)
        words = LongArray.of(self.words[place])
        return WordBags(bounds, words, self.rarities, self.lengths[documents], self.masses[documents])

    def _shared(self, left: Ints, right: Ints) -> tuple[Shared, Entries, Columns]:
        """The plain way: the shared words of pairs, and the words of all documents of those pairs."""
        inside = distinct(np.concatenate([left, right]))
        part = self.take(inside)
        columns, entries = part.part(0, part.size)
        keys = np.repeat(np.arange(part.size), np.diff(part.bounds)).astype(np.uint64) << _COLUMN
        keys |= columns.astype(np.uint64)
        one, other = np.searchsorted(inside, left), np.searchsorted(inside, right)
        return Shared(keys, part.bounds, one, other), entries, columns

    def part(self, start: int, stop: int) -> tuple[Columns, Entries]:
        """Columns and entries of the words of neighbouring documents."""
        self._rest(stop - start)
        words = self.words[self.bounds[start] : self.bounds[stop]]
        return (words >> _COLUMN).astype(np.int32), words.astype(np.uint32)

    def _rest(self, looked_at: int) -> None:
        """Let go of what was read of large files, now and then: it counts as memory, and the system has it at hand."""
        self._looked_at += looked_at
        if self._looked_at * _PAGES > _RESIDENT:
            self._looked_at = 0
            self._words.rest()


def weights_of(entries: Entries, bag: int) -> Floats:
    """What words weigh in a bag by how often they stand there, rarity aside; 0 where they do not."""
    if bag != STORY:
        found: Floats = TOLD[counts_of(entries, bag)]
        return found
    weights: Floats = TOLD[counts_of(entries, WORDS)] + _LEAD_WEIGHT * ((entries & _LEAD) != 0)
    weights += _TITLE_WEIGHT * ((entries & _TITLE) != 0)
    return weights


def counts_of(entries: Entries, bag: int) -> Ints:
    """How often words stand in one of `BAGS`."""
    plain, names, quoted, quoted_names = (
        ((entries >> np.uint32(first)) & np.uint32((1 << bits) - 1)).astype(np.int64)
        for first, bits in _CELLS
    )
    match BAGS[bag]:
        case "words":
            return plain + names + quoted + quoted_names
        case "narration":
            return plain + names
        case "names":
            return names + quoted_names
        case "plain":
            return plain
        case "numbers":
            return np.where(entries & _NUMBER, names + quoted_names, 0)
        case _:
            return quoted + quoted_names


def _entries(words: Words, place: Ints, many: int) -> Entries:
    """place: of each word among the distinct ones, of which there are so many."""
    named = (words.flags & (CAPITAL | NUMBER)) != 0
    entries = np.zeros(many, dtype=np.uint32)
    cells = (
        words.narration & ~named,
        words.narration & named,
        ~words.narration & ~named,
        ~words.narration & named,
    )
    for (first, bits), cell in zip(_CELLS, cells, strict=True):
        counts = np.minimum(np.bincount(place[cell], minlength=many), (1 << bits) - 1)
        entries |= counts.astype(np.uint32) << np.uint32(first)
    lead = np.arange(len(place)) - words.offsets[words.documents] < _LEAD_WORDS
    entries[place[(words.flags & NUMBER) != 0]] |= _NUMBER
    entries[place[lead]] |= _LEAD
    return entries


def _with_titles(
    keys: Keys, entries: Entries, sketches: Sequence[Sketch], frequencies: Frequencies
) -> tuple[Keys, Entries]:
    """The distinct words of documents, and those of their titles that some body has."""
    rows = np.repeat(np.arange(len(sketches)), [len(sketch.title) for sketch in sketches])
    nothing = np.empty(0, dtype=np.uint32)
    columns = frequencies.columns(np.concatenate([nothing, *(sketch.title for sketch in sketches)]))
    known = columns >= 0
    titled = np.sort(rows[known].astype(np.uint64) << np.uint64(32) | columns[known].astype(np.uint64))
    at = np.searchsorted(keys, titled)
    there = np.zeros(len(titled), dtype=np.bool_)
    inside = at < len(keys)
    there[inside] = keys[at[inside]] == titled[inside]
    entries[at[there]] |= _TITLE
    return np.insert(keys, at[~there], titled[~there]), np.insert(entries, at[~there], _TITLE)
