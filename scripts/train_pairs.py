"""Train src/provcheck/data/pair-model.json from a labelled pool, and say how good it is on unseen events.

usage: python scripts/train_pairs.py POOL_DIR COPIES_DIR [--write | --screens]

POOL_DIR holds docs.jsonl.gz, gold.json.gz and pairs.tsv.gz as `eval/groups.py` describes them, COPIES_DIR a corpus with
planted near copies (corpus-10k.jsonl.gz, gold-10k.json): its follow-ups of one wire, which repeat their background,
are what the model learns not to take for copies. Needs scikit-learn. Copies of news and of independent reports cut to 180 words are added, labels unchanged, so that
length tells nothing. Folds are over events. The same pool gives the same file. `--screens` writes the two screens alone anew, for the judge that is there.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from provcheck.checker import Checker
from provcheck.groups.align import FEATURES as ALIGNMENT
from provcheck.groups.bags import Pool
from provcheck.groups.collection import Collection
from provcheck.groups.pairs import over_blocks
from provcheck.groups.score import Logistic, PairModel, expand, pair_features, pair_model
from provcheck.groups.shelf import Shelf, Shelved
from provcheck.groups.sketch import Sketch, sketch
from provcheck.groups.wordbags import BAGS
from provcheck.intake.files import read_documents
from provcheck.model import Document
from provcheck.settings import GroupSettings, Settings
from provcheck.sites import learn_sites

REWRITTEN = {"l2r", "drl", "wmt"}
FOLDS = 5
SAME_OUTLET = {"l2r", "drl", "bg_bbc"}
FEATURES = (
    "words_cosine words_contained narration_cosine narration_both names_cosine names_contained plain_cosine plain_contained "
    "numbers_cosine quoted_contained pairs_cosine narrated_pairs_cosine narrated_pairs_contained narrated_pairs_both "
    "triples_contained narrated_triples_cosine narrated_triples_contained narrated_fives_contained "
    "roots_cosine roots_contained aligned_short aligned_long aligned_well in_order leads adjacent matched distinct"
).split()
SCREEN = tuple(
    "words_cosine words_contained narration_cosine names_cosine names_contained plain_cosine plain_contained".split()
)
GLANCE = tuple(name for name in FEATURES if name.rpartition("_")[0] in BAGS or name in ALIGNMENT)
SCREENED, SCREEN_WEIGHT = 0.1, 10.0  # score that the screen looks for, and how much more such a pair weighs
CUT_WORDS, CUT_WEIGHT, STRENGTH = 180, 0.6, 3.0
PLANTED_WEIGHT, FOLLOW_UP_WEIGHT = 400, 2000  # of all planted copies, and of all other pairs of that corpus
Fitted = tuple[Any, Any, Any, float]


@dataclass(frozen=True)
class Corpus:
    """Documents that were read and examined as a scan does, the lines of each site known; and their ids as they are kept."""

    shelf: Shelf
    collection: Collection
    ids: list[str]

    @classmethod
    def read(cls, path: Path) -> Corpus:
        documents = [item for item in read_documents([str(path)], Settings()) if isinstance(item, Document)]
        checker, settings, shelf = Checker(sites=learn_sites(documents)), GroupSettings(), Shelf()
        for document in documents:
            article = checker.check(document).article
            shelf.add(Shelved.of(article, sketch(article, settings), settings))
        collection = Collection(shelf, settings)
        return cls(shelf, collection, [shelf.ids[number] for number in collection.keepers])

    def columns(self, left: Any, right: Any) -> Any:
        """The features of pairs; for each those of `FEATURES`."""
        out = np.zeros((len(left), len(FEATURES)))
        for chosen, part in self.collection.over(_features, left, right):
            out[chosen] = part
        return out

    def cut_columns(self, left: Any, right: Any) -> Any:
        """The same with each document cut to its first words."""
        size, frequencies = len(self.ids), self.collection.frequencies
        out = np.zeros((len(left), len(FEATURES)))

        def load(places: Any) -> Pool:
            shelved = [self.shelf.sketch(self.collection.keepers[place]) for place in places.tolist()]
            return Pool([cut(sketch) for sketch in shelved], frequencies)

        for chosen, part in over_blocks(_features, left, right, load, size):
            out[chosen] = part
        return out


def _features(pool: Pool, left: Any, right: Any) -> Any:
    found = pair_features(pool, left, right, FEATURES)
    return np.stack([found[name] for name in FEATURES], axis=1)


@dataclass(frozen=True)
class Planted:
    """Candidate pairs of a corpus with planted copies: features, whether planted, weights, and the fold of each."""

    columns: Any
    truth: Any
    weights: Any
    fold: Any


def read_planted(folder: Path) -> Planted:
    corpus = Corpus.read(folder / "corpus-10k.jsonl.gz")
    groups = json.loads((folder / "gold-10k.json").read_text("utf-8"))["groups"]
    of = {name: number for number, group in enumerate(groups) for name in group}
    label = np.array([of.get(name, -1 - number) for number, name in enumerate(corpus.ids)])
    found = corpus.collection.candidates(screened=False)
    truth = label[found.left] == label[found.right]
    fold = np.array([zlib.crc32(str(n).encode()) % FOLDS for n in label])
    weights = np.where(truth, PLANTED_WEIGHT / truth.sum(), FOLLOW_UP_WEIGHT / (~truth).sum())
    same_fold = np.where(fold[found.left] == fold[found.right], fold[found.left], -1)
    return Planted(corpus.columns(found.left, found.right), truth, weights, same_fold)


def labelled(
    ids: list[str], gold: dict[str, Any], folder: Path
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Index pairs that share a source text, and those that are not judged."""
    number = {name: index for index, name in enumerate(ids)}
    members: dict[str, list[int]] = defaultdict(list)
    for name, group in gold["copy_group"].items():
        if name in number:  # not the twin of a kept one
            members[group].append(number[name])
    positive: set[tuple[int, int]] = set()
    neutral: set[tuple[int, int]] = set()
    for indexes in members.values():
        pairs = set(itertools.combinations(sorted(indexes), 2))
        (positive if gold["source"][ids[indexes[0]]] in REWRITTEN else neutral).update(pairs)
    with gzip.open(folder / "pairs.tsv.gz", "rt") as file:
        for line in file.read().splitlines()[1:]:
            a, b, level = line.split("\t")
            if a not in number or b not in number:
                continue
            pair = (min(number[a], number[b]), max(number[a], number[b]))
            neutral.discard(pair)
            (positive if level == "W" else neutral).add(pair)
    return positive, neutral


def cut(item: Sketch) -> Sketch:
    if len(item.stems) <= CUT_WORDS:
        return item
    keep = item.sentences <= item.sentences[CUT_WORDS]
    arrays = {
        name: getattr(item, name)[keep] for name in ("stems", "roots", "sentences", "flags", "starts", "ends")
    }
    return Sketch(item.id, item.outlet, item.day, title=item.title, **arrays)


def weigh(pairs: list[tuple[int, int]], truth: Any, ignored: Any, same_event: Any, source: list[str]) -> Any:
    """Every kind of pair counts by its kind, not by how many the pool happens to have."""
    kind = np.array([source[a] if source[a] == source[b] else "mixed" for a, b in pairs])
    weights = np.ones(len(pairs))
    for name in ("groundnews", *sorted(REWRITTEN)):
        chosen = (kind == name) & truth
        weights[chosen] = 1000 / max(1, chosen.sum())
    for chosen, total in (
        ((kind == "groundnews") & ~truth & same_event & ~ignored, 2000),
        ((kind == "basil") & ~truth & same_event, 800),
        (~same_event & ~ignored, 1500),
    ):
        weights[chosen] = total / max(1, chosen.sum())
    return weights


def fit(columns: Any, truth: Any, weights: Any) -> Fitted:
    expanded = expand(columns)
    mean, scale = expanded.mean(axis=0), expanded.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(
        (expanded - mean) / scale, truth, sample_weight=weights
    )
    return mean, scale, model.coef_[0], float(model.intercept_[0])


def predict(model: Fitted, columns: Any) -> Any:
    mean, scale, weights, bias = model
    return 1 / (1 + np.exp(-(((expand(columns) - mean) / scale) @ weights + bias)))


def calibrate(scores: Any, truth: Any) -> tuple[tuple[float, float], ...]:
    """Points of a rising line from the score to the share of pairs that are right at it, by isotonic regression.

    The scores are those of pairs of events that the weights were not trained on, in the proportions of the pool.
    """
    fitted = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, truth)
    grid = np.r_[0, np.quantile(scores[scores > 0.05], np.linspace(0, 1, 40)), 1]
    at = np.unique(np.round(grid, 4))
    smooth = np.convolve(np.pad(fitted.predict(at), 1, mode="edge"), np.ones(3) / 3, mode="valid")
    smooth[0], smooth[-1] = 0.0, min(0.999, float(fitted.predict([1.0])[0]))
    return tuple((round(float(x), 4), round(float(y), 4)) for x, y in zip(at, smooth, strict=True))


def distil(judge: Logistic, columns: Any, names: Sequence[str]) -> Logistic:
    """A model of some features that guesses which pairs the judge gives more than next to nothing."""
    score = judge.score(dict(zip(FEATURES, columns.T, strict=True)))
    chosen = columns[:, [FEATURES.index(name) for name in names]]
    weights = np.where(score >= SCREENED, SCREEN_WEIGHT, 1.0)
    learned = fit(chosen, score >= SCREENED, weights)
    mean, scale, weight = (tuple(np.round(np.asarray(v), 5).tolist()) for v in learned[:3])
    screen = Logistic(tuple(names), mean, scale, weight, round(learned[3], 5))
    passed = screen.score(dict(zip(names, chosen.T, strict=True))) >= 0.05
    lost = ((~passed) & (score >= 0.3)).sum()
    print(
        f"{len(names)} features pass {passed.mean():.3f} of the pairs and lose {lost} of {(score >= 0.3).sum()} that score .3"
    )
    return screen


def write_screens(judge: Logistic, knots: tuple[tuple[float, float], ...], columns: Any) -> None:
    screen, glance = distil(judge, columns, SCREEN), distil(judge, columns, GLANCE)
    trained = PairModel(screen, glance, judge, knots)
    target = Path(__file__).parents[1] / "src/provcheck/data/pair-model.json"
    target.write_bytes(msgspec.json.format(msgspec.json.encode(trained), indent=1) + b"\n")
    print("wrote", target.name)


def main(folder: Path, copies: Path, write: bool, screens: bool) -> None:
    planted = read_planted(copies)
    corpus = Corpus.read(folder / "docs.jsonl.gz")
    ids = corpus.ids
    with gzip.open(folder / "gold.json.gz", "rt") as file:
        gold = json.load(file)
    positive, neutral = labelled(ids, gold, folder)
    source, event = [gold["source"][i] for i in ids], [gold["event"][i] for i in ids]
    found = corpus.collection.candidates(screened=False)
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    print(
        f"{len(pairs) / len(ids):.1f} candidates a document, recall {sum(p in positive for p in pairs) / len(positive):.4f}"
    )
    columns = corpus.columns(found.left, found.right)
    if screens:
        shipped = pair_model()
        write_screens(shipped.judge, shipped.calibration, np.vstack([columns, planted.columns]))
        return
    truth = np.array([p in positive for p in pairs])
    ignored = np.array(
        [
            p in neutral or (source[p[0]] != source[p[1]] and {source[p[0]], source[p[1]]} <= SAME_OUTLET)
            for p in pairs
        ]
    )
    same_event = np.array([event[a] == event[b] for a, b in pairs])
    weights = weigh(pairs, truth, ignored, same_event, source)
    again = np.array([source[a] == source[b] and source[a] in ("groundnews", "basil") for a, b in pairs])
    cut_columns = corpus.cut_columns(found.left[again], found.right[again])
    fold = np.array([zlib.crc32(name.encode()) % FOLDS for name in event])

    def train(chosen: Any, beside: Any) -> Fitted:
        extra = chosen[again]
        return fit(
            np.vstack([columns[chosen], cut_columns[extra], planted.columns[beside]]),
            np.r_[truth[chosen], truth[again][extra], planted.truth[beside]],
            np.r_[weights[chosen], weights[again][extra] * CUT_WEIGHT, planted.weights[beside]],
        )

    scores = np.zeros(len(pairs))
    for number in range(FOLDS):
        inside = fold[found.left] == number
        model = train(~inside & (fold[found.right] != number) & ~ignored, planted.fold != number)
        scores[inside] = predict(model, columns[inside])
    judged = ~ignored
    for level in (0.5, 0.7, 0.75, 0.8, 0.9):
        chosen = judged & (scores >= level)
        hit = (chosen & truth).sum()
        print(
            f"raw score >= {level}: precision {hit / max(1, chosen.sum()):.3f}, recall {hit / len(positive):.3f}"
        )
    knots = calibrate(scores[judged], truth[judged])
    told = np.interp(scores[judged], [x for x, _ in knots], [y for _, y in knots])
    for low in np.arange(0.0, 1.0, 0.1):
        bin_ = (told >= low) & (told < low + 0.1 + (low > 0.85))
        right = truth[judged][bin_].mean() if bin_.any() else float("nan")
        print(f"calibrated {low:.1f} to {low + 0.1:.1f}: {bin_.sum()} pairs, {right:.2f} right")
    if write:
        mean, scale, learned, bias = train(~ignored, np.ones(len(planted.truth), dtype=bool))
        rounded: list[Any] = [tuple(np.round(np.asarray(v), 5).tolist()) for v in (mean, scale, learned)]
        judge = Logistic(tuple(FEATURES), rounded[0], rounded[1], rounded[2], round(bias, 5))
        write_screens(judge, knots, np.vstack([columns, planted.columns]))


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), "--write" in sys.argv, "--screens" in sys.argv)
