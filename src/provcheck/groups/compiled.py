"""Loops over texts that numba compiles, for collections that are worth its start (half a second, and some seconds once a machine).

Each equals its plain counterpart bit for bit; tests hold the two together. Only imported where many documents are at hand
and numba is installed (`provcheck[fast]`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit, uint32, uint64

Values = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


@njit(cache=True, nogil=True)
def minhash(shingles: Values, a: Values, b: Values, best: Values) -> None:
    """Lower `best` to the MinHash values of 32-bit hashes; see `minhash.minhash`. Four hashes at a time, so that each value is read once for them."""
    last = len(shingles) - 1
    for first in range(0, len(shingles), 4):
        one, two = _mixed(shingles[first]), _mixed(shingles[min(first + 1, last)])
        three, four = _mixed(shingles[min(first + 2, last)]), _mixed(shingles[min(first + 3, last)])
        for at in range(len(best)):
            pair = min(uint32(uint32(a[at] * one) + b[at]), uint32(uint32(a[at] * two) + b[at]))
            other = min(uint32(uint32(a[at] * three) + b[at]), uint32(uint32(a[at] * four) + b[at]))
            best[at] = min(best[at], min(pair, other))


@njit(cache=True, nogil=True)
def _mixed(hashed: Any) -> Any:
    hashed = uint32(hashed ^ (hashed >> uint32(16)))
    hashed = uint32(hashed * uint32(0x85EBCA6B))
    hashed = uint32(hashed ^ (hashed >> uint32(13)))
    hashed = uint32(hashed * uint32(0xC2B2AE35))
    return uint32(hashed ^ (hashed >> uint32(16)))


@njit(cache=True, nogil=True)
def shingles(
    utf8: Bytes, letters: Values, size: int, prime: Any, mix: Any, words: Hashes, out: Values
) -> int:
    """Write the hashes of the runs of `size` words of a text to `out`, and say how many; see `nearcopies.shingles_of`.

    words, out: room for half as many words as the text has bytes, and two. Whether a word ends is no branch: it cannot be foreseen.
    """
    at, end, many = 0, len(utf8), 0
    word = uint64(0)
    while at < end:
        code = uint32(utf8[at])
        at += 1
        if code >= 0xC0:
            if code >= 0xF0:
                code = uint32((code & 0x07) << 18 | (utf8[at] & 0x3F) << 12 | (utf8[at + 1] & 0x3F) << 6)
                code = uint32(code | utf8[at + 2] & 0x3F)
                at += 3
            elif code >= 0xE0:
                code = uint32((code & 0x0F) << 12 | (utf8[at] & 0x3F) << 6 | utf8[at + 1] & 0x3F)
                at += 2
            else:
                code = uint32((code & 0x1F) << 6 | utf8[at] & 0x3F)
                at += 1
        letter = uint64(letters[code] if code < len(letters) else code)
        inside = letter != uint64(0)
        words[many] = word
        many += int((not inside) & (word != uint64(0)))
        word = uint64(word * (uint64(prime) if inside else uint64(0))) + letter
    words[many] = word
    many += int(word != uint64(0))
    found = max(0, many - size + 1)
    for first in range(found):
        mixed = uint64(0)
        for step in range(size):
            mixed = uint64((mixed ^ words[first + step]) * uint64(mix))
            mixed = uint64(mixed ^ (mixed >> uint64(29)))
        out[first] = uint32(mixed >> uint64(32))
    return found


@njit(cache=True, nogil=True)
def signatures(
    utf8: Bytes,
    ends: Places,
    letters: Values,
    size: int,
    prime: Any,
    mix: Any,
    words: Hashes,
    found: Values,
    a: Values,
    b: Values,
    rows: Values,
    has: npt.NDArray[np.bool_],
) -> None:
    """The MinHash values of texts that stand one after the other, to a row each, and whether each has any shingle."""
    start = 0
    for at in range(len(ends)):
        many = shingles(utf8[start : ends[at]], letters, size, prime, mix, words, found)
        rows[at, :] = 0xFFFFFFFF
        minhash(found[:many], a, b, rows[at])
        has[at] = many > 0
        start = ends[at]


@njit(cache=True, nogil=True)
def tokens(
    codes: Values,
    kinds: Bytes,
    keys: Hashes,
    values: Places,
    starts: Places,
    ends: Places,
    hashes: Hashes,
    numbers: Places,
) -> int:
    """Write the words of a text: where they start and end, the hash of each, and its number in the table, or -1; and say how many.

    The result is -1 for a text with letters beyond the basic plane, or of scripts that do not space words; see `tokens.tokens`.
    """
    mask = len(keys) - 1
    many, at, end = 0, 0, len(codes)
    while at < end:
        if codes[at] > 0xFFFF or kinds[codes[at]] == 3:
            return -1
        if kinds[codes[at]] != 1:
            at += 1
            continue
        start, joined = at, False
        word = uint64(0xCBF29CE484222325)
        while at < end:
            code = codes[at]
            if code > 0xFFFF or kinds[code] == 3:
                return -1
            if kinds[code] != 1 and kinds[code] != 4:
                after = codes[at + 1] if at + 1 < end else uint32(0)
                if after > 0xFFFF:
                    return -1
                if joined or kinds[code] != 2 or kinds[after] != 1:
                    break
                joined = True
            word = uint64((word ^ uint64(code)) * uint64(0x100000001B3))
            word = uint64(word ^ (word >> uint64(29)))
            at += 1
        word = uint64(word * uint64(0x9E3779B97F4A7C15)) | uint64(1)
        starts[many], ends[many], hashes[many] = start, at, word
        numbers[many] = _number(word, keys, values, mask)
        many += 1
    return many


@njit(cache=True, nogil=True)
def _number(word: Any, keys: Hashes, values: Places, mask: int) -> int:
    slot = int(word >> uint64(20)) & mask
    while keys[slot] != 0:
        if keys[slot] == word:
            return int(values[slot])
        slot = (slot + 1) & mask
    return -1


@njit(cache=True, nogil=True)
def put(keys: Hashes, values: Places, hashes: Hashes, numbers: Places) -> int:
    """Put words into a table that has room for them, and say how many it lacked."""
    mask, fresh = len(keys) - 1, 0
    for at in range(len(hashes)):
        slot = int(hashes[at] >> uint64(20)) & mask
        while keys[slot] != 0 and keys[slot] != hashes[at]:
            slot = (slot + 1) & mask
        if keys[slot] == 0:
            values[slot] = numbers[at]  # before its key: who reads meanwhile sees both or neither
            keys[slot] = hashes[at]
            fresh += 1
    return fresh
