"""Documents as bags of words and of word runs, weighted by rarity, and what two bags share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from provcheck.groups.frequencies import Frequencies
from provcheck.groups.sketch import Sketch
from provcheck.groups.tokens import CAPITAL, NUMBER
from provcheck.groups.words import (
    Bools,
    Floats,
    Grouped,
    Ints,
    Keys,
    Words,
    columns_of,
    grouped,
    rows_of,
    runs_of,
)
from provcheck.speedup import Compiled

_LENGTH_COUNTED = 3  # the longest runs whose frequency is counted
_WORTH = 20_000  # pairs from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiled", _WORTH)
_FIRST_BITS = np.uint64(33)  # of a run's hash, 31 bits tell runs of one document apart


class Shared:
    """The terms that both documents of a pair have: for each its pair, and its entries in the bag on the two sides."""

    def __init__(self, keys: Keys, bounds: Ints, left: Ints, right: Ints) -> None:
        """keys: sorted terms of all documents, `document << 32 | term`; bounds: where each document's start."""
        self.pairs = len(left)
        compiled = _compiled.module(len(left))
        if compiled is None:
            self.pair, self.one, self.other = _shared(keys, bounds, left, right)
        else:
            lengths = np.diff(bounds)
            room = int(np.minimum(lengths[left], lengths[right]).sum())
            found = tuple(np.empty(room, dtype=np.int64) for _ in range(3))
            many = compiled.shared(keys, bounds, left, right, *found)
            self.pair, self.one, self.other = (each[:many] for each in found)

    def dots(self, weights: Floats) -> Floats:
        """For each pair the sum over shared terms of the product of the two weights."""
        products = weights[self.one] * weights[self.other]
        return _summed(self.pair, products, self.pairs)


def _summed(rows: Ints, weights: Floats, size: int) -> Floats:
    return np.bincount(rows, weights, minlength=size).astype(np.float64)


def _shared(keys: Keys, bounds: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    one, pair_one = _spread(bounds, left)
    other, pair_other = _spread(bounds, right)
    mine = (pair_one.astype(np.uint64) << np.uint64(32)) | (keys[one] & np.uint64(0xFFFFFFFF))
    theirs = (pair_other.astype(np.uint64) << np.uint64(32)) | (keys[other] & np.uint64(0xFFFFFFFF))
    at = np.searchsorted(theirs, mine)
    at[at == len(theirs)] = 0
    both = theirs[at] == mine if len(theirs) else np.zeros(len(mine), dtype=np.bool_)
    return pair_one[both], one[both], other[at[both]]


def _spread(bounds: Ints, documents: Ints) -> tuple[Ints, Ints]:
    """The entries of some documents one after the other, and for each entry the place of its document."""
    lengths = bounds[documents + 1] - bounds[documents]
    place = np.repeat(np.arange(len(documents)), lengths)
    within = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return bounds[documents][place] + within, place


class Terms:
    """The distinct terms of each document, and the rarity of each; bags count some of their occurrences."""

    def __init__(self, found: Grouped, rarities: Floats, size: int) -> None:
        self.index, self.keys, self.rarities, self.size = found.place, found.keys, rarities, size
        self.rows = rows_of(found.keys)
        self.bounds: Ints = np.searchsorted(self.rows, np.arange(size + 1))

    def shared(self, left: Ints, right: Ints) -> Shared:
        return Shared(self.keys, self.bounds, left, right)

    def bag(self, keep: Bools | None = None) -> Bag:
        """All occurrences, or those that are kept."""
        index = self.index if keep is None else self.index[keep]
        return Bag(self, np.bincount(index, minlength=len(self.keys)))


class Bag:
    """How often each document has each of its terms."""

    def __init__(self, terms: Terms, counts: Ints) -> None:
        self._terms = terms
        self._here = counts > 0
        self._counts = counts

    def cosine(self, shared: Shared, left: Ints, right: Ints) -> Floats:
        """Of the vectors of `(1 + log count) * rarity`."""
        weights = np.where(self._here, 1 + np.log(np.maximum(self._counts, 1)), 0.0) * self._terms.rarities
        length = np.sqrt(np.bincount(self._terms.rows, weights * weights, minlength=self._terms.size))
        length[length == 0] = 1
        cosine: Floats = shared.dots(weights) / (length[left] * length[right])
        return cosine

    @cached_property
    def _presence(self) -> Floats:
        return (np.sqrt(self._terms.rarities) * self._here).astype(np.float64)

    @cached_property
    def mass(self) -> Floats:
        """Sum of the rarities of a document's terms."""
        return _summed(self._terms.rows, self._terms.rarities * self._here, self._terms.size)

    def overlap(self, shared: Shared) -> Floats:
        """Sum of the rarities of the terms that both have."""
        return shared.dots(self._presence)


class Pool(Words):
    """The words of some documents, and the terms that are made of them on demand.

    frequencies: of the whole collection, which has at least these documents.
    """

    def __init__(self, sketches: Sequence[Sketch], frequencies: Frequencies | None = None) -> None:
        super().__init__(sketches)
        self.frequencies = frequencies or Frequencies([self], len(self.stems))

    @cached_property
    def columns(self) -> Ints:
        """The index of each word in the vocabulary of the collection."""
        return self.frequencies.columns(self.stems)

    @cached_property
    def rarity_of_words(self) -> Floats:
        """The rarity of each word occurrence."""
        return self.frequencies.rarities[self.columns]

    @cached_property
    def words(self) -> Terms:
        found = grouped(self.documents, self.columns)
        return Terms(found, self.frequencies.rarities[columns_of(found.keys)], self.size)

    @cached_property
    def names(self) -> Bools:
        """Which words are capitalised within a sentence, or numbers."""
        named: Bools = (self.flags & (CAPITAL | NUMBER)) != 0
        return named

    @cached_property
    def numbers(self) -> Bools:
        numbers: Bools = (self.flags & NUMBER) != 0
        return numbers

    def narrated_roots(self) -> Terms:
        keep = self.narration
        found = grouped(self.documents[keep], self.frequencies.columns_of_roots(self.roots[keep]))
        return Terms(found, self.frequencies.rarities_of_roots[columns_of(found.keys)], self.size)

    def runs(self, length: int, narrated: bool) -> Terms:
        """Runs of `length` words within one sentence; no run is rarer than its words together."""
        keep = self.narration if narrated else slice(None)
        stems, documents, rarities = self.stems[keep], self.documents[keep], self.rarity_of_words[keep]
        sentences = self.sentences[keep]
        found = runs_of(stems, sentences, length)
        rarity = rarities[found.starts].copy()
        for step in range(1, length):
            rarity += rarities[found.starts + step]
        counted = min(length, _LENGTH_COUNTED)
        inner = found if counted == length else runs_of(stems, sentences, counted)
        told = self.frequencies.rarity_of_runs(inner.hashes, counted)
        if inner is not found:  # every start of a long run starts a short one, too
            first = np.searchsorted(inner.starts, found.starts)
            last = np.searchsorted(inner.starts, found.starts + length - counted)
            told = np.maximum(told[first], told[last])
        rarity = np.minimum(rarity, told)
        by_document = grouped(documents[found.starts], found.hashes >> _FIRST_BITS)
        return Terms(by_document, rarity[by_document.sample], self.size)
