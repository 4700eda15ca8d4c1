"""How likely two documents share their source text: a logistic model over overlap and alignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial

import msgspec
import numpy as np
import numpy.typing as npt

from provcheck.groups.align import FEATURES as ALIGNMENT
from provcheck.groups.align import SentenceTable, alignment_features
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


def score_pairs(pool: Pool, left: Ints, right: Ints, threads: int = 1) -> PairScores:
    """Scores of candidate pairs. No feature knows how long a document is."""
    model = pair_model()
    found = pair_features(pool, left, right, (*model.features, *_SHOWN), threads)
    columns = np.stack([found[name] for name in model.features], axis=1)
    logit = ((expand(columns) - np.array(model.mean)) / np.array(model.scale)) @ np.array(model.weights)
    score = 1 / (1 + np.exp(-np.clip(logit + model.bias, -30, 30)))
    probability = np.interp(score, [x for x, _ in model.calibration], [y for _, y in model.calibration])
    return PairScores(score, probability, *(found[name] for name in _SHOWN))


def expand(columns: Matrix) -> Matrix:
    """The features and their square roots: a little overlap tells more than the same amount on top of much."""
    return np.hstack([columns, np.sqrt(np.clip(columns, 0, None))])


def pair_features(
    pool: Pool, left: Ints, right: Ints, names: Sequence[str], threads: int = 1
) -> dict[str, Floats]:
    """The named features of each pair, all 0 to 1.

    Bags are built, used and dropped one by one, `threads` of them at a time: together they are larger than the texts.
    """
    parts: dict[str, list[str]] = {}
    for name in names:
        bag, _, measure = name.rpartition("_")
        if name not in ALIGNMENT:
            parts.setdefault(bag, []).append(measure)
    pool.rarity_of_words, pool.narration  # noqa: B018 - made once, before threads ask
    jobs: list[Callable[[], dict[str, Floats]]] = [
        partial(_bag_features, pool, bag, measures, left, right) for bag, measures in parts.items()
    ]
    jobs.append(partial(_alignment, pool, left, right))
    with ThreadPoolExecutor(threads) as workers:
        done = list(workers.map(lambda job: job(), jobs))
    return {name: values for part in done for name, values in part.items()}


def _alignment(pool: Pool, left: Ints, right: Ints) -> dict[str, Floats]:
    aligned = alignment_features(SentenceTable(pool), left, right)
    return {name: aligned[:, at] for at, name in enumerate(ALIGNMENT)}


def _bag_features(
    pool: Pool, name: str, measures: Sequence[str], left: Ints, right: Ints
) -> dict[str, Floats]:
    """`cosine`; the containment of one in the other: the greater (`contained`), the lesser (`both`), `left` and
    `right`; and `jaccard`, all weighed by rarity.
    """
    bag = _BAGS[name](pool)
    found: dict[str, Floats] = {}
    if "cosine" in measures:
        found["cosine"] = bag.cosine(left, right)
    if set(measures) - {"cosine"}:
        one, other = bag.containments(left, right)
        shared = one * bag.mass[left]
        found["contained"], found["both"] = np.maximum(one, other), np.minimum(one, other)
        found["left"], found["right"] = one, other
        found["jaccard"] = shared / np.maximum(bag.mass[left] + bag.mass[right] - shared, 1e-6)
    return {f"{name}_{measure}": found[measure] for measure in measures}


_BAGS: dict[str, Callable[[Pool], Bag]] = {
    "words": lambda pool: pool.words,
    "narration": Pool.narrated_words,
    "names": Pool.names,
    "plain": Pool.plain_words,
    "numbers": Pool.numbers,
    "roots": Pool.narrated_roots,
    "quoted": Pool.quoted,
    "pairs": lambda pool: pool.runs(2, False),
    "narrated_pairs": lambda pool: pool.runs(2, True),
    "triples": lambda pool: pool.runs(3, False),
    "narrated_triples": lambda pool: pool.runs(3, True),
    "narrated_fives": lambda pool: pool.runs(5, True),
}
_SHOWN = ("narrated_triples_jaccard", "narrated_triples_left", "narrated_triples_right")
