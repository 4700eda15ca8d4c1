"""Write src/provcheck/data/syllables-en.txt.gz from the CMU Pronouncing Dictionary.

usage: python scripts/make_syllables.py CMUDICT_FILE

CMUDICT_FILE is `cmudict.dict` as Carnegie Mellon publishes it (2-clause BSD; see NOTICE). Only words whose
first pronunciation has another number of syllables than pyphen's hyphenation gives are kept: the rest is
found again at run time. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from pathlib import Path

import pyphen


def main(source: Path, target: Path) -> None:
    hyphenate = pyphen.Pyphen(lang="en_US").positions
    by_count: dict[int, list[str]] = defaultdict(list)
    for line in source.read_text("utf-8").splitlines():
        word, _, phones = line.partition("#")[0].strip().partition(" ")
        if not word or "(" in word:  # "word(2)" is a second pronunciation
            continue
        syllables = sum(phone[-1].isdigit() for phone in phones.split())
        if syllables != len(hyphenate(word)) + 1:
            by_count[syllables].append(word)
    lines = [f"{count} {' '.join(sorted(words))}\n" for count, words in sorted(by_count.items())]
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write("".join(lines).encode())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(__file__).parents[1] / "src/provcheck/data/syllables-en.txt.gz")
