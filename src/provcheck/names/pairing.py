"""Which word of one name stands for which word of the other."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from provcheck.names.letters import CACHE, word_forms
from provcheck.names.nicknames import is_nickname

_similar, _jaro_winkler = Levenshtein.normalized_similarity, JaroWinkler.similarity
_JOIN, _JOIN_SAME_COUNT, _JOIN_GAIN, _MOST_JOINS = 0.5, 0.72, 0.08, 2
_SAME_PLACE = 0.06


class WordPair(NamedTuple):
    a: str
    b: str
    place_a: int
    place_b: int


class Pairing(NamedTuple):
    """Paired words, words left over on each side, words joined on the way, and the words of each side."""

    pairs: list[WordPair]
    left_a: list[str]
    left_b: list[str]
    joins: int
    count_a: int
    count_b: int


@lru_cache(CACHE)
def resemblance(a: str, b: str) -> float:
    """A quick likeness of two words, 0 to 1, good enough to pair them."""
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.65 if a[0] == b[0] else 0.0
    if is_nickname(a, b):
        return 0.9
    x, y = word_forms(a).keys, word_forms(b).keys
    return 0.5 * _similar(x[4], y[4]) + 0.3 * _jaro_winkler(x[3], y[3]) + 0.15 * _similar(a, b)


def pair_words(a: tuple[str, ...], b: tuple[str, ...]) -> Pairing:
    """Pairs words greedily, the likest first, in any order; split words ("Abu Bakr", "Abubakr") are joined."""
    if len(a) == 1 == len(b):
        return Pairing([WordPair(a[0], b[0], 0, 0)], [], [], 0, 1, 1)
    left, right = list(a), list(b)
    joins = 0
    while joins < _MOST_JOINS and _join(left, right):
        joins += 1
    n, m = len(left), len(right)
    ranked = sorted(
        (-resemblance(x, y) - (_SAME_PLACE if i == j or n - i == m - j else 0.0), i, j)
        for i, x in enumerate(left)
        for j, y in enumerate(right)
    )
    pairs: list[WordPair] = []
    free_left, free_right = set(range(n)), set(range(m))
    for _, i, j in ranked:
        if i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            pairs.append(WordPair(left[i], right[j], i, j))
    return Pairing(
        pairs, [left[i] for i in sorted(free_left)], [right[j] for j in sorted(free_right)], joins, n, m
    )


def _join(left: list[str], right: list[str]) -> bool:
    """Joins the two neighbours that are most like one word of the other name; whether there were any."""
    best: tuple[float, list[str], int] | None = None
    for words, others in ((left, right), (right, left)):
        least = _JOIN if len(words) == len(others) + 1 else _JOIN_SAME_COUNT
        for i in range(len(words) - 1):
            joined = words[i] + words[i + 1]
            for other in others:
                if len(joined) < 4 or abs(len(other) - len(joined)) > 3 or other in (words[i], words[i + 1]):
                    continue
                likeness = resemblance(joined, other)
                apart = max(resemblance(words[i], other), resemblance(words[i + 1], other))
                if (
                    likeness > least
                    and likeness > _JOIN_GAIN + apart
                    and (best is None or likeness > best[0])
                ):
                    best = (likeness, words, i)
    if best is None:
        return False
    _, words, i = best
    words[i : i + 2] = [words[i] + words[i + 1]]
    return True
