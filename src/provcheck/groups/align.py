"""Sentence against sentence: how much of one narration stands in the other, and whether in the same order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags

from provcheck.groups.bags import Pool
from provcheck.groups.words import Floats, Ints, columns_of, grouped, rows_of

FEATURES = (
    "aligned_short",
    "aligned_long",
    "aligned_well",
    "in_order",
    "leads",
    "adjacent",
    "matched",
    "distinct",
)
_LEAST_WORDS = 3  # a shorter sentence aligns with anything
_WELL, _SOME, _FLOOR = 0.5, 0.2, 0.15
Matrix = npt.NDArray[np.float64]


class SentenceTable:
    """The narrated sentences of a pool as unit vectors over rare-weighted words."""

    def __init__(self, pool: Pool) -> None:
        keep = pool.narration.copy()
        silent = np.bincount(pool.documents[keep], minlength=pool.size) == 0
        keep |= silent[pool.documents]  # documents of nothing but quotes are compared by those
        numbers, first, rows = np.unique(pool.sentences[keep], return_index=True, return_inverse=True)
        found = grouped(rows, pool.columns[keep])
        lengths = np.bincount(rows_of(found.keys), minlength=len(numbers))
        columns = columns_of(found.keys)
        weights = pool.frequencies.rarities[columns]
        bounds = np.concatenate([[0], np.cumsum(lengths)])
        shape = (len(numbers), len(pool.frequencies.vocabulary))
        weighted = csr_matrix((weights, columns.astype(np.int32), bounds), shape=shape)
        self._owner = pool.documents[keep][first]
        self.mass: Floats = np.asarray(weighted.sum(axis=1)).ravel() * (lengths >= _LEAST_WORDS) + 1e-9
        self.vectors = unit_rows(weighted)
        self._bounds = np.searchsorted(self._owner, np.arange(pool.size + 1))

    def rows_of(self, document: int) -> tuple[int, int]:
        return int(self._bounds[document]), int(self._bounds[document + 1])


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return (diags(1 / lengths) @ matrix).tocsr()


def alignment_features(table: SentenceTable, left: Ints, right: Ints) -> Matrix:
    """One row of `FEATURES` (each 0 to 1) a pair. The shorter document is the one with less rare narration."""
    out = np.zeros((len(left), len(FEATURES)))
    if not len(left):
        return out
    order = np.argsort(left, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(left[order]) != 0])
    for begin, end in zip(starts, [*starts[1:], len(order)], strict=True):
        pairs = order[begin:end]
        first, last = table.rows_of(int(left[pairs[0]]))
        bounds = [table.rows_of(int(right[pair])) for pair in pairs]
        if first == last:
            continue
        columns = np.concatenate([np.arange(a, b) for a, b in bounds])
        scores = (table.vectors[first:last] @ table.vectors[columns].T).toarray()
        at = 0
        for pair, (a, b) in zip(pairs, bounds, strict=True):
            if b > a:
                out[pair] = _features(scores[:, at : at + b - a], table.mass[first:last], table.mass[a:b])
            at += b - a
    return out


def _features(scores: Matrix, mass_left: Floats, mass_right: Floats) -> tuple[float, ...]:
    if mass_left.sum() > mass_right.sum():
        scores, mass_left, mass_right = scores.T, mass_right, mass_left
    best_left, best_right = scores.max(axis=1), scores.max(axis=0)
    weight = mass_left / mass_left.sum()
    partner, back = scores.argmax(axis=1), scores.argmax(axis=0)
    mutual = (back[partner] == np.arange(len(partner))) & (best_left > _SOME)
    chain = partner[mutual]
    adjacent = float((np.diff(chain) == 1).sum()) / max(1, min(scores.shape) - 1) if len(chain) > 1 else 0.0
    return (
        float(best_left @ weight),
        float(best_right @ mass_right / mass_right.sum()),
        float(weight[best_left > _WELL].sum()),
        _in_order(np.where(scores > _FLOOR, scores, 0.0) * weight[:, None]),
        float(scores[0].max() + scores[:, 0].max()) / 2,
        adjacent,
        float(weight[mutual].sum()),
        _distinct(scores, weight),
    )


def _distinct(scores: Matrix, weight: Floats) -> float:
    """By how much each sentence's best counterpart beats its second: copies have one, reports have several."""
    if scores.shape[1] == 1:
        return float(scores[:, 0] @ weight)
    best = np.partition(scores, -2, axis=1)
    return float((best[:, -1] - best[:, -2]) @ weight)


def _in_order(scores: Matrix) -> float:
    """The heaviest chain of sentence pairs that never turns back."""
    best = np.zeros(scores.shape[1])
    for row in scores:
        best = np.maximum.accumulate(best + row)
    return float(best[-1])
