"""How likely two documents share their source text: a logistic model over overlap and alignment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from provcheck.arrays.distinct import distinct
from provcheck.groups.align import FEATURES as ALIGNMENT
from provcheck.groups.align import SentenceTable, alignment_features
from provcheck.groups.bags import Pool, Terms
from provcheck.groups.templates import templated
from provcheck.groups.wordbags import BAGS, WordBags
from provcheck.groups.words import Bools, Floats, Ints, Places
from provcheck.resources import data_file

Matrix = npt.NDArray[np.float64]
# of the pairs that score .3 or more the screen loses one to two in a thousand and the glance one; of the others that words let through the
# screen leaves half, and in large collections, where chance finds nearer neighbours for all, fewer
_SCREEN, _GLANCE = 0.15, 0.05
_FEWEST_WORDS = 8  # of a document that shares a source text with another: fewer are alike by chance
_TEMPLATED = 0.3  # score from which two reports of one template would be near each other


class Logistic(msgspec.Struct, frozen=True):
    """Weights for standardised features and their square roots."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def score(self, found: Mapping[str, Floats]) -> Floats:
        """0 to 1, from the values of at least the features."""
        columns = np.stack([found[name] for name in self.features], axis=1)
        logit = ((expand(columns) - np.array(self.mean)) / np.array(self.scale)) @ np.array(self.weights)
        scored: Floats = 1 / (1 + np.exp(-np.clip(logit + self.bias, -30, 30)))
        return scored


class PairModel(msgspec.Struct, frozen=True):
    """Made by `scripts/train_pairs.py`. screen and glance guess which pairs `judge` will not wave away: the screen from shared words alone,
    a fifth of the work, the glance from the alignment of sentences, too, half of it. calibration: points (raw score, share of pairs that are
    right at it), both rising.
    """

    screen: Logistic
    glance: Logistic
    judge: Logistic
    calibration: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class PairScores:
    """For each pair the raw score (0 to 1), by which documents are grouped; the probability that the two share a
    source text, which is what people are told; the overlap of narrated 3-word shingles, by rarity; and the share of the
    shorter narration whose sentences have a close counterpart.
    """

    score: Floats
    probability: Floats
    jaccard: Floats
    containment_left: Floats
    containment_right: Floats
    aligned: Floats

    @classmethod
    def joined(cls, size: int, parts: Iterable[tuple[Places, PairScores]]) -> PairScores:
        """The scores of `size` pairs from those of some of them at a time, by their indexes."""
        whole = cls(*(np.zeros(size) for _ in fields(cls)))
        for chosen, part in parts:
            for field in fields(cls):
                getattr(whole, field.name)[chosen] = getattr(part, field.name)
        return whole


@cache
def pair_model() -> PairModel:
    return msgspec.json.decode(data_file("pair-model.json").read_bytes(), type=PairModel)


def score_pairs(pool: Pool, left: Ints, right: Ints, glance: bool = True) -> PairScores:
    """Scores of candidate pairs. No feature knows how long a document is.

    glance: pairs of which words and sentences say that they will score next to nothing are not looked at any further; all is 0. Two
    reports that were made from one template score 0, however much of their words they share.
    """
    model, size = pair_model(), len(left)
    found = _sentence_features(pool, left, right, (*model.judge.features, *_SHOWN))
    chosen = np.flatnonzero(model.glance.score(found) >= _GLANCE) if glance else np.arange(size)
    inside = distinct(np.concatenate([left[chosen], right[chosen]]))
    one, other = np.searchsorted(inside, left[chosen]), np.searchsorted(inside, right[chosen])
    found = {name: column[chosen] for name, column in found.items()}
    found |= _term_features(pool.take(inside), one, other, (*model.judge.features, *_SHOWN))
    score = model.judge.score(found)
    lengths = np.array([len(sketch.stems) for sketch in pool.sketches])
    score[np.minimum(lengths[left[chosen]], lengths[right[chosen]]) < _FEWEST_WORDS] = 0.0
    suspects = np.flatnonzero(score >= _TEMPLATED)
    score[suspects[templated(pool.sketches, left[chosen[suspects]], right[chosen[suspects]])]] = 0.0
    probability = np.interp(score, [x for x, _ in model.calibration], [y for _, y in model.calibration])
    scores = PairScores(score, probability, *(found[name] for name in _SHOWN))
    return PairScores.joined(size, [(chosen, scores)])


def worth_judging(bags: WordBags, left: Ints, right: Ints) -> Bools:
    """Which pairs may have one source text at all, by the words that they share."""
    screen = pair_model().screen
    found = _word_features(bags, left, right, _by_bag(screen.features))
    passed: Bools = screen.score(found) >= _SCREEN
    return passed


def expand(columns: Matrix) -> Matrix:
    """The features and their square roots: a little overlap tells more than the same amount on top of much."""
    return np.hstack([columns, np.sqrt(np.clip(columns, 0, None))])


def pair_features(pool: Pool, left: Ints, right: Ints, names: Sequence[str]) -> dict[str, Floats]:
    """The named features of each pair, all 0 to 1."""
    return _sentence_features(pool, left, right, names) | _term_features(pool, left, right, names)


def _sentence_features(pool: Pool, left: Ints, right: Ints, names: Sequence[str]) -> dict[str, Floats]:
    """Those of words and of the alignment of sentences, which cost little."""
    aligned = alignment_features(SentenceTable(pool), left, right)
    found = {name: aligned[:, at] for at, name in enumerate(ALIGNMENT)}
    return found | _word_features(pool.words, left, right, _by_bag(names))


def _term_features(pool: Pool, left: Ints, right: Ints, names: Sequence[str]) -> dict[str, Floats]:
    """Those of roots and of runs of words."""
    wanted, found = _by_bag(names), dict[str, Floats]()
    for bag in wanted.keys() & _TERMS.keys():
        terms = _TERMS[bag](pool)
        shared = terms.shared(left, right)
        measured = _overlaps(terms.overlap(shared), terms.mass[left], terms.mass[right])
        if "cosine" in wanted[bag]:
            measured["cosine"] = terms.cosine(shared, left, right)
        found |= {f"{bag}_{measure}": measured[measure] for measure in wanted[bag]}
    return found


def _by_bag(names: Sequence[str]) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for name in names:
        bag, _, measure = name.rpartition("_")
        wanted.setdefault(bag, []).append(measure)
    return wanted


def _word_features(
    bags: WordBags, left: Ints, right: Ints, wanted: Mapping[str, Sequence[str]]
) -> dict[str, Floats]:
    """The features of bags of words: the pairs' shared words are looked for once."""
    sums, found = bags.sums(left, right), dict[str, Floats]()
    for at, bag in enumerate(BAGS):
        measured = _overlaps(sums.overlaps[:, at], bags.masses[left, at], bags.masses[right, at])
        measured["cosine"] = bags.cosines(at, left, right, sums.dots[:, at])
        found |= {f"{bag}_{measure}": measured[measure] for measure in wanted.get(bag, ())}
    return found


def _overlaps(overlap: Floats, one: Floats, other: Floats) -> dict[str, Floats]:
    """The containment of one in the other: the greater (`contained`), the lesser (`both`), `left` and `right`; and `jaccard`, all
    weighed by rarity.
    """
    left, right = overlap / np.maximum(one, 1e-6), overlap / np.maximum(other, 1e-6)
    return {
        "left": left,
        "right": right,
        "contained": np.maximum(left, right),
        "both": np.minimum(left, right),
        "jaccard": overlap / np.maximum(one + other - overlap, 1e-6),
    }


_TERMS: dict[str, Callable[[Pool], Terms]] = {
    "roots": Pool.narrated_roots,
    "pairs": lambda pool: pool.runs(2, False),
    "narrated_pairs": lambda pool: pool.runs(2, True),
    "triples": lambda pool: pool.runs(3, False),
    "narrated_triples": lambda pool: pool.runs(3, True),
    "narrated_fives": lambda pool: pool.runs(5, True),
}
_SHOWN = ("narrated_triples_jaccard", "narrated_triples_left", "narrated_triples_right", "aligned_well")
