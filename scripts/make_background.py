"""Write src/provcheck/data/background.npz: in how many of many news articles each common word stem stands.

usage: python scripts/make_background.py DOCS.jsonl.gz [DOCS.jsonl.gz ...]

Only hashes of stems and counts are kept, no text. Small collections need them to tell rare words from common
ones; in large collections their own counts decide. The same input gives the same arrays.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

from provcheck.article import Article
from provcheck.groups.sketch import sketch
from provcheck.model import Document
from provcheck.settings import GroupSettings

LEAST = 4  # articles that a stem must stand in
EVERY = 2  # of the articles, one in so many is counted


def main(sources: list[Path]) -> None:
    stems: list[np.ndarray] = []
    for source in sources:
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % EVERY == 0:
                    record = json.loads(line)
                    article = Article(Document(id="-", text=record["text"]))
                    stems.append(np.unique(sketch(article, GroupSettings()).stems))
    values, counts = np.unique(np.concatenate(stems), return_counts=True)
    keep = counts >= LEAST
    target = Path(__file__).parents[1] / "src/provcheck/data/background.npz"
    np.savez_compressed(
        target,
        stems=values[keep].astype(np.uint32),
        counts=np.minimum(counts[keep], 65_535).astype(np.uint16),
        documents=np.array(len(stems)),
    )
    print(f"{len(stems)} articles, {int(keep.sum())} stems, {target.stat().st_size} bytes")


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    main([Path(name) for name in sys.argv[1:]])
