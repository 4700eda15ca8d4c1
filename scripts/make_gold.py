"""Join scripts/labels/news.jsonl with the texts that it labels, in the form that eval/articles.py scores.

usage: python scripts/make_gold.py DATA_DIR OUT [--round N]

DATA_DIR holds `groups/docs.jsonl.gz`. OUT gets docs.jsonl.gz and gold.jsonl. --round: only the labels of one round.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels" / "news.jsonl"
_LISTS = ("agencies", "bylines", "photo_credits", "cites")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("data", type=Path)
    given.add_argument("out", type=Path)
    given.add_argument("--round", type=int)
    asked = given.parse_args()
    labels = [each for each in read_labels() if asked.round in (None, each["round"])]
    wanted = {each["id"] for each in labels}
    texts = {d["id"]: d for d in _records(asked.data / "groups" / "docs.jsonl.gz") if d["id"] in wanted}
    asked.out.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(asked.out / "docs.jsonl.gz", "wb", mtime=0) as stream:
        for each in labels:
            stream.write((json.dumps(texts[each["id"]], ensure_ascii=False) + "\n").encode())
    with (asked.out / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for each in labels:
            gold.write(json.dumps(_told(each, texts[each["id"]]["text"]), ensure_ascii=False) + "\n")


def read_labels() -> list[dict[str, Any]]:
    """The labels, one record an article; see labels/README.md."""
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _told(label: dict[str, Any], text: str) -> dict[str, Any]:
    lines, said = text.split("\n"), label["provenance"]
    return {
        "id": label["id"],
        "lines": [
            {"line": n, "category": category, "action": action} for n, category, action in label["lines"]
        ],
        "spans": [
            {"line": n, "text": lines[n - 1][start:end], "category": category, "value": None}
            for n, start, end, category in label["spans"]
        ],
        "provenance": {
            **{kind: said.get(kind, []) for kind in _LISTS},
            "publisher": said.get("publisher"),
            "published": said.get("published"),
        },
    }


if __name__ == "__main__":
    main()
