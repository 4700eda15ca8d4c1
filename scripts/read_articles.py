"""Join scripts/labels/scraped.jsonl with the articles that it labels, in the form that eval/articles.py scores.

usage: python scripts/read_articles.py CLONES OUT [--set first]

CLONES holds clones of the repositories that the labels name, each in a folder `owner+name`, as for read_pages.py. OUT gets docs.jsonl.gz and
gold.jsonl. An article whose text is not the one that was labelled is left out, and said to be.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from read_pages import blob

LABELS = Path(__file__).parent / "labels" / "scraped.jsonl"
CREDITS = frozenset({"byline", "source-credit", "sign-off", "photo-credit", "publication-date", "dateline"})
IGNORED = frozenset({"headline", "doubtful"})
SHORTEST = 200  # code points of a value that may be an article


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("clones", type=Path)
    given.add_argument("out", type=Path)
    given.add_argument("--set", dest="only", choices=["first", "second"])
    asked = given.parse_args()
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    labels = [label for label in labels if asked.only in (None, label["set"])]
    texts: dict[str, dict[str, str]] = {}
    for repository, path in sorted({(label["repository"], label["path"]) for label in labels}):
        for record in records(blob(asked.clones, repository, path), path):
            texts[digest(record["text"])] = record
    asked.out.mkdir(parents=True, exist_ok=True)
    with (
        gzip.open(asked.out / "docs.jsonl.gz", "wt", encoding="utf-8") as documents,
        (asked.out / "gold.jsonl").open("w", encoding="utf-8") as gold,
    ):
        for number, label in enumerate(labels):
            if label["sha256"] not in texts:
                print(
                    f"left out: one of {label['outlet']}, {label['repository']} {label['path']}",
                    file=sys.stderr,
                )
                continue
            identity, record = f"{number:03}", texts[label["sha256"]]
            documents.write(json.dumps({"id": identity, **record}, ensure_ascii=False) + "\n")
            gold.write(json.dumps(told(identity, label, record["text"]), ensure_ascii=False) + "\n")


def records(raw: bytes, path: str) -> Iterator[dict[str, str]]:
    """Every long value of a file, with the title and the address that stand beside it."""
    text = raw.decode("utf-8-sig")
    if path.endswith(".csv"):
        csv.field_size_limit(10**9)
        rows: Iterator[Any] = iter(csv.DictReader(io.StringIO(text, newline="")))
    else:
        rows = objects(json.loads(text))
    for row in rows:
        beside = {
            "title": str(row.get("title") or row.get("headline") or ""),
            "url": str(row.get("url") or row.get("link") or ""),
        }
        for value in row.values():
            if isinstance(value, str) and len(value) >= SHORTEST:
                yield {"text": value.replace("\r\n", "\n").replace("\r", "\n").strip("\n"), **beside}


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON value, however deep."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def told(identity: str, label: Mapping[str, Any], text: str) -> dict[str, Any]:
    written = text.split("\n")
    lines = [
        {"line": number, "category": category, "action": action_of(category)}
        for first, last, category in label["lines"]
        for number in range(first, last + 1)
        if number <= len(written) and written[number - 1].strip()
    ]
    said = {name: label[name] for name in ("bylines", "agencies", "cites", "published")}
    return {
        "id": identity,
        "lines": lines,
        "spans": [],
        "provenance": {**said, "photo_credits": [], "publisher": None},
    }


def action_of(category: str) -> str:
    return "credit" if category in CREDITS else "ignore" if category in IGNORED else "remove"


if __name__ == "__main__":
    main()
