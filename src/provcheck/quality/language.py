"""The language of a text: langdetect's own answer, seeded, computed over arrays.

langdetect (Nakatani Shuyo's language-detection) draws n-grams of 1 to 3 characters at random and multiplies
its profiles' probabilities until one language is sure. Here the n-grams are found with array look-ups, and
the draws are the ones that its generator makes with seed 0; labels and probabilities are langdetect's.
"""

from __future__ import annotations

import random
import threading
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.model import Language
from provcheck.resources import data_file

UNKNOWN = Language("unknown", 0.0)
READ_CHARACTERS = 2_000  # labels of longer articles do not change, measured on news
_ENOUGH_LETTERS = 20
_SURE = 0.5
_ALPHA, _ALPHA_WIDTH, _TRIALS, _BASE = 0.5, 0.05, 7, 10_000
_CONVERGED, _LIMIT, _SHOWN = 0.99999, 1_000, 0.1
_LOCK = threading.Lock()  # langdetect's loading is not thread-safe


class _Normaliser(dict[int, str]):
    """`str.translate` table that asks langdetect once for each new character."""

    def __init__(self, normalise: Any) -> None:
        super().__init__()
        self._normalise = normalise

    def __missing__(self, code: int) -> str:
        value: str = self._normalise(chr(code))
        self[code] = value
        return value


class _Profiles:
    """langdetect's profiles as a sorted key table and a matrix of probabilities, n-grams by languages.

    The counts ship as arrays (`scripts/make_languages.py`); the probabilities are langdetect's own quotients.
    """

    def __init__(self) -> None:
        from langdetect.detector import Detector
        from langdetect.utils.ngram import NGram

        with np.load(data_file("languages.npz")) as z:
            self.languages = z["names"].tolist()
            self.keys: npt.NDArray[np.uint64] = z["keys"]
            rows, columns = z["rows"].astype(np.int64), z["columns"].astype(np.int64)
            totals = z["totals"][columns, z["lengths"].astype(np.int64) - 1]
            self.table = np.zeros((len(self.keys), len(self.languages)))
            self.table[rows, columns] = z["counts"] / totals
        self.normaliser = _Normaliser(NGram.normalize)
        self.normalise_vietnamese = NGram.normalize_vi
        self.url, self.mail = Detector.URL_RE, Detector.MAIL_RE


def gram_key(gram: str) -> int:
    """One to three characters as one number, 21 bits each."""
    value = 0
    for character in gram:
        value = (value << 21) | ord(character)
    return value


@lru_cache(maxsize=1)
def _load() -> _Profiles:
    return _Profiles()


def profiles() -> _Profiles:
    """Load langdetect's profiles once, also when several threads ask first."""
    with _LOCK:
        return _load()


def detect(text: str) -> Language:
    """The likeliest language of the first 2,000 characters, or `unknown`.

    Unknown are texts with fewer than twenty letters and texts of which no language reaches one half.
    """
    head = text[:READ_CHARACTERS]
    if sum(map(str.isalpha, head)) < _ENOUGH_LETTERS:
        return UNKNOWN
    ranked = probabilities(head)
    if not ranked or ranked[0][1] < _SURE:
        return UNKNOWN
    return Language(ranked[0][0], round(ranked[0][1], 4))


def probabilities(text: str) -> list[tuple[str, float]]:
    """What `langdetect.detect_langs` gives with seed 0: languages above .1, likeliest first; empty if none."""
    known = profiles()
    rows = _ngram_rows(_clean(text, known), known)
    if not len(rows):
        return []
    total = np.zeros(len(known.languages))
    draw = random.Random(0)
    for _ in range(_TRIALS):
        alpha = _ALPHA + draw.gauss(0.0, 1.0) * _ALPHA_WIDTH
        total += _trial(rows, known.table, alpha / _BASE, draw) / _TRIALS
    ranked = [(float(total[i]), known.languages[i]) for i in np.flatnonzero(total > _SHOWN)]
    return [(code, probability) for probability, code in sorted(ranked, reverse=True)]


def _trial(
    rows: npt.NDArray[np.int64], table: npt.NDArray[np.float64], weight: float, draw: random.Random
) -> Any:
    """One run of updates; langdetect normalises and tests after the first and then every fifth update."""
    size, done = len(rows), 0
    belief = np.full(table.shape[1], 1.0 / table.shape[1])
    steps = 1
    while True:
        picked = rows[[draw.choice(range(size)) for _ in range(steps)]]
        belief = belief * np.multiply.reduce(table[picked] + weight, axis=0)
        done += steps
        belief /= belief.sum()
        if belief.max() > _CONVERGED or done - 1 >= _LIMIT:
            return belief
        steps = 5


def _clean(text: str, known: _Profiles) -> str:
    """langdetect's `append` and `cleaning_text`: no addresses, single spaces, no Latin in other scripts."""
    if "://" in text:
        text = known.url.sub(" ", text)
    if "@" in text:
        text = known.mail.sub(" ", text)
    text = text if text.isascii() else known.normalise_vietnamese(text)
    while "  " in text:
        text = text.replace("  ", " ")
    if text.isascii():
        return text
    codes = _codes(text)
    latin = np.count_nonzero((codes >= 65) & (codes <= 122))
    other = np.count_nonzero(codes >= 0x300)  # langdetect means to spare Vietnamese letters, but does not
    if latin * 2 < other:
        return "".join(c for c in text if c < "A" or c > "z")
    return text


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _ngram_rows(text: str, known: _Profiles) -> npt.NDArray[np.int64]:
    """Rows of the table for the text's n-grams, in langdetect's order: by place, then by length."""
    plain = " " + text.translate(known.normaliser)
    codes = _codes(plain).astype(np.uint64)
    upper = np.fromiter(map(str.isupper, plain), dtype=bool, count=len(plain))
    space = codes == 32
    here, before = codes[1:], codes[:-1]
    two_before = np.concatenate([codes[:1], codes[:-2]])
    shift = np.uint64(21)
    two = (before << shift) | here
    three = (two_before << np.uint64(42)) | two
    allowed = ~(upper[1:] & upper[:-1])
    valid = np.stack(
        [allowed & ~space[1:], allowed & ~(space[1:] & space[:-1]), allowed & ~space[:-1]], axis=1
    ).ravel()
    grams = np.stack([here, two, three], axis=1).ravel()[valid]
    place = np.searchsorted(known.keys, grams)
    place[place == len(known.keys)] = 0
    rows: npt.NDArray[np.int64] = place[known.keys[place] == grams]
    return rows
