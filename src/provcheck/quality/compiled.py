"""langdetect's loops, compiled by numba; each gives what its plain counterpart gives, and tests hold the two together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit, uint64

Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]


@njit(cache=True, nogil=True)
def gram_rows(
    codes: Codes,
    upper: npt.NDArray[np.bool_],
    keys: npt.NDArray[np.uint64],
    slots: npt.NDArray[np.int32],
    bits: int,
    mix: int,
    out: Rows,
) -> int:
    """Write the rows of the n-grams that the table has to `out`, and say how many; see `language._ngram_rows`."""
    found = 0
    last = uint64((1 << bits) - 1)
    for at in range(1, len(codes)):
        if upper[at] and upper[at - 1]:
            continue
        here, before = uint64(codes[at]), uint64(codes[at - 1])
        for length in range(3):
            if length == 0:
                if here == 32:
                    continue
                gram = here
            elif length == 1:
                if here == 32 and before == 32:
                    continue
                gram = (before << uint64(21)) | here
            else:
                if before == 32:
                    continue
                gram = (uint64(codes[max(0, at - 2)]) << uint64(42)) | (before << uint64(21)) | here
            slot = uint64(gram * uint64(mix)) >> uint64(64 - bits)
            while slots[slot] >= 0:
                if keys[slots[slot]] == gram:
                    out[found] = slots[slot]
                    found += 1
                    break
                slot = (slot + uint64(1)) & last
    return found


@njit(cache=True, nogil=True)
def trials(
    rows: Rows,
    table: Floats,
    numbers: Codes,
    first: Floats,
    second: Floats,
    trials: int,
    limit: int,
    step: int,
    alpha: float,
    width: float,
    base: float,
    converged: float,
    total: Floats,
) -> None:
    """Add the mean of the trials to `total`; see `draws`. `first`, `second`: normal numbers by where their draw starts."""
    size, languages = len(rows), len(total)
    shift = 32
    while (1 << (32 - shift)) <= size:
        shift -= 1
    at, spare = 0, -1
    belief = np.empty(languages)
    for _ in range(trials):
        if spare < 0:
            normal, spare = first[at], at
            at += 4
        else:
            normal, spare = second[spare], -1
        weight = (alpha + normal * width) / base
        belief[:] = 1.0 / languages
        done, steps = 0, 1
        while True:
            for _ in range(steps):
                while numbers[at] >> shift >= size:
                    at += 1
                row = rows[numbers[at] >> shift]
                at += 1
                for column in range(languages):
                    belief[column] *= table[row, column] + weight
            done += steps
            belief /= belief.sum()
            if belief.max() > converged or done - 1 >= limit:
                break
            steps = step
        total += belief / trials
