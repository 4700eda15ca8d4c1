"""The terms that both documents of a pair have."""

from __future__ import annotations

import numpy as np

from provcheck.arrays.speedup import Compiled
from provcheck.groups.words import Floats, Ints, Keys

_WORTH = 20_000  # pairs from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiledpairs", _WORTH)


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
        return np.bincount(self.pair, products, minlength=self.pairs).astype(np.float64)


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
