"""Write src/provcheck/data/languages.npz: langdetect's profiles as arrays, so that a scan need not build them from 55 files.

usage: python scripts/make_languages.py

Kept are the counts of each n-gram in each language and the sums by length, from which the probabilities follow exactly.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from langdetect import detector_factory

from provcheck.quality.profiles import gram_key

TARGET = Path(__file__).parents[1] / "src" / "provcheck" / "data" / "languages.npz"


def main() -> None:
    profiles = [
        json.loads(path.read_text("utf-8")) for path in Path(detector_factory.PROFILES_DIRECTORY).iterdir()
    ]
    profiles.sort(key=lambda profile: profile["name"])
    grams = sorted(
        {gram for profile in profiles for gram in profile["freq"] if 1 <= len(gram) <= 3}, key=gram_key
    )
    row = {gram: index for index, gram in enumerate(grams)}
    cells = [
        (row[gram], column, count, len(gram))
        for column, profile in enumerate(profiles)
        for gram, count in sorted(profile["freq"].items())
        if 1 <= len(gram) <= 3
    ]
    np.savez_compressed(
        TARGET,
        names=np.array([profile["name"] for profile in profiles]),
        totals=np.array([profile["n_words"] for profile in profiles], dtype=np.int64),
        keys=np.array([gram_key(gram) for gram in grams], dtype=np.uint64),
        rows=np.array([cell[0] for cell in cells], dtype=np.int32),
        columns=np.array([cell[1] for cell in cells], dtype=np.uint8),
        counts=np.array([cell[2] for cell in cells], dtype=np.int32),
        lengths=np.array([cell[3] for cell in cells], dtype=np.uint8),
    )
    print(
        f"wrote {TARGET.name}: {len(grams):,} n-grams, {len(cells):,} counts, {TARGET.stat().st_size:,} bytes"
    )


if __name__ == "__main__":
    main()
