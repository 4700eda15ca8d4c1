"""The cheapest way from one spelling of a word to another, by learned costs of letter confusions."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import msgspec

from provcheck.names.letters import UNITS, WordForms
from provcheck.resources import data_file

_VOWELS_Y = "aeiouy"
GAP = len(UNITS)  # stands for "no letter" on the other side
_IS_VOWEL = [unit[0] in _VOWELS_Y for unit in UNITS] + [True]
_PLACES = (
    "p b f v w ph wh", "t d th", "k g q c ck kh gh qu x", "s z ts tz c sh ch zh sch tsch tch tsh shch dzh dj dz j cz sz rz x",
    "l r", "m n ng gn", "h",
)  # fmt: skip
_CLASSES: dict[str, frozenset[int]] = {
    unit: frozenset(n for n, units in enumerate(_PLACES) if unit in units.split()) for unit in UNITS
}


class NameModel(msgspec.Struct, frozen=True):
    """Learned weights; see "Names" in `docs/how-it-works.md`. `ops` are named parts of the costs of letter confusions."""

    ops: dict[str, float]
    token_w: list[float]
    token_b: float
    single_w: list[float]
    single_b: float
    name_w: list[float]
    name_b: float


class Costs(NamedTuple):
    """Weights of unit against unit, of a unit against nothing, and what is added at the first unit."""

    swap: list[list[float]]
    gap: list[float]
    first: list[list[float]]


class Edits(NamedTuple):
    """mean: weight by length of the alignment. worst: the dearest change. consonant_cost: sum over changes with a
    consonant. consonants: how many those are. changes: pairs of units, `GAP` for none."""

    mean: float
    worst: float
    consonant_cost: float
    consonants: int
    changes: list[tuple[int, int]]


@cache
def name_model() -> NameModel:
    return msgspec.json.decode(data_file("name-model.json").read_bytes(), type=NameModel)


def _parts(a: str, b: str | None, first: bool) -> list[str]:
    """Names of the weights that add up to the weight of one change: unit a against unit b or nothing."""
    vowel = a[0] in _VOWELS_Y
    if b is None:
        kind = "V" if vowel else "C"
        return ["del:" + a, "del" + kind, "del", *(["del0" + kind] if first else [])]
    if a == b:
        return ["m:" + a, "mV" if vowel else "mC", *(["m0"] if first else [])]
    other = b[0] in _VOWELS_Y
    kind = "sVV" if vowel and other else "sVC" if vowel or other else "sCC"
    parts = ["s:" + min(a, b) + "/" + max(a, b), kind]
    if kind != "sVV":
        parts.append("sClass" if _CLASSES[a] & _CLASSES[b] else "sOther")
    return parts + ([kind + "0"] if first else [])


@cache
def costs() -> Costs:
    """The model's table spread over all pairs of units."""
    table = name_model().ops

    def weight(a: str, b: str | None, first: bool) -> float:
        return sum(table.get(part, 0.0) for part in _parts(a, b, first))

    return Costs(
        [[weight(a, b, False) for b in UNITS] for a in UNITS],
        [weight(a, None, False) for a in UNITS],
        [[weight(a, b, True) - weight(a, b, False) for b in (*UNITS, None)] for a in UNITS],
    )


def edits(a: WordForms, b: WordForms) -> Edits:
    """The best alignment of two words' units (Needleman and Wunsch 1970, learned weights)."""
    total, changes = _align(a.units, b.units, costs())
    swap, gap, _ = costs()
    worst = consonant_cost = 0.0
    consonants = gaps = 0
    for x, y in changes:
        if x == y:
            continue
        cost = gap[x] if y == GAP else swap[x][y]
        gaps += y == GAP
        worst = min(worst, cost)
        if not (_IS_VOWEL[x] and _IS_VOWEL[y]):
            consonants += 1
            consonant_cost += min(cost, 0.0)
    length = (len(a.units) + len(b.units) + gaps) / 2 or 1
    return Edits(total / length, worst, consonant_cost, consonants, changes)


def _align(x: tuple[int, ...], y: tuple[int, ...], learned: Costs) -> tuple[float, list[tuple[int, int]]]:
    swap, gap, _ = learned
    row = [0.0]
    for b in y:
        row.append(row[-1] + gap[b])
    rows = [row]
    for a in x:
        swap_a, gap_a = swap[a], gap[a]
        diagonal = row[0]
        left = diagonal + gap_a
        current = [left]
        column = 1
        for b in y:
            best = diagonal + swap_a[b]
            diagonal = row[column]
            above = diagonal + gap_a
            if above > best:
                best = above
            left += gap[b]
            if left > best:
                best = left
            current.append(best)
            left = best
            column += 1
        rows.append(current)
        row = current
    return _trace(x, y, rows, learned)


def _trace(
    x: tuple[int, ...], y: tuple[int, ...], rows: list[list[float]], learned: Costs
) -> tuple[float, list[tuple[int, int]]]:
    """Walks the table back; the first unit's extra weight is added to the total."""
    swap, gap, first = learned
    i, j = len(x), len(y)
    total = rows[i][j]
    changes = []
    while i or j:
        here = rows[i][j]
        if i and j and rows[i - 1][j - 1] + swap[x[i - 1]][y[j - 1]] == here:
            i, j = i - 1, j - 1
            a, b = x[i], y[j]
            extra = not i and not j
        elif i and rows[i - 1][j] + gap[x[i - 1]] == here:
            i -= 1
            a, b, extra = x[i], GAP, not i
        else:
            j -= 1
            a, b, extra = y[j], GAP, not j
        if extra:
            total += first[a][b]
        if a != b or (i == 0 and j == 0):
            changes.append((a, b))
    return total, changes
