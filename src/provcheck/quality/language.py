"""The language of a text: langdetect's own answer, seeded, computed over arrays.

langdetect (Nakatani Shuyo's language-detection) draws n-grams of 1 to 3 characters at random and multiplies
its profiles' probabilities until one language is sure. Here the n-grams are found with array look-ups, and
the draws are the ones that its generator makes with seed 0; labels and probabilities are langdetect's.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.arrays.slots import MIX
from provcheck.arrays.speedup import Compiled
from provcheck.model import Language
from provcheck.quality import draws
from provcheck.quality.profiles import Profiles, profiles

UNKNOWN = Language("unknown", 0.0)
READ_CHARACTERS = 2_000  # labels of longer articles do not change, measured on news
_ENOUGH_LETTERS = 20
_SURE, _SHOWN = 0.5, 0.1
_WORTH = 1_000  # texts from which compiled loops repay their start
_MIX = np.uint64(MIX)  # numba is slow to tell the type of a large int
_compiled = Compiled("provcheck.quality.compiled", _WORTH)


def detect(text: str) -> Language:
    """The likeliest language of the first 2,000 characters, or `unknown`.

    Unknown are texts with fewer than twenty letters and texts of which no language reaches one half.
    """
    head = text[:READ_CHARACTERS]
    if sum(1 for _ in islice(filter(str.isalpha, head), _ENOUGH_LETTERS)) < _ENOUGH_LETTERS:
        return UNKNOWN
    ranked = probabilities(head)
    if not ranked or ranked[0][1] < _SURE:
        return UNKNOWN
    return Language(ranked[0][0], round(ranked[0][1], 4))


def probabilities(text: str) -> list[tuple[str, float]]:
    """What `langdetect.detect_langs` gives with seed 0: languages above .1, likeliest first; empty if none."""
    known = profiles()
    compiled = _compiled.module()
    rows = _ngram_rows(_clean(text, known), known, compiled)
    if not len(rows):
        return []
    total = np.zeros(len(known.languages))
    if compiled is not None:
        compiled.trials(rows, known.table, draws.numbers(), *draws.normals(), *draws.SETTINGS, total)
    else:
        drawn = draws.Draws(len(rows))
        for _ in range(draws.TRIALS):
            alpha = draws.ALPHA + drawn.gauss() * draws.ALPHA_WIDTH
            total += draws.trial(rows, known.table, alpha / draws.BASE, drawn) / draws.TRIALS
    ranked = [(float(total[i]), known.languages[i]) for i in np.flatnonzero(total > _SHOWN)]
    return [(code, probability) for probability, code in sorted(ranked, reverse=True)]


def _clean(text: str, known: Profiles) -> str:
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


def _ngram_rows(text: str, known: Profiles, compiled: Any) -> npt.NDArray[np.int64]:
    """Rows of the table for the text's n-grams, in langdetect's order: by place, then by length."""
    codes, upper = known.letters.look_up(_codes(" " + text))
    if compiled is not None:
        out = np.empty(3 * len(codes), dtype=np.int64)
        found: npt.NDArray[np.int64] = out[
            : compiled.gram_rows(
                codes, upper, known.slots.keys, known.slots.slots, known.slots.bits, _MIX, out
            )
        ]
        return found
    wide, space = codes.astype(np.uint64), codes == 32
    here, before = wide[1:], wide[:-1]
    two_before = np.concatenate([wide[:1], wide[:-2]])
    shift = np.uint64(21)
    two = (before << shift) | here
    three = (two_before << np.uint64(42)) | two
    allowed = ~(upper[1:] & upper[:-1])
    valid = np.stack(
        [allowed & ~space[1:], allowed & ~(space[1:] & space[:-1]), allowed & ~space[:-1]], axis=1
    ).ravel()
    grams = np.stack([here, two, three], axis=1).ravel()[valid]
    places = known.slots.places(grams)
    return places[places >= 0]
