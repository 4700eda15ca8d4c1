"""The documents of a scan as sparse matrices of words and word runs, weighted by rarity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags

from provcheck.background import background
from provcheck.groups.sketch import CAPITAL, NUMBER, QUOTED, Sketch

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_BLOCK = 20_000  # pairs multiplied at once
_PRIOR = 300.0  # articles of general news that every collection is thought to have besides its own
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Bag:
    """How often each document has each term: documents by terms, and each term's rarity."""

    counts: csr_matrix
    idf: Floats

    @classmethod
    def of(cls, documents: Ints, keys: npt.NDArray[np.uint64], size: int, most: Floats | None = None) -> Bag:
        """A bag from (document, hashed term) occurrences; `size` documents.

        `most`, one value an occurrence, bounds the rarity of its term: a run of common words is not rare
        because the collection is small.
        """
        terms, first, columns = np.unique(keys, return_index=True, return_inverse=True)
        counts = csr_matrix(
            (np.ones(len(columns), dtype=np.float32), (documents, columns)), shape=(size, len(terms))
        )
        counts.sum_duplicates()
        idf = rarity(frequency(counts), size)
        return cls(counts, idf if most is None else np.minimum(idf, most[first]))

    @cached_property
    def vectors(self) -> csr_matrix:
        """Rows of `(1 + log count) * idf`, of unit length."""
        weighted = self.counts.copy()
        weighted.data = (1 + np.log(weighted.data)) * self.idf[weighted.indices]
        return unit_rows(weighted)

    @cached_property
    def presence(self) -> csr_matrix:
        """Rows of the square root of each term's rarity: products of rows are weighed intersections."""
        present = self.counts.copy()
        present.data = np.sqrt(self.idf[present.indices])
        return present

    @cached_property
    def mass(self) -> Floats:
        """Sum of the rarities of a document's terms."""
        return np.asarray(self.presence.multiply(self.presence).sum(axis=1)).ravel()

    def cosine(self, left: Ints, right: Ints) -> Floats:
        return dots(self.vectors, left, right)

    def containments(self, left: Ints, right: Ints) -> tuple[Floats, Floats]:
        """For each pair, the weighed share of the left document's terms that the right one has, and back."""
        shared = dots(self.presence, left, right)
        return shared / np.maximum(self.mass[left], 1e-6), shared / np.maximum(self.mass[right], 1e-6)


def frequency(counts: csr_matrix) -> Floats:
    """In how many documents each term stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)


def rarity(documents_with: Floats, size: int) -> Floats:
    """Inverse document frequency, at least 0 (Spärck Jones 1972), as if 300 articles of general news were there too."""
    idf: Floats = np.log((size + _PRIOR) / (documents_with + 0.5)).clip(0)
    return idf


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return (diags(1 / lengths) @ matrix).tocsr()


def dots(rows: csr_matrix, left: Ints, right: Ints) -> Floats:
    """Products of pairs of rows."""
    out = np.empty(len(left), dtype=np.float64)
    for start in range(0, len(left), _BLOCK):
        stop = start + _BLOCK
        product = rows[left[start:stop]].multiply(rows[right[start:stop]])
        out[start:stop] = np.asarray(product.sum(axis=1)).ravel()
    return out


class Pool:
    """All words of all documents side by side, and the bags that are made of them on demand."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self.size = len(sketches)
        lengths = np.array([len(s.stems) for s in sketches], dtype=np.int64)
        self.offsets = np.concatenate([[0], np.cumsum(lengths)])
        self.documents: Ints = np.repeat(np.arange(self.size), lengths)
        self.stems = _joined([s.stems for s in sketches], np.uint32)
        self.roots = _joined([s.roots for s in sketches], np.uint32)
        self.flags = _joined([s.flags for s in sketches], np.uint8)
        base = np.concatenate(
            [[0], np.cumsum([int(s.sentences[-1]) + 1 if len(s.sentences) else 0 for s in sketches])]
        )
        self.sentences: Ints = _joined([s.sentences for s in sketches], np.int64) + base[self.documents]
        self.vocabulary, self._columns = np.unique(self.stems, return_inverse=True)

    @cached_property
    def rarity_of_words(self) -> Floats:
        """The rarity of each word occurrence, from this collection and general news together."""
        counts = csr_matrix(
            (np.ones(len(self._columns), dtype=np.float32), (self.documents, self._columns)),
            shape=(self.size, len(self.vocabulary)),
        )
        counts.sum_duplicates()
        expected = _PRIOR * background().shares_of(self.vocabulary)
        return rarity(frequency(counts) + expected, self.size)[self._columns]

    @cached_property
    def narration(self) -> npt.NDArray[np.bool_]:
        narrated: npt.NDArray[np.bool_] = (self.flags & QUOTED) == 0
        return narrated

    @cached_property
    def words(self) -> Bag:
        return self._bag(np.ones(len(self.stems), dtype=bool))

    def narrated_words(self) -> Bag:
        return self._bag(self.narration)

    def names(self) -> Bag:
        """Capitalised words inside sentences, and numbers."""
        return self._bag((self.flags & (CAPITAL | NUMBER)) != 0)

    def plain_words(self) -> Bag:
        """Narrated words that are neither names nor numbers."""
        return self._bag(self.narration & ((self.flags & (CAPITAL | NUMBER)) == 0))

    def numbers(self) -> Bag:
        return self._bag((self.flags & NUMBER) != 0)

    def quoted(self) -> Bag:
        return self._bag(~self.narration)

    def narrated_roots(self) -> Bag:
        keep = self.narration
        return Bag.of(
            self.documents[keep], self.roots[keep].astype(np.uint64), self.size, self.rarity_of_words[keep]
        )

    def runs(self, length: int, narrated: bool) -> Bag:
        """Runs of `length` words within one sentence."""
        keep = self.narration if narrated else np.ones(len(self.stems), dtype=bool)
        stems, sentences, documents = (
            self.stems[keep].astype(np.uint64),
            self.sentences[keep],
            self.documents[keep],
        )
        rarities = self.rarity_of_words[keep]
        count = max(0, len(stems) - length + 1)
        mixed, summed = stems[:count].copy(), rarities[:count].copy()
        for step in range(1, length):
            mixed = mixed * _MIX + stems[step : step + count]
            summed += rarities[step : step + count]
        whole = sentences[:count] == sentences[length - 1 :][:count]
        return Bag.of(documents[:count][whole], mixed[whole], self.size, summed[whole])

    def _bag(self, keep: npt.NDArray[np.bool_]) -> Bag:
        return Bag.of(
            self.documents[keep], self.stems[keep].astype(np.uint64), self.size, self.rarity_of_words[keep]
        )


def _joined(parts: list[Any], kind: type) -> Any:
    return np.concatenate(parts).astype(kind) if parts else np.empty(0, dtype=kind)
