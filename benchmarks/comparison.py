"""The comparison alone, on many more documents than there are: time and memory by stage.

usage: python benchmarks/comparison.py CORPUS.jsonl[.gz] COUNT [CACHE]

The corpus is examined once (CACHE, a file, keeps what came of it); then its sketches are told again, round after round, every stem beyond those of three in a
hundred documents being another one in each round. So copies stay copies within their round, two rounds share no rare word, and words keep the
frequencies by which the cost grows, as in benchmarks/grow.py, without reading and examining a million texts. Groups and stories are not told: drift
takes no memory that grows.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil

from provcheck.checker import Checker
from provcheck.engine import Workers
from provcheck.groups.collection import Collection
from provcheck.groups.minhash import minhash
from provcheck.groups.shelf import Shelf, Shelved
from provcheck.groups.sketch import Sketch
from provcheck.run import examine
from provcheck.settings import Settings

COMMON = 0.03  # share of documents beyond which a word stays what it is
MIX = np.uint32(0x9E3779B1)


def sketches(corpus: str, cache: Path | None) -> list[tuple[str, bytes]]:
    if cache is not None and cache.exists():
        found: list[tuple[str, bytes]] = pickle.loads(cache.read_bytes())
        return found
    with Workers(2) as pool:
        items = examine([corpus], Checker(Settings()), pool)
        found = [(item.shelved.id, item.shelved.sketch) for item in items if item.shelved is not None]  # type: ignore[union-attr]
    if cache is not None:
        cache.write_bytes(pickle.dumps(found, protocol=5))
    return found


def grown(found: list[tuple[str, bytes]], count: int, settings: Settings) -> Iterator[Shelved]:
    every = [Sketch.unpack(packed, name, None, None) for name, packed in found]
    stays = {name: _common([getattr(each, name) for each in every]) for name in ("stems", "roots")}
    masks = [
        (
            np.isin(each.stems, stays["stems"]),
            np.isin(each.roots, stays["roots"]),
            np.isin(each.title, stays["stems"]),
        )
        for each in every
    ]
    for number in range(count):
        times, at = divmod(number, len(every))
        each, (stems, roots, title) = every[at], masks[at]
        turned = Sketch(
            f"{each.id}-{times}", None, None, _other(each.stems, stems, times), _other(each.roots, roots, times),
            each.sentences, each.flags, each.starts, each.ends, np.unique(_other(each.title, title, times)),
        )  # fmt: skip
        values = minhash(turned.shingles(settings.groups.shingle), settings.groups.permutations)
        digest = hashlib.blake2b(turned.stems.tobytes(), digest_size=16).digest()
        yield Shelved(turned.id, None, None, len(turned.stems), digest, turned.pack(), values.tobytes(), b"")


def _common(terms: list[np.ndarray]) -> np.ndarray:
    distinct, held = np.unique(np.concatenate([np.unique(each) for each in terms]), return_counts=True)
    return distinct[held > COMMON * len(terms)]


def _other(terms: np.ndarray, stays: np.ndarray, times: int) -> np.ndarray:
    if not times:
        return terms
    mixed = (terms + np.uint32(times)) * MIX
    mixed ^= mixed >> np.uint32(15)
    return np.where(stays, terms, mixed * MIX).astype(np.uint32)


class Stages(threading.Thread):
    """Prints what each stage took, and the most memory that was held in it; sampled ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.process = 0, psutil.Process()
        self.started = time.process_time()
        self.start()

    def run(self) -> None:
        while True:
            self.peak = max(self.peak, self.process.memory_info().rss)
            time.sleep(0.1)

    def end(self, name: str, told: str = "") -> None:
        now = time.process_time()
        print(f"{name:12} {now - self.started:8.1f} CPU s   peak {self.peak >> 20:6,} MB   after {self.process.memory_info().rss >> 20:6,} MB   {told}", flush=True)  # fmt: skip
        self.started, self.peak = now, 0


def main() -> None:
    corpus, count = sys.argv[1], int(sys.argv[2])
    settings = Settings()
    found = sketches(corpus, Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    stages, shelf = Stages(), Shelf()
    for item in grown(found, count, settings):
        shelf.add(item)
    del found
    stages.end("shelf", f"{len(shelf):,} documents")
    collection = Collection(shelf, settings.groups)
    size = collection.frequencies.size
    stages.end("count words", f"{size:,} kept")
    pairs = collection.candidates()
    stages.end("candidates", f"{len(pairs.left) / size:.1f} pairs a document")
    del pairs
    linked = collection.linked()
    stages.end(
        "linked", f"{len(linked.left) / size:.1f} judged, {len(np.unique(linked.labels)):,} groups and alone"
    )
    labels = collection.stories()
    stages.end("stories", f"{len(np.unique(labels)):,} stories and alone")
    shelf.close()


if __name__ == "__main__":
    main()
