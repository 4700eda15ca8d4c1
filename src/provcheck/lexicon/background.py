"""How common words are in general news: what tells a rare word from a common one in a small collection."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from provcheck.resources import data_file


@dataclass(frozen=True)
class Background:
    """In what share of general news articles a common stem stands; see `scripts/make_background.py`."""

    stems: npt.NDArray[np.uint32]
    shares: npt.NDArray[np.float64]

    def shares_of(self, stems: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
        place = np.searchsorted(self.stems, stems)
        place[place == len(self.stems)] = 0
        return np.where(self.stems[place] == stems, self.shares[place], 0.0)


@cache
def background() -> Background:
    with np.load(data_file("background.npz")) as table:
        return Background(table["stems"], table["counts"] / float(table["documents"]))


@lru_cache(1 << 16)
def is_known(word: str) -> bool:
    """Whether a word, letter case aside, stands in the table at all: most names that news repeats do, slips do not."""
    stem = np.array([zlib.crc32(stem_of(word.casefold()).encode("utf-8", "replace"))], dtype=np.uint32)
    return bool(background().shares_of(stem)[0])


def stem_of(word: str) -> str:
    """A lower-case word without its commonest English endings: light, so that names stay apart."""
    word = word.replace("’", "'")
    word = word[:-2] if word.endswith("'s") else word.replace("'", "")
    if len(word) <= 4 or word[0].isdigit():
        return word
    for ending, least, put in (("ies", 5, "y"), ("ing", 7, ""), ("ed", 6, ""), ("es", 6, ""), ("ly", 7, "")):
        if word.endswith(ending) and len(word) >= least:
            word = word[: -len(ending)] + put
            break
    else:
        if word.endswith("s") and not word.endswith("ss"):
            word = word[:-1]
    if len(word) > 4 and word[-1] == "e":
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    return word
