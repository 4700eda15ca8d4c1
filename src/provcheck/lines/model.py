"""The line model at run time: a hashed-word score and a few small trees, evaluated for all lines of a document at once.

The trees are evaluated as in QuickScorer (Lucchese et al., SIGIR 2015): a test that fails strikes out the leaves of
its left branch, and the first leaf left is the exit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.lines.features import CREDIT_MARK, Floats, LineFeatures, assemble
from provcheck.resources import data_file

MOST_LEAVES = 6
_ALL = (1 << MOST_LEAVES) - 1
_LOWEST = np.array([(bits & -bits).bit_length() - 1 if bits else 0 for bits in range(1 << MOST_LEAVES)])
_LONG_PROSE = 20  # words of a sentence that the model never takes


@dataclass(frozen=True)
class Caution:
    """What the log-odds of a line must exceed, beyond the threshold, and where the model does not judge at all.

    middle: between prose. above: before the story. beside_rule: next to a line that a rule removes (less is enough).
    least_prose: share of the unmarked words that stand in prose; pages with less are tables and listings by trade.
    least_words: words of prose; a page with fewer tells too little of what it speaks of.
    most: share of the words that the model may take; beyond it `more` is asked for, and if that does not help, nothing
    is taken.
    """

    middle: float = 0.9
    above: float = 0.6
    beside_rule: float = -0.8
    least_prose: float = 0.6
    least_words: int = 60
    most: float = 0.4
    more: float = 1.5


@dataclass(frozen=True, eq=False)
class LineModel:
    """Weights. `text` has a weight for each slot of hashed words; the others hold, for node i of tree t, its feature, its
    threshold, the leaves that stay if the test fails, the leaves below its left and right branch, and what either
    branch adds to the log-odds.
    """

    text: npt.NDArray[np.float32]
    bias: float
    feature: npt.NDArray[np.int64]
    threshold: npt.NDArray[np.float32]
    mask: npt.NDArray[np.uint8]
    leaf: npt.NDArray[np.float32]
    lift: npt.NDArray[np.float32]
    under: npt.NDArray[np.uint8]

    @classmethod
    def load(cls, path: Path) -> LineModel:
        with np.load(path) as z:
            return cls(
                z["text"].astype(np.float32) / np.float32(z["scale"]),
                float(z["bias"]),
                z["feature"].astype(np.int64),
                z["threshold"],
                z["mask"],
                z["leaf"],
                z["lift"].astype(np.float32),
                z["under"],
            )

    @cached_property
    def _by_leaves(self) -> Any:
        """Leaf value by the set of leaves left and the tree."""
        return np.ascontiguousarray(self.leaf[:, _LOWEST].T.ravel())

    def text_score(self, features: LineFeatures) -> Floats:
        weights = self.text[features.word_slot]
        summed = np.bincount(features.word_line, weights, minlength=len(features.words))
        return (summed + self.bias).astype(np.float64)

    def rows(self, features: LineFeatures) -> npt.NDArray[np.float32]:
        return assemble(features, self.text_score(features))

    def log_odds(self, rows: npt.NDArray[np.float32]) -> Floats:
        """For each row the log-odds that its line is not part of the article."""
        trees = self.feature.shape[1]
        at = self._left(rows).astype(np.int64) * trees + np.arange(trees)[:, None]
        found: Floats = self._by_leaves[at].sum(axis=0)
        return found

    def _left(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
        """The sets of leaves not struck out, (trees, rows)."""
        fails = rows.T[self.feature.ravel()] > self.threshold.reshape(-1, 1)
        kept = np.where(fails, self.mask.reshape(-1, 1), np.uint8(_ALL)).reshape(*self.feature.shape, -1)
        found: npt.NDArray[np.uint8] = np.bitwise_and.reduce(kept, axis=0)
        return found

    def contributions(self, row: npt.NDArray[np.float32]) -> Floats:
        """What each feature (columns NAMES) adds to the log-odds of one row, along the paths through the trees."""
        left = self._left(row[None, :])[:, 0]
        leaf = np.uint8(1) << _LOWEST[left & _ALL].astype(np.uint8)
        right_or_none = np.where(self.under[1] & leaf, self.lift[1], 0)
        added = np.where(self.under[0] & leaf, self.lift[0], right_or_none)
        return np.bincount(self.feature.ravel(), added.ravel(), minlength=len(row)).astype(np.float64)


@cache
def shipped_model() -> LineModel:
    """The model that ships; `scripts/train_lines.py` makes it."""
    return LineModel.load(data_file("line-model.npz"))


def judge(
    features: LineFeatures,
    marks: npt.NDArray[np.int64],
    log_odds: Floats,
    threshold: float,
    caution: Caution,
) -> npt.NDArray[np.bool_]:
    """Which unmarked lines are not the article. None in texts that are not English or not running text."""
    words, prose, free = features.words, features.prose, marks == 0
    none = np.zeros(len(words), np.bool_)
    told = float(words @ prose)
    if not features.english or told < max(caution.least_words, caution.least_prose * float(words @ free)):
        return none
    before = np.cumsum(words * prose) - words * prose
    after = told - before - words * prose
    rule = ~free & (marks < CREDIT_MARK)
    beside = rule.copy()
    beside[1:] |= rule[:-1]
    beside[:-1] |= rule[1:]
    asked = (
        threshold
        + caution.middle * ((after >= 40) & (before >= 15))
        + caution.above * (before < 15)
        + caution.beside_rule * beside
    )
    may = free & ~features.table & ~features.headline & ~(prose & (words >= _LONG_PROSE))
    out: npt.NDArray[np.bool_] = may & (log_odds > asked)
    if float(words @ out) > caution.most * float(words.sum()):
        out &= log_odds > asked + caution.more
        if float(words @ out) > caution.most * float(words.sum()):
            return none
    return out
