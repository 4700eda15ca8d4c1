"""Which store an archive stands on: random blocks read and batches written, SQLite against LMDB.

usage: python benchmarks/stores.py [--blocks 200000]        needs `pip install lmdb`

Blocks of 4,000 bytes, as the postings of an archive have them; a query reads 57 of each of five segments, a batch writes 120.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from pathlib import Path

import lmdb  # type: ignore[import-not-found]

BLOCK, QUERY, BATCH = 4_000, 57 * 5, 120


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    given.add_argument("--blocks", type=int, default=200_000)
    count = given.parse_args().blocks
    data, draw = random.Random(1).randbytes(BLOCK), random.Random(2)
    wanted = [sorted(draw.sample(range(count), QUERY)) for _ in range(300)]
    with tempfile.TemporaryDirectory() as folder:
        for name, measured in (("SQLite", with_sqlite), ("LMDB", with_lmdb)):
            path = Path(folder) / name
            write, read = measured(path, count, data, wanted)
            size = sum(part.stat().st_size for part in (path.rglob("*") if path.is_dir() else [path]))
            print(
                f"{name:6}  a batch written {write:6.2f} ms   a query read {read:6.2f} ms   {size / count:,.0f} bytes a block"
            )


def with_sqlite(path: Path, count: int, data: bytes, wanted: list[list[int]]) -> tuple[float, float]:
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
    base.execute("CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB)")
    started = time.perf_counter()
    for start in range(0, count, BATCH):
        base.execute("BEGIN IMMEDIATE")
        base.executemany(
            "INSERT INTO block VALUES (?, ?)", ((at, data) for at in range(start, min(count, start + BATCH)))
        )
        base.execute("COMMIT")
    write = (time.perf_counter() - started) / (count / BATCH)
    base.close()
    base = sqlite3.connect(path)
    started = time.perf_counter()
    for ids in wanted:
        marks = ",".join("?" * len(ids))
        base.execute(f"SELECT id, data FROM block WHERE id IN ({marks})", ids).fetchall()
    return write * 1000, (time.perf_counter() - started) / len(wanted) * 1000


def with_lmdb(path: Path, count: int, data: bytes, wanted: list[list[int]]) -> tuple[float, float]:
    base = lmdb.open(str(path), map_size=4 * count * BLOCK)
    started = time.perf_counter()
    for start in range(0, count, BATCH):
        with base.begin(write=True) as work:
            for at in range(start, min(count, start + BATCH)):
                work.put(at.to_bytes(8, "big"), data, append=True)
    write = (time.perf_counter() - started) / (count / BATCH)
    started = time.perf_counter()
    for ids in wanted:
        with base.begin() as work:
            for at in ids:
                bytes(work.get(at.to_bytes(8, "big")))
    read = (time.perf_counter() - started) / len(wanted)
    base.close()
    return write * 1000, read * 1000


if __name__ == "__main__":
    main()
