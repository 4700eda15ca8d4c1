"""Near copies by one library, on the same lower-case three-word shingles and 128 permutations; prints documents a CPU second and F1.

usage: python benchmarks/near.py LIBRARY CORPUS.jsonl GOLD.json THRESHOLD

Pairs are those that the library's index finds and, where it keeps values, whose estimate reaches the threshold; groups are what
they connect. Reading the corpus and importing the libraries is not counted.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

WORD = re.compile(r"[^\W_]+")
Pairs = Iterable[tuple[int, int]]


def shingles(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]


def by_provcheck(texts: list[str], threshold: float) -> Pairs:
    from provcheck.groups.nearcopies import near_pairs, signatures

    values, has = signatures(texts)
    left, right = near_pairs(values, has, threshold)
    return zip(left.tolist(), right.tolist(), strict=True)


def by_datasketch(texts: list[str], threshold: float) -> Pairs:
    from datasketch import MinHash, MinHashLSH

    index, values, pairs = MinHashLSH(threshold=threshold, num_perm=128), [], []
    for number, text in enumerate(texts):
        mine = MinHash(num_perm=128)
        mine.update_batch([shingle.encode() for shingle in shingles(text)])
        found = (other for other in index.query(mine) if mine.jaccard(values[other]) >= threshold)
        pairs.extend((other, number) for other in found)
        index.insert(number, mine)
        values.append(mine)
    return pairs


def by_rensa(texts: list[str], threshold: float) -> Pairs:
    from rensa import RMinHash, RMinHashLSH

    index, values, pairs = RMinHashLSH(threshold, 128, 32), [], []
    for number, text in enumerate(texts):
        mine = RMinHash(128, 42)
        mine.update(shingles(text))
        found = (other for other in index.query(mine) if mine.jaccard(values[other]) >= threshold)
        pairs.extend((other, number) for other in found)
        index.insert(number, mine)
        values.append(mine)
    return pairs


def by_gaoya(texts: list[str], threshold: float) -> Pairs:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, threshold, 25, 5, None, "word", True, (3, 3))
    pairs = []
    for number, text in enumerate(texts):
        pairs.extend((other, number) for other in index.query(text))
        index.insert_document(number, text)
    return pairs


def by_daft(texts: list[str], threshold: float) -> Pairs:
    """daft's minhash; its values are put into the same buckets as provcheck's."""
    import daft
    import numpy as np

    from provcheck.groups.nearcopies import near_pairs

    frame = daft.from_pydict({"text": [" ".join(WORD.findall(text.lower())) for text in texts]})
    column = frame.select(frame["text"].minhash(num_hashes=128, ngram_size=3, seed=1)).to_arrow().column(0)
    values = column.combine_chunks().flatten().to_numpy().reshape(len(texts), 128).astype(np.uint32)
    left, right = near_pairs(values, np.ones(len(texts), dtype=np.bool_), threshold)
    return zip(left.tolist(), right.tolist(), strict=True)


LIBRARIES: dict[str, Callable[[list[str], float], Pairs]] = {
    "provcheck": by_provcheck,
    "datasketch": by_datasketch,
    "daft": by_daft,
    "gaoya": by_gaoya,
    "rensa": by_rensa,
}


def f1(ids: list[str], pairs: Pairs, gold: list[list[str]]) -> float:
    """Of the pairs within groups, against those of the gold."""
    from provcheck.drift.unions import Unions

    unions = Unions(len(ids))
    for one, other in pairs:
        unions.join(one, other)
    groups: dict[int, list[str]] = {}
    for number, name in enumerate(ids):
        groups.setdefault(unions.find(number), []).append(name)
    found = {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
    wanted = {pair for group in gold for pair in combinations(sorted(group), 2)}
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def main(library: str, corpus: str, gold: str, threshold: float) -> None:
    with Path(corpus).open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    texts = [document["text"] for document in documents]
    work = LIBRARIES[library]
    list(work(texts[:2500], threshold))  # imports, compiled loops
    started, wall = time.process_time(), time.perf_counter()
    pairs = list(work(texts, threshold))
    cpu, wall = time.process_time() - started, time.perf_counter() - wall
    groups = json.loads(Path(gold).read_text("utf-8"))["groups"]
    score = f1([document["id"] for document in documents], pairs, groups)
    print(json.dumps({"documents": len(texts), "cpu": cpu, "wall": wall, "f1": score}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]))
