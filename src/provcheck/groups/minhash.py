"""MinHash values equal to datasketch's own, worked out for a whole set at once.

datasketch 2 ("affine32"): the 32-bit hash is mixed with MurmurHash3's finalizer and permuted by
`a * h + b mod 2**32`. Broder (1997), On the resemblance and containment of documents.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from provcheck.arrays.speedup import Compiled

_WORTH = 3_000  # texts from which compiled loops repay their start
_compiled = Compiled("provcheck.groups.compiled", _WORTH)
_BLOCK = 2_048  # shingles mixed at once: 128 permutations of a block fit the cache


@lru_cache(maxsize=8)
def permutations(count: int) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """The parameters (a, b) of datasketch's permutations with seed 1, `count` of each."""
    draw = np.random.RandomState(1)
    a = draw.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = draw.randint(0, 1 << 32, count, dtype=np.uint32)
    return a, b


def minhash(shingles: npt.NDArray[np.uint32], count: int) -> npt.NDArray[np.uint32]:
    """MinHash values (uint32, `count` of them) of a set of 32-bit hashes; all ones for an empty set."""
    a, b = permutations(count)
    best = np.full(count, np.iinfo(np.uint32).max, dtype=np.uint32)
    compiled = _compiled.module()
    if compiled is not None:
        compiled.minhash(shingles, a, b, best)
        return best
    mixed = _finalize(shingles)
    for start in range(0, len(mixed), _BLOCK):
        block = mixed[start : start + _BLOCK]
        np.minimum(best, (a[:, None] * block[None, :] + b[:, None]).min(axis=1), out=best)
    return best


def _finalize(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    mixed = values ^ (values >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed = mixed ^ (mixed >> np.uint32(13))
    mixed = mixed * np.uint32(0xC2B2AE35)
    finished: npt.NDArray[np.uint32] = mixed ^ (mixed >> np.uint32(16))
    return finished
