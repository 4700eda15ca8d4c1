"""Sentence against sentence: how much of one narration stands in the other, and whether in the same order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from provcheck.arrays.speedup import Compiled
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
_WORTH = 2_000  # pairs from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiledpairs", _WORTH)
Matrix = npt.NDArray[np.float64]


class SentenceTable:
    """The narrated sentences of a pool as unit vectors over rare-weighted words.

    For each document (from `bounds[document]`) its words by column and sentence: `columns`, `rows` (sentences, numbered through the pool) and
    `weights`. masses: of each sentence; first: each document's first sentence.
    """

    def __init__(self, pool: Pool) -> None:
        keep = pool.narration.copy()
        silent = np.bincount(pool.documents[keep], minlength=pool.size) == 0
        keep |= silent[pool.documents]  # documents of nothing but quotes are compared by those
        told = pool.sentences[keep]
        opening = np.ones(len(told), dtype=np.bool_)
        opening[1:] = told[1:] != told[:-1]
        found = grouped(np.cumsum(opening) - 1, pool.columns[keep])
        sentences, columns = rows_of(found.keys), columns_of(found.keys)
        owners, many = pool.documents[keep][opening], int(opening.sum())
        weights = pool.frequencies.rarities[columns]
        words = np.bincount(sentences, minlength=many)
        masses = np.bincount(sentences, weights, minlength=many).astype(np.float64)
        self.masses: Floats = np.where(words >= _LEAST_WORDS, masses, 0.0) + 1e-9
        lengths = np.sqrt(np.bincount(sentences, weights * weights, minlength=many))
        lengths[lengths == 0] = 1
        order = np.argsort((owners[sentences] << 32) | columns, kind="stable")
        self.columns, self.rows = columns[order], sentences[order]
        self.weights: Floats = (weights / lengths[sentences])[order]
        documents = np.arange(pool.size + 1)
        self.bounds: Ints = np.searchsorted(owners[self.rows], documents)
        self.first: Ints = np.searchsorted(owners, documents)


def alignment_features(table: SentenceTable, left: Ints, right: Ints) -> Matrix:
    """One row of `FEATURES` (each 0 to 1) a pair. The shorter document is the one with less rare narration."""
    out = np.zeros((len(left), len(FEATURES)))
    compiled = _compiled.module(len(left))
    if compiled is not None:
        compiled.alignments(
            table.columns, table.rows, table.weights, table.bounds, table.masses, table.first, left, right, out
        )  # fmt: skip
        return out
    for pair, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        scores = _scores(table, one, other)
        if scores.size:
            masses = (table.masses[table.first[each] : table.first[each + 1]] for each in (one, other))
            out[pair] = _features(scores, *masses)
    return out


def _scores(table: SentenceTable, one: int, other: int) -> Matrix:
    """The cosine of each sentence of one document with each of the other."""
    mine, theirs = (slice(table.bounds[each], table.bounds[each + 1]) for each in (one, other))
    columns, others = table.columns[mine], table.columns[theirs]
    first = np.searchsorted(others, columns)
    held = np.searchsorted(others, columns, side="right") - first
    place = np.arange(held.sum()) + np.repeat(first - np.cumsum(held) + held, held)
    rows = np.repeat(table.rows[mine] - table.first[one], held)
    products = np.repeat(table.weights[mine], held) * table.weights[theirs][place]
    shape = [int(table.first[each + 1] - table.first[each]) for each in (one, other)]
    scores: Matrix = np.zeros(shape)
    np.add.at(scores, (rows, (table.rows[theirs] - table.first[other])[place]), products)
    return scores


def _features(scores: Matrix, mass_left: Floats, mass_right: Floats) -> tuple[float, ...]:
    """Sums are taken one by one, so that the compiled loop gives the same."""
    if _summed(mass_left) > _summed(mass_right):
        scores, mass_left, mass_right = scores.T, mass_right, mass_left
    best_left, best_right = scores.max(axis=1), scores.max(axis=0)
    weight = mass_left / _summed(mass_left)
    partner, back = scores.argmax(axis=1), scores.argmax(axis=0)
    mutual = (back[partner] == np.arange(len(partner))) & (best_left > _SOME)
    chain = partner[mutual]
    adjacent = float((np.diff(chain) == 1).sum()) / max(1, min(scores.shape) - 1) if len(chain) > 1 else 0.0
    return (
        _summed(best_left * weight),
        _summed(best_right * mass_right) / _summed(mass_right),
        _summed(weight[best_left > _WELL]),
        _in_order(np.where(scores > _FLOOR, scores, 0.0) * weight[:, None]),
        float(scores[0].max() + scores[:, 0].max()) / 2,
        adjacent,
        _summed(weight[mutual]),
        _distinct(scores, weight),
    )


def _summed(values: Floats) -> float:
    return float(np.add.accumulate(values)[-1]) if len(values) else 0.0


def _distinct(scores: Matrix, weight: Floats) -> float:
    """By how much each sentence's best counterpart beats its second: copies have one, reports have several."""
    if scores.shape[1] == 1:
        return _summed(scores[:, 0] * weight)
    best = np.partition(scores, -2, axis=1)
    return _summed((best[:, -1] - best[:, -2]) * weight)


def _in_order(scores: Matrix) -> float:
    """The heaviest chain of sentence pairs that never turns back."""
    best = np.zeros(scores.shape[1])
    for row in scores:
        best = np.maximum.accumulate(best + row)
    return float(best[-1])
