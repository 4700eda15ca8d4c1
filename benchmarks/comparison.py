"""The comparison alone, on many more documents than there are: time and memory by stage.

usage: python benchmarks/comparison.py CORPUS.jsonl[.gz] COUNT [CACHE]

The corpus is examined once (CACHE, a file, keeps what came of it); then its sketches are told again, round after round, in other words: every stem beyond
the most frequent stands for another of about its own frequency or for a new one, as in benchmarks/grow.py, without reading and examining a million texts. Groups
and stories are not told: drift takes no memory that grows.
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
from grow import BUCKET, KEPT, new_words

from provcheck.checker import Checker
from provcheck.groups.collection import Collection
from provcheck.groups.minhash import minhash
from provcheck.groups.shelf import Shelf, Shelved
from provcheck.groups.sketch import Sketch
from provcheck.run import examine
from provcheck.runtime.workers import Workers
from provcheck.settings import Settings


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
    stems, roots = _Ranked([each.stems for each in every]), _Ranked([each.roots for each in every])
    for number in range(count):
        times, at = divmod(number, len(every))
        each = every[at]
        if at == 0:
            stems.turn(times)
            roots.turn(times)
        turned = Sketch(
            f"{each.id}-{times}", None, None, stems.other(each.stems), roots.other(each.roots),
            each.sentences, each.flags, each.starts, each.ends, np.unique(stems.other(each.title)),
        )  # fmt: skip
        values = minhash(turned.shingles(settings.groups.shingle), settings.groups.permutations)
        digest = hashlib.blake2b(turned.stems.tobytes(), digest_size=16).digest()
        yield Shelved(turned.id, None, None, len(turned.stems), digest, turned.pack(), values.tobytes(), b"")


class _Ranked:
    """Terms by how many documents have them; in each round, neighbours by rank change places."""

    def __init__(self, documents: list[np.ndarray]) -> None:
        self._terms, held = np.unique(
            np.concatenate([np.unique(each) for each in documents]), return_counts=True
        )
        self._by_rank = np.argsort(-held, kind="stable")
        self._now = self._terms

    def turn(self, times: int) -> None:
        draw, now = np.random.default_rng(times), self._terms.copy()
        fresh = len(now) - new_words(len(now), times) if times else 0
        for start in range(KEPT, fresh, BUCKET):
            bucket = self._by_rank[start : min(start + BUCKET, fresh)]
            now[bucket] = self._terms[draw.permutation(bucket)]
        if times:
            rare = self._by_rank[fresh:]
            now[rare] = draw.integers(0, 1 << 32, len(rare), dtype=np.uint32)
        self._now = now

    def other(self, terms: np.ndarray) -> np.ndarray:
        at = np.minimum(np.searchsorted(self._terms, terms), len(self._terms) - 1)
        return np.where(self._terms[at] == terms, self._now[at], terms).astype(np.uint32)


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
    stages.end("bags of words", f"{len(collection.bags.words) / size:.0f} words a document")
    pairs = collection.candidates(screened=True)
    stages.end("candidates", f"{len(pairs.left) / size:.1f} pairs a document that pass the screen")
    del pairs
    linked = collection.linked()
    stages.end(
        "linked",
        f"{len(linked.left) / size:.1f} judged (and found anew), {len(np.unique(linked.labels)):,} groups and alone",
    )
    labels = collection.stories()
    stages.end("stories", f"{len(np.unique(labels)):,} stories and alone")
    collection.done()
    shelf.close()


if __name__ == "__main__":
    main()
