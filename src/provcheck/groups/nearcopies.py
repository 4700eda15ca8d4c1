"""Near copies among many texts and nothing else: shingles, MinHash, bands, groups. For building corpora.

Broder (1997), On the resemblance and containment of documents; Indyk and Motwani (1998) for the bands. The values are
datasketch's own, the bands those that its index chooses for the threshold where a missed pair weighs most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from functools import cache, lru_cache
from itertools import islice
from typing import Any
from unicodedata import category

import numpy as np
import numpy.typing as npt

from provcheck.arrays.speedup import Compiled
from provcheck.groups.candidates import bands, bucket_pairs
from provcheck.groups.components import component_labels
from provcheck.groups.minhash import minhash, permutations
from provcheck.groups.words import Bools, Floats, Places

_PRIME, _MIX = np.uint64(0x100000001B3), np.uint64(0x9E3779B97F4A7C15)
_WORTH = 1_000  # texts from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiled", _WORTH)
_BATCH = 200  # texts that are written at once
_PAIRS = 50_000  # whose values are compared at once
Values = npt.NDArray[np.uint32]


@cache
def _letters() -> Values:
    """For each code point of the basic plane its lower-case form if it is part of a word, else 0; digits and marks on letters are."""
    codes = [
        ord(char.lower()[0]) if char.isalnum() or category(char)[0] == "M" else 0
        for char in map(chr, range(0x10000))
    ]
    return np.array(codes, dtype=np.uint32)


def _codes(text: str) -> Values:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@lru_cache(maxsize=8)
def _powers(count: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    inverse = np.uint64(pow(int(_PRIME), -1, 1 << 64))
    powers = [np.full(count, base, dtype=np.uint64) for base in (_PRIME, inverse)]
    for each in powers:
        each[0] = 1
        np.multiply.accumulate(each, out=each)
    return powers[0], powers[1]


def shingles_of(text: str, size: int = 3) -> Values:
    """32-bit hashes of the runs of `size` neighbouring words, in order; a word is a run of letters and digits, case aside.

    A text with fewer words has none.
    """
    codes, letters = _codes(text), _letters()
    plain = np.where(codes < len(letters), letters[np.minimum(codes, len(letters) - 1)], codes).astype(
        np.uint64
    )
    inside = np.concatenate([[False], plain != 0, [False]])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    up, down = _powers(1 << max(10, len(codes)).bit_length())
    summed = np.concatenate(
        [np.zeros(1, dtype=np.uint64), np.cumsum(plain * down[: len(plain)], dtype=np.uint64)]
    )
    words = (summed[ends] - summed[starts]) * up[np.maximum(ends, 1) - 1]
    count = max(0, len(words) - size + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for step in range(size):
        mixed = (mixed ^ words[step : step + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _write(compiled: Any, texts: Sequence[str], size: int, rows: Values, has: Bools) -> None:
    """Write the MinHash values of texts to rows, and whether each has any shingle; `compiled` is None for the plain way."""
    count = rows.shape[1]
    if compiled is None:
        for at, text in enumerate(texts):
            shingles = shingles_of(text, size)
            rows[at], has[at] = minhash(shingles, count), len(shingles) > 0
        return
    pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)))
    room = max(map(len, pieces)) // 2 + 2
    words, found = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint32)
    utf8 = np.frombuffer(b"".join(pieces), dtype=np.uint8)
    shape = (_letters(), size, _PRIME, _MIX, words, found, *permutations(count))
    compiled.signatures(utf8, ends, *shape, rows, has)


def signatures(texts: Iterable[str], count: int = 128, size: int = 3) -> tuple[Values, Bools]:
    """MinHash values, texts by `count` permutations, and which texts have any shingle of `size` words."""
    values, has = np.empty((_BATCH, count), dtype=np.uint32), np.empty(_BATCH, dtype=np.bool_)
    source, at = iter(texts), 0
    while batch := list(islice(source, _BATCH)):
        ahead = len(texts) - at if isinstance(texts, Sized) else len(batch)
        while at + len(batch) > len(values):
            values, has = np.concatenate([values, np.empty_like(values)]), np.concatenate([has, has])
        chosen = slice(at, at + len(batch))
        _write(_compiled.module(ahead), batch, size, values[chosen], has[chosen])
        at += len(batch)
    return values[:at], has[:at]


def near_copies(
    texts: Iterable[str], *, threshold: float = 0.3, permutations: int = 128, shingle: int = 3
) -> list[list[int]]:
    """Groups of near copies among texts: the indexes of each group's, sorted; the groups by their first.

    threshold: the Jaccard similarity of `shingle`-word shingles (0 to 1, as MinHash tells it) from which two texts are near
    copies; groups are what is connected. permutations: MinHash values a text. The same texts give the same groups,
    with numba (`provcheck[fast]`) or without.
    """
    if isinstance(texts, str):
        raise TypeError("near_copies takes many texts, not one")
    values, has = signatures(texts, permutations, shingle)
    left, right = near_pairs(values, has, threshold)
    labels = component_labels(len(values), left, right)
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted(group.tolist() for group in groups if len(group) > 1)


def near_pairs(values: Values, has: Bools, threshold: float) -> tuple[Places, Places]:
    """The pairs of texts that share a bucket and whose MinHash values agree for at least `threshold` of them."""
    found = bucket_pairs(bands(values, threshold, eager=True), has)
    keep = np.zeros(len(found.left), dtype=np.bool_)
    for start in range(0, len(keep), _PAIRS):
        chosen = slice(start, start + _PAIRS)
        alike: Floats = (values[found.left[chosen]] == values[found.right[chosen]]).mean(axis=1)
        keep[chosen] = alike >= threshold
    return found.left[keep], found.right[keep]
