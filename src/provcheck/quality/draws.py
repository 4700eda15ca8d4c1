"""langdetect's random draws, worked out at once: the ones that its generator makes with seed 0."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

ALPHA, ALPHA_WIDTH, TRIALS, BASE = 0.5, 0.05, 7, 10_000
CONVERGED, LIMIT = 0.99999, 1_000
STEP, _FIRST_TESTS = 5, 12  # updates between two tests, and tests that are worked out at once
_NUMBERS_A_PAIR = 4  # of 32 bits, for two normal numbers

# As the compiled loop takes them.
SETTINGS = (TRIALS, LIMIT, STEP, ALPHA, ALPHA_WIDTH, float(BASE), CONVERGED)


def trial(
    rows: npt.NDArray[np.int64], table: npt.NDArray[np.float64], weight: float, draws: Draws
) -> npt.NDArray[np.float64]:
    """One run of updates; langdetect normalises and tests after the first and then every fifth update.

    Many updates are worked out at once, and those after the first test that is passed are not drawn.
    """
    belief = np.full(table.shape[1], 1.0 / table.shape[1])
    done = 0
    while True:
        tests = _FIRST_TESTS + (done == 0)
        picked = rows[draws.peek(STEP * _FIRST_TESTS + (done == 0))]
        firsts = np.arange(tests) * STEP - (STEP - 1) * (done == 0) * (np.arange(tests) > 0)
        factors = np.multiply.reduceat(table[picked] + weight, firsts, axis=0)
        factors /= factors.max(axis=1, keepdims=True)
        beliefs = belief * np.multiply.accumulate(factors, axis=0)
        beliefs /= beliefs.sum(axis=1, keepdims=True)
        drawn = done + np.append(firsts[1:], len(picked))
        sure = np.flatnonzero((beliefs.max(axis=1) > CONVERGED) | (drawn - 1 >= LIMIT))
        last = int(sure[0]) if len(sure) else tests - 1
        draws.take(int(drawn[last]) - done)
        done = int(drawn[last])
        belief = beliefs[last]
        if len(sure):
            return np.asarray(belief, dtype=np.float64)


class Draws:
    """What `random.Random(0)` would give: normal numbers, and indexes below a size as `choice` picks them.

    Its 32-bit numbers are the same for every text; which of them make an index depends on the size alone.
    """

    def __init__(self, size: int) -> None:
        self._raw = numbers()
        candidates = self._raw >> np.uint32(32 - size.bit_length())
        self._place = np.flatnonzero(candidates < size)
        self._index = candidates[self._place].astype(np.int64)
        self._at = 0  # in the raw numbers
        self._spare: float | None = None

    def gauss(self) -> float:
        """As `random.gauss(0, 1)`."""
        spare, self._spare = self._spare, None
        if spare is not None:
            return spare
        drawn, self._spare = _normal_pair(self._raw[self._at : self._at + _NUMBERS_A_PAIR].tolist())
        self._at += _NUMBERS_A_PAIR
        return drawn

    def peek(self, count: int) -> npt.NDArray[np.int64]:
        """The next indexes, not yet drawn."""
        first = int(np.searchsorted(self._place, self._at))
        return self._index[first : first + count]

    def take(self, count: int) -> None:
        """Draw as many indexes."""
        first = int(np.searchsorted(self._place, self._at))
        self._at = int(self._place[first + count - 1]) + 1


@lru_cache(maxsize=1)
def numbers() -> npt.NDArray[np.uint32]:
    """The 32-bit numbers of `random.Random(0)`: enough for seven trials that never converge."""
    draw = random.Random(0)
    count = 3 * TRIALS * (LIMIT + 2 * STEP * _FIRST_TESTS)
    return np.array([draw.getrandbits(32) for _ in range(count)], dtype=np.uint32)


def _normal_pair(numbers: Sequence[int]) -> tuple[float, float]:
    """Two normal numbers from four of 32 bits (Box and Muller 1958), as `random.gauss` makes them."""
    one, other = (
        ((numbers[at] >> 5) * 67108864.0 + (numbers[at + 1] >> 6)) / 9007199254740992.0 for at in (0, 2)
    )
    angle, radius = one * 2 * math.pi, math.sqrt(-2.0 * math.log(1.0 - other))
    return math.cos(angle) * radius, math.sin(angle) * radius


@lru_cache(maxsize=1)
def normals() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The pair of normal numbers that a draw gives which starts at each of the 32-bit numbers."""
    raw = numbers().tolist()
    last = len(raw) - _NUMBERS_A_PAIR + 1
    pairs = np.array([_normal_pair(raw[at : at + _NUMBERS_A_PAIR]) for at in range(last)])
    return pairs[:, 0].copy(), pairs[:, 1].copy()
