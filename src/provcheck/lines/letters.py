"""Characters by class, and hashes of words, over a whole text at once.

Every code point has a class (space, upper case, end mark …) and a 32-bit value; a word's hash is the sum of its letters'
values times powers of one number (a polynomial hash), mixed as in MurmurHash3. Case folds, and all digits are alike, so
that "2019" is a number of four digits. Code points beyond U+3000 count as one lower-case letter.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint32]

SPACE, UPPER, LOWER, DIGIT, END, CLOSER, QUOTE, PIPE, OTHER = range(9)
CLASSES = 9
_MARKS = {END: ".!?…", CLOSER: ")]'’‘■●♦◆◼", QUOTE: '"“”«»„', PIPE: "|"}
_LAST = 0x3000
_DIGIT_VALUE = 77777771
_LONGEST = 64  # letters of a word that take part in its hash

_POWERS = np.cumprod(np.full(_LONGEST, 2654435761, np.uint64)).astype(np.uint32)
_MIX_1, _MIX_2 = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_SHIFT_15, _SHIFT_13 = np.uint32(15), np.uint32(13)


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], Hashes]:
    """Class and value of each code point."""
    classes = np.full(_LAST + 1, LOWER, np.uint8)
    folded = np.arange(_LAST + 1)
    for code in range(_LAST):
        char = chr(code)
        if char.isspace():
            classes[code] = SPACE
        elif char.isdigit():
            classes[code] = DIGIT
        elif char.isalpha():
            classes[code] = UPPER if char.isupper() else LOWER
            low = char.lower()
            if len(low) == 1 and ord(low) < _LAST:
                folded[code] = ord(low)
        else:
            classes[code] = OTHER
    for kind, chars in _MARKS.items():
        for char in chars:
            classes[ord(char)] = kind
    values = _splitmix(_LAST + 1)[folded]
    values[classes == DIGIT] = _DIGIT_VALUE
    values[classes == SPACE] = 0
    return classes, values


def _splitmix(count: int) -> Hashes:
    """Odd 32-bit numbers by splitmix64, the same whatever the version of numpy."""
    with np.errstate(over="ignore"):
        z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = (z ^ (z >> np.uint64(31))) & np.uint64(0xFFFFFFFF)
    return z.astype(np.uint32) | np.uint32(1)


def codes_of(text: str) -> Codes:
    """The code points of a text, those beyond the table as its last."""
    raw = np.frombuffer(text.encode("utf-32-le", "replace"), "<u4")
    codes: Codes = np.minimum(raw, _LAST).astype(np.int64)
    return codes


def classes_of(codes: Codes) -> npt.NDArray[np.uint8]:
    return _tables()[0][codes]


def mixed(hashes: Hashes) -> Hashes:
    """The finalisation of MurmurHash3, which spreads every bit."""
    spread = (hashes ^ (hashes >> _SHIFT_15)) * _MIX_1
    return (spread ^ (spread >> _SHIFT_13)) * _MIX_2


def hash_tokens(codes: Codes, starts: Codes, lengths: Codes) -> Hashes:
    """The hash of each token; `lengths` reach from one start to the next, spaces after a token included."""
    offset = np.arange(len(codes))
    offset[starts[0] :] -= np.repeat(starts, lengths)
    weighted = _tables()[1][codes] * _POWERS[np.minimum(offset, _LONGEST - 1)]
    return mixed(np.add.reduceat(weighted, starts, dtype=np.uint32))


def hash_runs(hashes: Hashes, positions: Codes, starts: Codes) -> Hashes:
    """The hash of each run of tokens (a line), in order."""
    weighted = hashes * _POWERS[np.minimum(positions, _LONGEST - 1)]
    return np.add.reduceat(weighted, starts, dtype=np.uint32)


def hash_word(word: str) -> int:
    codes = codes_of(word)
    return int(hash_tokens(codes, np.zeros(1, np.int64), np.array([len(codes)]))[0])
