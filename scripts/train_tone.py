"""Train the weights by which provcheck/lines/tone.py tells readers who comment from reports.

usage: python scripts/train_tone.py DATA_DIR [--pages DIR] [--write]

Comments: lines that labels/news.jsonl, `articles/` and the pages of --pages (see read_pages.py) call comment-form, and the invented threads of labels/voices.jsonl. Reports: the other
lines of the same articles that are body, those of `groups/` and `lines/` that nobody labelled, and the invented columns, interviews and letters of labels/voices.jsonl. Says how
well lines are told apart by cross-validation over sites. --write puts the weights into src/provcheck/data/tone.json.
Needs scikit-learn. The same data give the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from make_gold import read_labels
from read_pages import TRAINED
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from provcheck.lines.tone import read_line
from provcheck.text.addresses import host_of

TARGET = Path(__file__).parents[1] / "src" / "provcheck" / "data" / "tone.json"
VOICES = Path(__file__).parent / "labels" / "voices.jsonl"
FOLDS, STRENGTH = 6, 0.03
THREAD_LINES = 25.0  # a thread weighs as much as so many lines at most
INVENTED = 0.5  # what an invented line weighs
COMMENTS = 0.25  # what all comments weigh, of all reports
FEWEST_WORDS = 3  # of a comment to learn from
_WHOLE = ("readability", "resiliparse", "trafilatura")  # extractors
_KINDS = {"body": 0, "comment-form": 1}
LEAST = 0.04  # weights below are left out
# words that say nothing of the subject
WORDS = frozenset(
    """
i me my mine myself i'm i've i'd i'll you your yours yourself you're you've you'd you'll we us our ours we're we've we'd we'll
he him his himself she her hers it its they them their theirs it's he's she's they're that's there's what's who's here's let's
don't doesn't didn't can't won't isn't aren't wasn't weren't couldn't wouldn't shouldn't haven't hasn't hadn't ain't
a an the this that these those some any all both each every no none nothing nobody someone somebody anyone anybody everyone everybody
something anything everything other another such same
and or but so if because since although though while whereas unless until when where why how what who whom whose which than then as
in on at by for from of to with without into onto over under above below between among through during before after against about around
across along behind beyond near off out up down per via within despite amid following
is are was were be been being am do does did done doing have has had having will would shall should can could may might must
not never ever always often sometimes usually just only even also too very really quite rather pretty actually basically literally simply
obviously clearly honestly frankly seriously maybe perhaps probably possibly certainly surely definitely
yes yeah yep nope ok okay well oh wow hey lol haha thanks thank please sorry agree agreed disagree exactly indeed true wrong right
good bad great nice stupid dumb ridiculous crazy sad
said says say saying told tells added adds according reported announced stated explained noted warned argued claimed asked called described
think thought know guess suppose believe bet hope wish wonder understand remember imagine read see look looks get got gets getting go goes
going gone make makes want wants need needs let stop keep
here there now today yesterday tomorrow again still yet already ago later earlier recently meanwhile however moreover therefore instead
more most less least much many few lot lots bit article author comment comments post writer reader
officials spokesperson spokesman spokeswoman minister president statement interview percent million billion
monday tuesday wednesday thursday friday saturday sunday
thing things stuff guy guys people folks anyway btw imo imho u ur gonna wanna etc
""".split()
)


@dataclass(frozen=True)
class Voice:
    """The lines of one document: 1 a comment, 0 a report, -1 neither or unknown."""

    site: str
    lines: list[str]
    labels: list[int]
    weight: float = 1.0


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("data", type=Path)
    given.add_argument("--pages", type=Path)
    given.add_argument("--write", action="store_true")
    asked = given.parse_args()
    voices = [*_labelled(asked.data), *_lines(asked.data), *_invented(), *_fixtures(asked.pages)]
    names, table, labels, weights, folds = _table(voices)
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        train = (folds != fold) & (labels >= 0)
        model = LogisticRegression(C=STRENGTH, max_iter=600).fit(
            table[train], labels[train], sample_weight=weights[train]
        )
        scores[folds == fold] = model.decision_function(table[folds == fold])
    known = labels >= 0
    print(f"{int((labels == 1).sum())} lines of comments, {int((labels == 0).sum())} of reports")
    print(f"area under the curve, by sites: {roc_auc_score(labels[known], scores[known]):.3f}")
    if asked.write:
        model = LogisticRegression(C=STRENGTH, max_iter=600).fit(
            table[known], labels[known], sample_weight=weights[known]
        )
        told = {
            name: round(float(w), 2) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= LEAST
        }
        TARGET.write_text(
            json.dumps(
                {"bias": round(float(model.intercept_[0]), 3), "weights": told}, indent=0, sort_keys=True
            )
            + "\n",
            "utf-8",
        )
        print(f"{len(told)} weights in {TARGET.name}")


def _labelled(data: Path) -> Iterator[Voice]:
    """The articles with labels, and those of the pool without."""
    gold = {each["id"]: {n: (c, a) for n, c, a in each["lines"]} for each in read_labels()}
    for line in (data / "articles" / "gold.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        gold[told["id"]] = {each["line"]: (each["category"], each["action"]) for each in told["lines"]}
    pool = {record["id"]: record for record in _records(data / "groups" / "docs.jsonl.gz")}
    pool.update((record["id"], record) for record in _records(data / "articles" / "docs.jsonl.gz"))
    for name in sorted(pool):
        lines, marks = pool[name]["text"].split("\n"), gold.get(name, {})
        told = [(line.strip(), _label(marks.get(n))) for n, line in enumerate(lines, 1) if line.strip()]
        site = host_of(pool[name].get("url")) or name
        yield Voice(site, [line for line, _ in told], [label for _, label in told])


def _label(mark: tuple[str, str] | None) -> int:
    if mark is None:
        return 0
    return 1 if mark == ("comment-form", "remove") else -1


def _lines(data: Path) -> Iterator[Voice]:
    for record in _records(data / "lines" / "gold.jsonl.gz"):
        lines = [line.strip() for line in record["text"].split("\n") if line.strip()]
        yield Voice(record["id"], lines, [0] * len(lines))


def _invented() -> Iterator[Voice]:
    for n, line in enumerate(VOICES.read_text("utf-8").splitlines()):
        told = json.loads(line)
        yield Voice(
            f"invented {n}", told["lines"], [int(told["kind"] == "comments")] * len(told["lines"]), INVENTED
        )


def _fixtures(pages: Path | None) -> Iterator[Voice]:
    """The pages that `read_pages.py` wrote: each line once, of whichever extractor that does not break paragraphs into lines."""
    sites, told = dict[str, str](), defaultdict[str, dict[str, int]](dict)
    for path in [pages / f"{name}.jsonl.gz" for name in _WHOLE] if pages else ():
        for record in _records(path):
            if record["set"] not in TRAINED:
                continue
            sites[record["id"]] = host_of(record["url"]) or record["id"]
            kinds = zip(record["text"].split("\n"), record["categories"], strict=True)
            told[record["id"]].update((line, _KINDS.get(kind, -1)) for line, kind in kinds)
    for name, labels in sorted(told.items()):
        yield Voice(sites[name], list(labels), list(labels.values()))


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _table(voices: list[Voice]) -> tuple[list[str], Any, Any, Any, Any]:
    """Names of the marks, which line has which, its label, weight and fold."""
    rows, labels, weights, folds = [], [], [], []
    for voice in voices:
        fold = int(hashlib.sha256(voice.site.encode()).hexdigest(), 16) % FOLDS
        share = min(1.0, THREAD_LINES / max(1, voice.labels.count(1)))
        for line, label in zip(voice.lines, voice.labels, strict=True):
            words, marks = read_line(line)
            rows.append([mark for mark in marks if mark[0] == "*" or mark in WORDS])
            labels.append(-1 if label == 1 and len(words) < FEWEST_WORDS else label)
            weights.append(voice.weight * (share if label == 1 else 1.0))
            folds.append(fold)
    names = sorted({mark for row in rows for mark in row})
    at = {name: n for n, name in enumerate(names)}
    columns = [at[mark] for row in rows for mark in row]
    table = sparse.csr_matrix(
        (np.ones(len(columns)), columns, np.cumsum([0, *map(len, rows)])), shape=(len(rows), len(names))
    )
    told, heavy = np.array(labels), np.array(weights)
    heavy[told == 1] *= COMMENTS * heavy[told == 0].sum() / heavy[told == 1].sum()
    return names, table, told, heavy, np.array(folds)


if __name__ == "__main__":
    main()
