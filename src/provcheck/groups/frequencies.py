"""How rare each word and each run of words is in a collection: counted in one pass, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from provcheck.arrays.distinct import distinct
from provcheck.arrays.slots import Slots
from provcheck.groups.words import Floats, Ints, Keys, Words, columns_of, grouped, runs_of
from provcheck.lexicon.background import background

PRIOR = 300.0  # articles of general news that every collection is thought to have besides its own
_MOST_SLOTS = 26  # bits: 64 M counters of runs, 128 MB for each length
_SLOTS_A_WORD = 4
_FULL = 1 << 15  # of a counter of 16 bits; what is beyond is counted aside
RUN_LENGTHS = (2, 3)  # runs that are counted; a longer run is as rare as the rarest run of three in it
Array32 = npt.NDArray[np.uint32]


def slot_bits(words: int) -> int:
    """The size of a table of runs, in bits, for a collection of so many words."""
    return min(_MOST_SLOTS, max(10, (_SLOTS_A_WORD * words).bit_length()))


def slots_of_runs(block: Words, length: int, shift: np.uint64) -> Keys:
    """The slot of each run of so many words."""
    return runs_of(block.stems, block.sentences, length).hashes >> shift


class Frequencies:
    """Rarities (inverse document frequency, at least 0; Spärck Jones 1972), as if 300 articles of general news were there too.

    Words and roots are counted exactly. Runs are counted in a table of hashed slots (as in a count-min sketch of
    one row; Cormode and Muthukrishnan 2005): in a large collection runs that share a slot pass for a little less rare.
    """

    def __init__(self, blocks: Iterable[Words], words: int) -> None:
        """Count a collection, block by block. `words`: how many it has, so that the table has room. Runs are counted, in a second pass over
        the blocks, when they are first asked for.
        """
        self._blocks, self._bits = blocks, slot_bits(words)
        self._runs: dict[int, _Slotted] = {}
        self.size = 0
        stems, roots = _Counted(), _Counted()
        for block in blocks:
            self.size += block.size
            stems.add(block.documents, block.stems)
            roots.add(block.documents[block.narration], block.roots[block.narration])
        self._take(*stems.done(), *roots.done())

    def count_runs(self) -> None:
        """Count the runs now: before several threads ask for them."""
        if self._runs:
            return
        counted = {length: _Slotted(1 << self._bits) for length in RUN_LENGTHS}
        for block in self._blocks:
            for length, slotted in counted.items():
                slotted.add(slots_of_runs(block, length, np.uint64(64 - self._bits)))
        self._runs = counted

    def forget_runs(self) -> None:
        """Free the tables of runs, a quarter of a gigabyte in a large collection, while no pairs are scored."""
        self._runs = {}

    def _take(self, stems: Array32, held: Floats, roots: Array32, held_roots: Floats) -> None:
        """Words and roots, sorted, and in how many documents each stands."""
        self.vocabulary, self.documents_with, self.roots = stems, held, roots
        self.rarities = self._rarity(held + PRIOR * background().shares_of(stems))
        self.rarities_of_roots = self._rarity(held_roots)
        self._slots = Slots(stems.astype(np.uint64))
        self._slots_of_roots = Slots(roots.astype(np.uint64))

    def _rarity(self, documents_with: npt.NDArray[np.float64]) -> Floats:
        found: Floats = np.log((self.size + PRIOR) / (documents_with + 0.5)).clip(0)
        return found

    def columns(self, stems: Array32) -> Ints:
        """Index of each stem in `vocabulary`; -1 if the collection lacks it."""
        return self._slots.places(stems.astype(np.uint64))

    def columns_of_roots(self, roots: Array32) -> Ints:
        return self._slots_of_roots.places(roots.astype(np.uint64))

    def rarity_of_runs(self, hashes: Keys, length: int) -> Floats:
        """The rarity of runs of two or three words, by their hashes."""
        self.count_runs()
        return self._rarity(self._runs[length].counts(hashes >> np.uint64(64 - self._bits)))


class _Slotted:
    """How often each slot was added: 16 bits a slot, and apart from them the few that need more."""

    def __init__(self, slots: int) -> None:
        self._counts = np.zeros(slots, dtype=np.uint16)
        self._beyond: dict[int, int] = {}
        self._most = np.empty(0, dtype=np.uint64)  # the slots that have some beyond, rising
        self._more: Floats = np.empty(0)

    def add(self, slots: Keys) -> None:
        for start in range(0, len(slots), _FULL - 1):  # so few at once fit into any counter
            some = slots[start : start + _FULL - 1]
            np.add.at(self._counts, some, np.uint16(1))
            full = distinct(some[self._counts[some] >= _FULL])
            self._counts[full] -= np.uint16(_FULL)
            for slot in full.tolist():
                self._beyond[slot] = self._beyond.get(slot, 0) + _FULL
        if len(self._beyond):
            self._most = np.array(sorted(self._beyond), dtype=np.uint64)
            self._more = np.array([self._beyond[slot] for slot in self._most.tolist()], dtype=np.float64)

    def counts(self, slots: Keys) -> Floats:
        found = self._counts[slots].astype(np.float64)
        if len(self._most):
            place = np.minimum(np.searchsorted(self._most, slots), len(self._most) - 1)
            found += np.where(self._most[place] == slots, self._more[place], 0.0)
        return found


class _Counted:
    """In how many documents each term stands: sorted terms and counts, merged when as much waits as is there."""

    def __init__(self) -> None:
        self._terms = np.empty(0, dtype=np.uint32)
        self._counts = np.empty(0, dtype=np.int64)
        self._waiting: list[tuple[Array32, Ints]] = []
        self._many = 0

    def add(self, documents: Ints, terms: Array32) -> None:
        once = columns_of(grouped(documents, terms).keys)
        found, counts = np.unique(once.astype(np.uint32), return_counts=True)
        self._waiting.append((found, counts))
        self._many += len(found)
        if self._many > len(self._terms):
            self._merge()

    def done(self) -> tuple[Array32, Floats]:
        self._merge()
        return self._terms, self._counts.astype(np.float64)

    def _merge(self) -> None:
        terms = np.concatenate([self._terms, *(found for found, _ in self._waiting)])
        counts = np.concatenate([self._counts, *(many for _, many in self._waiting)])
        self._terms, index = np.unique(terms, return_inverse=True)
        self._counts = np.bincount(index, counts, minlength=len(self._terms)).astype(np.int64)
        self._waiting, self._many = [], 0
