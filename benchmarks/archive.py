"""How fast an archive is: documents added a second, milliseconds of a query, bytes of a document, as it grows.

usage: python benchmarks/archive.py CORPUS.jsonl[.gz] [--sizes 10000,100000,1000000] [--queries 500] [--folder DIR]

Whole texts (`index build --whole`), one process. The corpus is read on and on; `grow.py` makes one without copies. Each size adds to the
archive of the size before. Half of the queries are documents of the archive under another id, half are new ones: the corpus must have more
documents than the largest size for that, else all are old.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from provcheck.archive.archive import Archive, entry_of
from provcheck.archive.entry import Entry, Parameters
from provcheck.archive.opening import create_store, open_store
from provcheck.article import Article
from provcheck.model import Document
from provcheck.settings import GroupSettings

WHOLE, GROUPS = Parameters(text="whole"), GroupSettings()


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("corpus", type=Path)
    given.add_argument("--sizes", default="10000,100000")
    given.add_argument("--queries", type=int, default=500)
    given.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    arguments = given.parse_args()
    path = arguments.folder / f"archive-{os.getpid()}.db"
    create_store(str(path), WHOLE).close()
    documents, done = read(arguments.corpus), 0
    print(
        "| documents | added a second (CPU) | query ms: median, 99th, most | bytes a document | memory MB |"
    )
    print("| --- | --- | --- | --- | --- |")
    for size in map(int, arguments.sizes.split(",")):
        asked: list[dict[str, Any]] = []
        spent = add(
            path, islice(documents, size - done), asked, (size - done) // (arguments.queries // 2) or 1
        )
        rate = (size - done) / spent
        done = size
        asked += list(islice(read(arguments.corpus, size), arguments.queries - len(asked)))
        median, late, most = query(path, asked)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {size:,} | {rate:,.0f} | {median:.1f}, {late:.1f}, {most:.1f} | {path.stat().st_size / size:,.0f} | {memory:,.0f} |",
            flush=True,
        )
    path.unlink()


def read(corpus: Path, start: int = 0) -> Iterator[dict[str, Any]]:
    with gzip.open(corpus, "rb") if corpus.suffix == ".gz" else corpus.open("rb") as stream:
        for line in islice(stream, start, None):
            yield json.loads(line)


def entry(record: dict[str, Any], prefix: str = "") -> Entry:
    document = Document(id=prefix + record["id"], text=record["text"], title=record.get("title"))
    return entry_of(Article(document), WHOLE, GROUPS)


def add(path: Path, records: Iterator[dict[str, Any]], asked: list[dict[str, Any]], step: int) -> float:
    """CPU seconds of reading, hashing and storing; every `step`th record is kept to be asked for."""

    def entries() -> Iterator[Entry]:
        for number, record in enumerate(records):
            if number % step == 0:
                asked.append(record)
            yield entry(record)

    started = time.process_time()
    with open_store(str(path)) as store:
        for _ in Archive(store).add(entries()):
            pass
    return time.process_time() - started


def query(path: Path, asked: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Milliseconds by the clock of each answer, the reading of the document aside: median, 99th percentile, most."""
    entries = [entry(record, "new-") for record in asked]
    with open_store(str(path)) as store:
        archive = Archive(store)
        for each in entries[:20]:  # what is loaded on first use
            archive.matches(each)
        taken = []
        for each in entries:
            started = time.perf_counter()
            archive.matches(each)
            taken.append((time.perf_counter() - started) * 1000)
    median, late = np.percentile(taken, [50, 99])
    return float(median), float(late), max(taken)


if __name__ == "__main__":
    main()
