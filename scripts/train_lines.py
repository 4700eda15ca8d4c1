"""Train the line model from labelled lines, and say how good it is by cross-validation over sites.

usage: python scripts/train_lines.py DATA_DIR [--pages DIR] [--write] [--scans DIR]

DATA_DIR holds `lines/`, `articles/` and `groups/`, of whose articles labels/news.jsonl labels some ("news" below). labels/pages.jsonl.gz ("written")
are invented stories within the furniture of 439 outlets, as it was remembered. --pages names what `read_pages.py` wrote of the pages that other projects
keep as fixtures ("fixtures"); the weights that ship are trained with them. The other articles give further labels: a sentence that several outlets have is article; a line that one site repeats in different stories is not. --write puts the weights into
src/provcheck/data/line-model.npz; --scans writes the out-of-fold findings as scans, for the scoring scripts.
Needs lightgbm and scikit-learn. The same data give the same weights.

Two stages: a logistic regression over hashed words, and gradient-boosted trees over the features of the line and that
score. The scores of the lines that train the trees are out-of-fold, by site, as they will be in use. Lines that rules
remove have weight 0: the model learns what rules leave, so train it anew after a change of the rules.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from make_gold import read_labels
from read_pages import TRAINED
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from provcheck.checker import Checker, Result
from provcheck.checks.line_model import LineModelCheck, line_marks
from provcheck.intake.files import read_documents
from provcheck.lines.features import CREDIT_MARK, NAMES, LineFeatures, assemble, line_features
from provcheck.lines.model import MOST_LEAVES, Caution, LineModel, judge
from provcheck.lines.tokens import SLOTS
from provcheck.lines.wording import CREDIT_LIKE, likely_category
from provcheck.model import Document
from provcheck.settings import Settings
from provcheck.sites import learn_sites

TARGET = Path(__file__).parents[1] / "src" / "provcheck" / "data" / "line-model.npz"
FOLDS, INNER, ROUNDS, STRENGTH = 6, 5, 80, 0.3
ARTICLES_WEIGHT, DISTANT_WEIGHT, LONG_PROSE = 3.0, 2.0, 20
TREES: dict[str, Any] = {
    "objective": "binary", "num_leaves": MOST_LEAVES, "learning_rate": 0.1, "min_child_samples": 80, "max_bin": 63,
    "feature_fraction": 0.4, "bagging_fraction": 0.6, "bagging_freq": 1, "lambda_l2": 10.0, "verbose": -1,
    "num_threads": 1, "seed": 1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
CREDITS = frozenset(
    "byline dateline source-credit sign-off publisher-credit publication-date photo-credit".split()
)
_TWO_PART = {"co", "com", "org", "net", "gov", "ac", "edu", "go", "or", "ne"}


@dataclass
class Page:
    """One document: its lines, what rules think of them, their labels (1 not the article, 0 article, -1 unknown)."""

    source: str
    site: str
    result: Result
    marks: np.ndarray[Any, Any]
    labels: np.ndarray[Any, Any]
    features: LineFeatures
    odds: np.ndarray[Any, Any] | None = None
    rows: np.ndarray[Any, Any] | None = None

    @property
    def lines(self) -> list[str]:
        return [line.stripped for line in self.result.article.written]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--scans", type=Path)
    asked = parser.parse_args()
    pages = read_pages(asked.data, asked.pages)
    told = [page for page in pages if page.source != "groups"]
    for fold in range(FOLDS):
        model = train([page for page in pages if _fold(page.site, FOLDS, "outer") != fold])
        for page in told:
            if _fold(page.site, FOLDS, "outer") == fold:
                page.rows = model.rows(page.features)
                page.odds = model.log_odds(page.rows)
    for threshold in (0.8, 1.1, 1.3, 1.5, 2.0):
        print(f"threshold {threshold}: {' · '.join(_told(told, threshold))}")
    if asked.scans:
        write_scans(told, asked.scans, LineModelCheck.threshold)
    if asked.write:
        save(train(pages), TARGET)
        print("wrote", TARGET, TARGET.stat().st_size, "bytes")


def read_pages(data: Path, fixtures: Path | None) -> list[Page]:
    """All documents with text, their lines labelled where somebody, or the pool, says what they are."""
    gold = {
        g["id"]: [(entry["line"], entry["category"], entry["action"]) for entry in g["lines"]]
        for g in map(json.loads, (data / "articles" / "gold.jsonl").read_text("utf-8").splitlines())
    }
    pages = []
    for path in sorted((data / "lines").glob("*.jsonl.gz")):
        if path.name.startswith("gold"):
            continue
        pages += _examined(path, path.name.split(".")[0], _by_letters)
    pages += _examined(
        data / "articles" / "docs.jsonl.gz", "articles", lambda r: _by_gold(r, gold[r.document.id])
    )
    pool = _examined(
        data / "groups" / "docs.jsonl.gz", "groups", lambda r: np.full(len(r.article.written), -1)
    )
    pool = [p for p in pool if p.result.document.id.startswith("gn") and p.result.document.id not in gold]
    _label_by_pool(pool)
    labels = {each["id"]: each["lines"] for each in read_labels()}
    for page in pool:
        told = labels.get(page.result.document.id)
        if told is not None:
            page.source, page.labels = "news", _by_gold(page.result, told)
    pages += _written(Path(__file__).parent / "labels" / "pages.jsonl.gz")
    for path in sorted(fixtures.glob("*.jsonl.gz")) if fixtures else ():
        read = _examined(path, "fixtures", _by_letters)
        pages += [page for page in read if page.result.document.extra["set"] in TRAINED]
    return pages + [page for page in pool if page.result.article.language.code == "en"]


def _examined(path: Path, source: str, label: Callable[[Result], Any]) -> list[Page]:
    documents = [d for d in read_documents([str(path)], Settings()) if isinstance(d, Document)]
    checker = Checker(Settings(ignore=("lines",)), learn_sites(documents))
    return [_page(checker.check(document), source, label) for document in documents]


def _written(path: Path) -> list[Page]:
    checker, pages = Checker(Settings(ignore=("lines",))), []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for each in map(json.loads, lines):
            text = "\n".join(line for _, line in each["lines"])
            kinds = [0 if kind == "body" else -1 if kind in CREDITS else 1 for kind, _ in each["lines"]]
            result = checker.check(Document(id=each["id"], text=text, title=each["title"]))
            page = _page(result, "written", lambda r: np.full(len(r.article.written), -1))
            page.labels = np.array(kinds)
            pages.append(page)
    return pages


def _page(result: Result, source: str, label: Callable[[Result], Any]) -> Page:
    article = result.article
    marks = line_marks(article)
    starts, ends = [n.start for n in article.written], [n.end for n in article.written]
    features = line_features(article.text, starts, ends, marks, article.document.title)
    site = _site(article.document.url or "") or article.id
    return Page(source, site, result, np.array(marks), label(result), features)


def _site(url: str) -> str:
    """The registered domain of an address, nearly."""
    host = url.rsplit("//", maxsplit=1)[-1].split("/", maxsplit=1)[0].lower().split(":")[0].split(".")
    two = len(host) >= 3 and len(host[-1]) == 2 and host[-2] in _TWO_PART
    return ".".join(host[-3:] if two else host[-2:])


def _fold(name: str, count: int, salt: str) -> int:
    return int(hashlib.md5((salt + name).encode()).hexdigest(), 16) % count


def _by_letters(result: Result) -> Any:
    letters = result.document.extra["labels"]
    return np.array([{"b": 0, "x": 1, "-": -1}[letters[n.number - 1]] for n in result.article.written])


def _by_gold(result: Result, entries: Sequence[tuple[int, str, str]]) -> Any:
    """entries: line, category and action of each line that is not article."""
    said = {line: {"remove": 1, "credit": -1, "ignore": -1}[action] for line, _, action in entries}
    return np.array([said.get(line.number, 0) for line in result.article.written])


def _label_by_pool(pages: Sequence[Page]) -> None:
    """Labels of articles that nobody annotated; see the head of this file."""
    sites, holders, of_site = defaultdict(set), defaultdict(set), defaultdict(list)
    plain = [[line.lower() for line in page.lines] for page in pages]
    long = [
        {n for n, w in zip(low, p.features.words, strict=True) if w >= 12}
        for low, p in zip(plain, pages, strict=True)
    ]
    for at, page in enumerate(pages):
        of_site[page.site].append(at)
        for line in plain[at]:
            sites[line].add(page.site)
            holders[page.site, line].add(at)
    for at, page in enumerate(pages):
        for j, line in enumerate(plain[at]):
            if len(sites[line]) >= 2 and page.features.prose[j]:
                page.labels[j] = 0
            elif len(sites[line]) == 1 and len(holders[page.site, line]) >= 2:
                if any(_differ(long[at], long[o]) for o in holders[page.site, line] if o != at):
                    page.labels[j] = 1
            elif len(sites[line]) >= 3 and page.features.words[j] >= 3 and 0 < j < len(plain[at]) - 3:
                page.labels[j] = page.labels[j] if page.marks[j] else 0


def _differ(one: set[str], other: set[str]) -> bool:
    return len(one & other) <= 0.3 * max(1, min(len(one), len(other)))


def _joined(pages: Sequence[Page], of: Callable[[Page], Any]) -> Any:
    return np.concatenate([of(page) for page in pages])


def _weights(pages: Sequence[Page]) -> tuple[Any, Any, Any]:
    """Labels, and the weights of lines for the text score and for the trees."""
    labels, words = _joined(pages, lambda p: p.labels), _joined(pages, lambda p: p.features.words)
    marks, prose = _joined(pages, lambda p: p.marks), _joined(pages, lambda p: p.features.prose)
    pool = _joined(pages, lambda p: np.full(len(p.labels), p.source == "groups"))
    kind = _joined(
        pages, lambda p: np.full(len(p.labels), ARTICLES_WEIGHT if p.source in ("articles", "news") else 1.0)
    )
    weight = words**0.5 * kind * np.where(pool & (labels == 1), DISTANT_WEIGHT, 1)
    weight[(labels < 0) | (marks == CREDIT_MARK) | _joined(pages, lambda p: p.features.headline)] = 0
    for part in (pool, ~pool):
        if weight[part].any():
            weight[part] /= weight[part & (weight > 0)].mean()
    judged = _joined(pages, lambda p: np.full(len(p.labels), _is_running_text(p)))
    return (
        (labels == 1).astype(int),
        weight,
        weight * (marks == 0) * ~(prose & (words >= LONG_PROSE)) * judged,
    )


def _is_running_text(page: Page) -> bool:
    f = page.features
    return f.english and float(f.words @ f.prose) >= Caution().least_prose * float(
        f.words @ (page.marks == 0)
    )


def _bags(pages: Sequence[Page]) -> Any:
    rows, slots, at = [], [], 0
    for page in pages:
        rows.append(page.features.word_line + at)
        slots.append(page.features.word_slot)
        at += len(page.labels)
    one = np.ones(sum(map(len, rows)), np.float32)
    return sparse.csr_matrix((one, (np.concatenate(rows), np.concatenate(slots))), shape=(at, SLOTS))


def _fit_words(bags: Any, labels: Any, weight: Any) -> tuple[Any, float]:
    """Weights of the slots, rounded to what one byte each holds, and the bias."""
    fitted = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear")
    fitted.fit(bags[weight > 0], labels[weight > 0], sample_weight=weight[weight > 0])
    scale = 127 / np.abs(fitted.coef_[0]).max()
    return np.round(fitted.coef_[0] * scale) / scale, float(fitted.intercept_[0])


def train(pages: Sequence[Page]) -> LineModel:
    labels, for_words, for_trees = _weights(pages)
    bags, score = _bags(pages), np.zeros(len(labels))
    inner = _joined(pages, lambda p: np.full(len(p.labels), _fold(p.site, INNER, "inner")))
    for fold in range(INNER):
        words, bias = _fit_words(bags, labels, for_words * (inner != fold))
        score[inner == fold] = bags[inner == fold] @ words + bias
    words, bias = _fit_words(bags, labels, for_words)
    rows, at = [], 0
    for page in pages:
        rows.append(assemble(page.features, score[at : at + len(page.labels)]))
        at += len(page.labels)
    used = for_trees > 0
    named = [name.replace("@", "_at_") for name in NAMES]
    data = lightgbm.Dataset(np.vstack(rows)[used], labels[used], weight=for_trees[used], feature_name=named)
    trees = lightgbm.train(TREES, data, ROUNDS).dump_model()["tree_info"]
    return LineModel(words.astype(np.float32), bias, *_flat([tree["tree_structure"] for tree in trees]))


def _flat(trees: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    """Trees as the arrays of LineModel."""
    nodes, everything = MOST_LEAVES - 1, (1 << MOST_LEAVES) - 1
    shape = (nodes, len(trees))
    feature, threshold = np.zeros(shape, np.int64), np.full(shape, np.inf, np.float32)
    mask, leaf = np.full(shape, everything, np.uint8), np.zeros((len(trees), MOST_LEAVES), np.float32)
    lift, under = np.zeros((2, *shape), np.float16), np.zeros((2, *shape), np.uint8)
    for t, root in enumerate(trees):
        for k, (node, left, right) in enumerate(_walk(root, leaf[t])):
            feature[k, t], threshold[k, t] = node["split_feature"], node["threshold"]
            mask[k, t], under[:, k, t] = ~left[0] & everything, (left[0], right[0])
            lift[:, k, t] = left[1] - node["internal_value"], right[1] - node["internal_value"]
    return feature, threshold, mask, leaf, lift.astype(np.float32), under


def _walk(root: dict[str, Any], leaf: Any) -> list[tuple[dict[str, Any], Any, Any]]:
    """The inner nodes of a tree, each with the (leaves, value) of its branches; fills in the values of the leaves."""
    found: list[Any] = []
    leaves = 0

    def visit(node: dict[str, Any]) -> tuple[int, float]:
        nonlocal leaves
        if "leaf_value" in node:
            leaf[leaves] = node["leaf_value"]
            leaves += 1
            return 1 << (leaves - 1), node["leaf_value"]
        at = len(found)
        found.append(None)
        left, right = visit(node["left_child"]), visit(node["right_child"])
        found[at] = (node, left, right)
        return left[0] | right[0], node["internal_value"]

    visit(root)
    return found


def save(model: LineModel, path: Path) -> None:
    scale = 127 / float(np.abs(model.text).max())
    np.savez_compressed(
        path,
        text=np.round(model.text * scale).astype(np.int8),
        scale=scale,
        bias=model.bias,
        feature=model.feature.astype(np.int16),
        threshold=model.threshold,
        mask=model.mask,
        leaf=model.leaf,
        lift=model.lift.astype(np.float16),
        under=model.under,
    )


def _taken(page: Page, threshold: float) -> list[int]:
    assert page.odds is not None
    taken = np.flatnonzero(judge(page.features, page.marks, page.odds, threshold, Caution()))
    return [int(at) for at in taken if not CREDIT_LIKE.search(page.lines[at])]


def _told(pages: Sequence[Page], threshold: float) -> Iterator[str]:
    """For each source: words taken that are not the article, and words of the article that are lost."""
    for source in sorted({page.source for page in pages}):
        right = wrong = 0.0
        for page in pages:
            if page.source == source and len(page.labels):
                taken = _taken(page, threshold)
                right += float(page.features.words[taken] @ (page.labels[taken] == 1))
                wrong += float(page.features.words[taken] @ (page.labels[taken] == 0))
        yield f"{source} {right:.0f} right {wrong:.0f} wrong"


def write_scans(pages: Sequence[Page], folder: Path, threshold: float) -> None:
    """What the rules and the model, trained without a page's site, find there: one scan for each source."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted({page.source for page in pages}):
        with (folder / f"{source}.jsonl").open("w", encoding="utf-8") as stream:
            for page in (p for p in pages if p.source == source):
                stream.write(json.dumps(_record(page, threshold)) + "\n")


def _record(page: Page, threshold: float) -> dict[str, Any]:
    keys = ("rule", "category", "action", "start", "end")
    findings = [{key: getattr(found, key) for key in keys} for found in page.result.findings]
    assert page.rows is not None
    for at in _taken(page, threshold):
        line = page.result.article.written[at]
        category = likely_category(line.stripped, page.rows[at])
        findings.append(
            dict(zip(keys, ("lines/learned", category, "remove", line.start, line.end), strict=True))
        )
    return {"type": "document", "id": page.result.document.id, "findings": findings, "provenance": {}}


if __name__ == "__main__":
    main()
