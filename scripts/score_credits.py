"""Score the authors and agencies that a scan found on pages that `read_pages.py` labelled.

usage: python scripts/score_credits.py SCAN.jsonl PAGES.jsonl.gz [--names]

Precision and recall of `provenance.bylines` and `provenance.agencies` against what each page states, recall among those whom what an extractor left
still names in a credit or a paragraph. Who only reported, added or edited as a sign-off says is not wrong. A name counts where one of the two holds the
other ("Reuters" and "Reuters Health"). --names: also those that are missing and those that are wrong, each with its page.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

CREDITING = frozenset("byline sign-off source-credit dateline author-bio publication-date body".split())


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("scan", type=Path)
    given.add_argument("pages", type=Path)
    given.add_argument("--names", action="store_true")
    asked = given.parse_args()
    with gzip.open(asked.pages, "rt", encoding="utf-8") as stream:
        pages = {page["id"]: page for page in map(json.loads, stream)}
    records = [json.loads(line) for line in asked.scan.read_text("utf-8").splitlines()]
    documents = [record for record in records if record["type"] == "document"]
    for kind in ("bylines", "agencies"):
        right, wrong, missing = 0, list[str](), list[str]()
        for record in documents:
            credits = record["provenance"].get(kind, ())
            told = {plain(each["name"]) for each in credits}
            authors = {plain(each["name"]) for each in credits if each.get("role", "author") == "author"}
            page = pages[record["id"]]
            gold = {plain(name) for name in page[kind]}
            kept = gold & stated(page, gold)
            right += sum(any(_same(name, other) for other in told) for name in kept)
            missing += [
                f"{record['id']} {name}" for name in kept if not any(_same(name, other) for other in told)
            ]
            wrong += [
                f"{record['id']} {name}" for name in authors if not any(_same(name, other) for other in gold)
            ]
        precision, recall = right / max(1, right + len(wrong)), right / max(1, right + len(missing))
        print(json.dumps({kind: {"precision": round(precision, 3), "recall": round(recall, 3)}}))
        if asked.names:
            print("missing:", *sorted(missing), sep="\n  ")
            print("wrong:", *sorted(wrong), sep="\n  ")


def stated(page: dict[str, Any], names: set[str]) -> set[str]:
    """Those of the names that a credit or a paragraph says."""
    lines = zip(page["text"].split("\n"), page["categories"], strict=True)
    said = "\n".join(plain(line) for line, category in lines if category in CREDITING)
    return {name for name in names if name in said}


def plain(text: str) -> str:
    """Small letters, without dots and with single spaces."""
    return " ".join(text.casefold().replace(".", "").split())


def _same(name: str, other: str) -> bool:
    return name in other or other in name


if __name__ == "__main__":
    main()
