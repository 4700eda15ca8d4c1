"""langdetect's profiles as arrays, so that a whole text is looked up at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from provcheck.arrays.slots import Slots
from provcheck.resources import data_file

_LOCK = threading.Lock()  # langdetect's loading is not thread-safe


class Letters:
    """For each code point what langdetect makes of it, and whether it is upper case then: asked once for each."""

    def __init__(self, normalise: Callable[[str], str]) -> None:
        self._normalise = normalise
        self._codes = np.zeros(0x110000, dtype=np.uint32)  # pages that no text touches take no memory
        self._upper = np.zeros(0x110000, dtype=np.bool_)

    def look_up(self, codes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
        """Normalised code points, and which of them are upper case."""
        found = self._codes[codes]
        if not found.all():
            for code in np.unique(codes[found == 0]).tolist():
                normal = self._normalise(chr(code))
                self._upper[code] = normal.isupper()
                self._codes[code] = ord(normal)
            found = self._codes[codes]
        return found, self._upper[codes]


class Profiles:
    """langdetect's profiles as a table of n-grams and a matrix of probabilities, n-grams by languages.

    The counts ship as arrays (`scripts/make_languages.py`); the probabilities are langdetect's own quotients.
    """

    def __init__(self) -> None:
        from langdetect.detector import Detector
        from langdetect.utils.ngram import NGram

        with np.load(data_file("languages.npz")) as z:
            self.languages = z["names"].tolist()
            self.slots = Slots(z["keys"])
            rows, columns = z["rows"].astype(np.int64), z["columns"].astype(np.int64)
            totals = z["totals"][columns, z["lengths"].astype(np.int64) - 1]
            self.table = np.zeros((len(z["keys"]), len(self.languages)))
            self.table[rows, columns] = z["counts"] / totals
        self.letters = Letters(NGram.normalize)
        self.normalise_vietnamese = NGram.normalize_vi
        self.url, self.mail = Detector.URL_RE, Detector.MAIL_RE


def gram_key(gram: str) -> int:
    """One to three characters as one number, 21 bits each."""
    value = 0
    for character in gram:
        value = (value << 21) | ord(character)
    return value


@lru_cache(maxsize=1)
def _load() -> Profiles:
    return Profiles()


def profiles() -> Profiles:
    """Load langdetect's profiles once, also when several threads ask first."""
    with _LOCK:
        return _load()
