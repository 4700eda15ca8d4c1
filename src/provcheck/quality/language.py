"""The language of a text: langdetect's own answer, seeded, computed over arrays.

langdetect (Nakatani Shuyo's language-detection) draws n-grams of 1 to 3 characters at random and multiplies
its profiles' probabilities until one language is sure. Here the n-grams are found with array look-ups, and
the draws are the ones that its generator makes with seed 0; labels and probabilities are langdetect's.
"""

from __future__ import annotations

import math
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
_STEP, _FIRST_TESTS = 5, 12  # updates between two tests, and tests that are worked out at once
_SLOT_BITS = 18  # for 88,000 n-grams
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


class _Slots:
    """Where each key stands in a table: hashed slots with linear probing, looked up for many keys at once."""

    def __init__(self, keys: npt.NDArray[np.uint64]) -> None:
        self.keys = keys
        self._slots = np.full(1 << _SLOT_BITS, -1, dtype=np.int32)
        waiting = np.arange(len(keys))
        self._probes = 0
        while len(waiting):
            slots = self._slot(keys[waiting], self._probes)
            free = np.flatnonzero(self._slots[slots] < 0)
            taken, first = np.unique(slots[free], return_index=True)
            self._slots[taken] = waiting[free[first]]
            waiting = np.delete(waiting, free[first])
            self._probes += 1

    @staticmethod
    def _slot(keys: npt.NDArray[np.uint64], probe: int) -> npt.NDArray[np.uint64]:
        hashed = (keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - _SLOT_BITS)
        return (hashed + np.uint64(probe)) & np.uint64((1 << _SLOT_BITS) - 1)

    def rows(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """The rows of those keys that the table has, in the order of the keys."""
        found = self._slots[self._slot(keys, 0)].astype(np.int64)
        open_ = np.flatnonzero((found >= 0) & (self.keys[found] != keys))
        for probe in range(1, self._probes):
            if not len(open_):
                break
            found[open_] = self._slots[self._slot(keys[open_], probe)]
            there = found[open_]
            open_ = open_[(there >= 0) & (self.keys[there] != keys[open_])]
        found[open_] = -1
        return found[found >= 0]


class _Profiles:
    """langdetect's profiles as a table of n-grams and a matrix of probabilities, n-grams by languages.

    The counts ship as arrays (`scripts/make_languages.py`); the probabilities are langdetect's own quotients.
    """

    def __init__(self) -> None:
        from langdetect.detector import Detector
        from langdetect.utils.ngram import NGram

        with np.load(data_file("languages.npz")) as z:
            self.languages = z["names"].tolist()
            self.slots = _Slots(z["keys"])
            rows, columns = z["rows"].astype(np.int64), z["columns"].astype(np.int64)
            totals = z["totals"][columns, z["lengths"].astype(np.int64) - 1]
            self.table = np.zeros((len(z["keys"]), len(self.languages)))
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
    draws = _Draws(len(rows))
    for _ in range(_TRIALS):
        alpha = _ALPHA + draws.gauss() * _ALPHA_WIDTH
        total += _trial(rows, known.table, alpha / _BASE, draws) / _TRIALS
    ranked = [(float(total[i]), known.languages[i]) for i in np.flatnonzero(total > _SHOWN)]
    return [(code, probability) for probability, code in sorted(ranked, reverse=True)]


def _trial(
    rows: npt.NDArray[np.int64], table: npt.NDArray[np.float64], weight: float, draws: _Draws
) -> npt.NDArray[np.float64]:
    """One run of updates; langdetect normalises and tests after the first and then every fifth update.

    Many updates are worked out at once, and those after the first test that is passed are not drawn.
    """
    belief = np.full(table.shape[1], 1.0 / table.shape[1])
    done = 0
    while True:
        tests = _FIRST_TESTS + (done == 0)
        picked = rows[draws.peek(_STEP * _FIRST_TESTS + (done == 0))]
        firsts = np.arange(tests) * _STEP - (_STEP - 1) * (done == 0) * (np.arange(tests) > 0)
        factors = np.multiply.reduceat(table[picked] + weight, firsts, axis=0)
        factors /= factors.max(axis=1, keepdims=True)
        beliefs = belief * np.multiply.accumulate(factors, axis=0)
        beliefs /= beliefs.sum(axis=1, keepdims=True)
        drawn = done + np.append(firsts[1:], len(picked))
        sure = np.flatnonzero((beliefs.max(axis=1) > _CONVERGED) | (drawn - 1 >= _LIMIT))
        last = int(sure[0]) if len(sure) else tests - 1
        draws.take(int(drawn[last]) - done)
        done = int(drawn[last])
        belief = beliefs[last]
        if len(sure):
            return np.asarray(belief, dtype=np.float64)


class _Draws:
    """What `random.Random(0)` would give: normal numbers, and indexes below a size as `choice` picks them.

    Its 32-bit numbers are the same for every text; which of them make an index depends on the size alone.
    """

    def __init__(self, size: int) -> None:
        self._raw = _numbers()
        candidates = self._raw >> np.uint32(32 - size.bit_length())
        self._place = np.flatnonzero(candidates < size)
        self._index = candidates[self._place].astype(np.int64)
        self._at = 0  # in the raw numbers
        self._spare: float | None = None

    def gauss(self) -> float:
        """As `random.gauss(0, 1)`: numbers come in pairs (Box and Muller 1958)."""
        spare, self._spare = self._spare, None
        if spare is not None:
            return spare
        angle = self._uniform() * 2 * math.pi
        radius = math.sqrt(-2.0 * math.log(1.0 - self._uniform()))
        self._spare = math.sin(angle) * radius
        return math.cos(angle) * radius

    def _uniform(self) -> float:
        high, low = int(self._raw[self._at]) >> 5, int(self._raw[self._at + 1]) >> 6
        self._at += 2
        return (high * 67108864.0 + low) / 9007199254740992.0

    def peek(self, count: int) -> npt.NDArray[np.int64]:
        """The next indexes, not yet drawn."""
        first = int(np.searchsorted(self._place, self._at))
        return self._index[first : first + count]

    def take(self, count: int) -> None:
        """Draw as many indexes."""
        first = int(np.searchsorted(self._place, self._at))
        self._at = int(self._place[first + count - 1]) + 1


@lru_cache(maxsize=1)
def _numbers() -> npt.NDArray[np.uint32]:
    """The 32-bit numbers of `random.Random(0)`: enough for seven trials that never converge."""
    draw = random.Random(0)
    count = 3 * _TRIALS * (_LIMIT + 2 * _STEP * _FIRST_TESTS)
    return np.array([draw.getrandbits(32) for _ in range(count)], dtype=np.uint32)


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
    return known.slots.rows(grams)
