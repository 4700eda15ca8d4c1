"""How likely two documents share their source text: a logistic model over overlap and alignment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from provcheck.groups.align import FEATURES, SentenceTable, alignment_features
from provcheck.groups.bags import Bag, Floats, Ints, Pool
from provcheck.resources import data_file

Matrix = npt.NDArray[np.float64]


class PairModel(msgspec.Struct, frozen=True):
    """Weights for standardised features and their square roots; made by `scripts/train_pairs.py`.

    calibration: points (raw score, share of pairs that are right at it), both rising.
    """

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    calibration: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class PairScores:
    """For each pair the raw score (0 to 1), by which documents are grouped; the probability that the two share a
    source text, which is what people are told; and the overlap of narrated 3-word shingles, by rarity.
    """

    score: Floats
    probability: Floats
    jaccard: Floats
    containment_left: Floats
    containment_right: Floats


@cache
def pair_model() -> PairModel:
    return msgspec.json.decode(data_file("pair-model.json").read_bytes(), type=PairModel)


def score_pairs(pool: Pool, left: Ints, right: Ints) -> PairScores:
    """Scores of candidate pairs. No feature knows how long a document is."""
    names, columns = pair_features(pool, left, right)
    model = pair_model()
    chosen = expand(columns[:, [names.index(name) for name in model.features]])
    logit = ((chosen - np.array(model.mean)) / np.array(model.scale)) @ np.array(model.weights) + model.bias
    share_left, share_right = pool.runs(3, True).containments(left, right)
    mass = pool.runs(3, True).mass
    shared = share_left * mass[left]
    jaccard = shared / np.maximum(mass[left] + mass[right] - shared, 1e-6)
    score = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    probability = np.interp(score, [x for x, _ in model.calibration], [y for _, y in model.calibration])
    return PairScores(score, probability, jaccard, share_left, share_right)


def expand(columns: Matrix) -> Matrix:
    """The features and their square roots: a little overlap tells more than the same amount on top of much."""
    return np.hstack([columns, np.sqrt(np.clip(columns, 0, None))])


def pair_features(pool: Pool, left: Ints, right: Ints) -> tuple[list[str], Matrix]:
    """Names and values (pairs by features, each 0 to 1) of all that the model may use."""
    found: dict[str, Floats] = {}
    bags = {
        "words": pool.words,
        "narration": pool.narrated_words,
        "names": pool.names,
        "plain": pool.plain_words,
        "numbers": pool.numbers,
        "roots": pool.narrated_roots,
        "quoted": pool.quoted,
        "pairs": pool.runs(2, False),
        "narrated_pairs": pool.runs(2, True),
        "triples": pool.runs(3, False),
        "narrated_triples": pool.runs(3, True),
        "narrated_fives": pool.runs(5, True),
    }
    for name, bag in bags.items():
        found.update(_bag_features(name, bag, left, right))
    aligned = alignment_features(SentenceTable(pool), left, right)
    found.update({name: aligned[:, at] for at, name in enumerate(FEATURES)})
    return list(found), np.stack(list(found.values()), axis=1) if len(left) else np.zeros((0, len(found)))


def _bag_features(name: str, bag: Bag, left: Ints, right: Ints) -> dict[str, Floats]:
    one, other = bag.containments(left, right)
    return {
        f"{name}_cosine": bag.cosine(left, right),
        f"{name}_contained": np.maximum(one, other),
        f"{name}_both": np.minimum(one, other),
    }
