"""Documents as bags of words and of word runs, weighted by rarity, and what two bags share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from provcheck.groups.frequencies import Frequencies
from provcheck.groups.shared import Shared
from provcheck.groups.sketch import Sketch
from provcheck.groups.wordbags import WordBags
from provcheck.groups.words import Floats, Grouped, Ints, Words, columns_of, grouped, rows_of, runs_of

_LENGTH_COUNTED = 3  # the longest runs whose frequency is counted
_FIRST_BITS = np.uint64(33)  # of a run's hash, 31 bits tell runs of one document apart


class Terms:
    """The distinct terms of each document, how often each occurs, and its rarity."""

    def __init__(self, found: Grouped, rarities: Floats, size: int) -> None:
        self._keys, self._rarities, self._size = found.keys, rarities, size
        self._counts = np.bincount(found.place, minlength=len(found.keys))
        self._rows = rows_of(found.keys)
        self._bounds: Ints = np.searchsorted(self._rows, np.arange(size + 1))
        self._presence: Floats = np.sqrt(rarities)

    def shared(self, left: Ints, right: Ints) -> Shared:
        return Shared(self._keys, self._bounds, left, right)

    def cosine(self, shared: Shared, left: Ints, right: Ints) -> Floats:
        """Of the vectors of `(1 + log count) * rarity`."""
        weights = (1 + np.log(self._counts)) * self._rarities
        length = np.sqrt(np.bincount(self._rows, weights * weights, minlength=self._size))
        length[length == 0] = 1
        cosine: Floats = shared.dots(weights) / (length[left] * length[right])
        return cosine

    @cached_property
    def mass(self) -> Floats:
        """Sum of the rarities of a document's terms."""
        return np.bincount(self._rows, self._rarities, minlength=self._size).astype(np.float64)

    def overlap(self, shared: Shared) -> Floats:
        """Sum of the rarities of the terms that both have."""
        return shared.dots(self._presence)


class Pool(Words):
    """The words of some documents, and the terms that are made of them on demand.

    frequencies: of the whole collection, which has at least these documents. words: their bags of words, if those are known.
    """

    def __init__(
        self,
        sketches: Sequence[Sketch],
        frequencies: Frequencies | None = None,
        words: WordBags | None = None,
    ) -> None:
        super().__init__(sketches)
        self.sketches = sketches
        self.frequencies = frequencies or Frequencies([self], len(self.stems))
        self._words = words

    @cached_property
    def columns(self) -> Ints:
        """The index of each word in the vocabulary of the collection."""
        return self.frequencies.columns(self.stems)

    @cached_property
    def rarity_of_words(self) -> Floats:
        """The rarity of each word occurrence."""
        return self.frequencies.rarities[self.columns]

    @cached_property
    def words(self) -> WordBags:
        return self._words or WordBags.of(self, self.columns, self.sketches, self.frequencies)

    def take(self, documents: Ints) -> Pool:
        """Those of some documents, in their order, for terms other than words."""
        if len(documents) == self.size:
            return self
        return Pool([self.sketches[number] for number in documents.tolist()], self.frequencies)

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
