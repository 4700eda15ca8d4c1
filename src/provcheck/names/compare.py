"""Whether two spellings are one person's name: a score, the kind of difference, and reasons in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import mul

from rapidfuzz.distance import JaroWinkler, Levenshtein

from provcheck.names.edits import edits, name_model
from provcheck.names.letters import CACHE, is_custom, name_words, word_forms
from provcheck.names.nicknames import are_distinct, is_nickname
from provcheck.names.pairing import Pairing, pair_words
from provcheck.names.reasons import Relation, explain
from provcheck.names.syllables import syllables_conflict

_distance, _jaro_winkler = Levenshtein.distance, JaroWinkler.similarity
_KEYS = (0, 1, 2, 4)  # letters, sound, skeleton, classes; the coarse skeleton serves pairing only
# What a pair of words is worth where a rule decides and not the word model (in logits).
_EQUAL, _NICKNAME, _INITIAL, _OTHER_INITIAL, _BELOW_EQUAL = 4.5, 2.5, 1.0, -6.0, 0.3
_CERTAIN, _NO_WORDS = 9.0, -9.0
_ONE_WORD = 4.0
_NO_BETTER, _SLOPE = -0.5, 0.1  # two established given names, or syllables that cannot agree


@dataclass(frozen=True, repr=False)
class NameMatch:
    """Two names compared.

    score: 0 to 1, higher = more likely two spellings of one person's name; above .8, about one in a hundred
    pairs of different persons gets there. relation and reasons (short sentences) are worked out when asked for.
    """

    a: str
    b: str
    score: float

    @cached_property
    def _explained(self) -> tuple[Relation, tuple[str, ...]]:
        x, y = name_words(self.a), name_words(self.b)
        same = x == y and _generation(self.a) == _generation(self.b)
        if x != y and _is_custom(self.a, self.b):
            return "same", ("one writes letters with marks as two: ü as ue, ø as oe",)
        return explain(x, y, self.score, None if same or not (x and y) else pair_words(x, y))

    @property
    def relation(self) -> Relation:
        """One of `same spelling transliteration nickname different`."""
        return self._explained[0]

    @property
    def reasons(self) -> tuple[str, ...]:
        return self._explained[1]

    def __repr__(self) -> str:
        return f"NameMatch(score={self.score}, relation={self.relation!r}, reasons={self.reasons!r})"


def compare_names(a: str, b: str) -> NameMatch:
    """Compare two personal names in any Latin spelling; other scripts are romanised first.

    The weakest pair of words decides most, so that two members of a family stay two persons. The weights were
    learned from sanctions lists, politicians and words that passed through five scripts.
    """
    return NameMatch(a, b, round(1 / (1 + math.exp(-_logit(a, b))), 4))


@lru_cache(CACHE)
def _generation(name: str) -> str:
    """ "jr", "sr", "iii" … at the end of a name: what tells a father from a son."""
    last = name.casefold().rstrip(". ").rpartition(" ")[2]
    return {"junior": "jr", "senior": "sr"}.get(last, last if last in ("jr", "sr", "ii", "iii", "iv") else "")


def _logit(a: str, b: str) -> float:
    """The same either way round: of two alignments that are as good, the first is taken."""
    if b < a:
        a, b = b, a
    x, y = name_words(a), name_words(b)
    if not x or not y:
        return _CERTAIN if a == b else _NO_WORDS
    same_generation = _generation(a) == _generation(b)
    if x == y or _is_custom(a, b):
        return _CERTAIN if same_generation else _NO_BETTER
    model = name_model()
    if len(x) == 1 == len(y):
        logit = model.single_b + _dot(model.single_w, _word_features(x[0], y[0]))
        return max(logit, 1.0) if is_nickname(x[0], y[0]) else logit
    pairing = pair_words(x, y)
    features, distinct = _name_features(pairing)
    logit = model.name_b + _dot(model.name_w, features)
    if logit <= 0:
        return logit
    if distinct or not same_generation or syllables_conflict(x, y):
        return _held(logit)
    if min(pairing.count_a, pairing.count_b) == 1 < max(pairing.count_a, pairing.count_b):
        return min(logit, _ONE_WORD) * _SLOPE  # one word of a full name names a family, not a person
    return logit


def _is_custom(a: str, b: str) -> bool:
    """Whether two names differ in how a house writes umlauts: "Müller" and "Mueller"."""
    return not (a.isascii() and b.isascii()) and is_custom(a, b)


def _held(logit: float) -> float:
    return _NO_BETTER + _SLOPE * (logit - _NO_BETTER)


def _dot(weights: list[float], features: list[float]) -> float:
    total: float = sum(map(mul, weights, features))
    return total


@lru_cache(CACHE)
def _word_score(a: str, b: str) -> float:
    """How likely two words inside full names are one, as a logit."""
    model = name_model()
    return model.token_b + _dot(model.token_w, _word_features(a, b))


def _word_features(a: str, b: str) -> list[float]:
    x, y = word_forms(a), word_forms(b)
    found: list[float] = []
    for key in _KEYS:
        one, other = x.keys[key], y.keys[key]
        distance = _distance(one, other)
        found += (
            1 - distance / max(len(one), len(other)),
            distance,
            _jaro_winkler(one, other),
            _jaro_winkler(x.reversed[key], y.reversed[key]),
            len(one) + len(other),
        )
    chinese = x.chinese and y.chinese
    syllables = abs(x.syllables - y.syllables)
    head = x.head != y.head
    found += (
        abs(len(a) - len(b)), a[0] == b[0], a[-1] == b[-1], head, chinese, chinese and head, chinese and syllables, syllables,
    )  # fmt: skip
    change = edits(x, y)
    return [*found, change.mean, change.worst, change.consonant_cost, change.consonants]


def _name_features(pairing: Pairing) -> tuple[list[float], int]:
    """Features of two paired names, and how many pairs are two established given names."""
    values: list[float] = []
    equal = initials = nicknames = swapped = distinct = 0
    first = last = None
    n, m = pairing.count_a, pairing.count_b
    for a, b, i, j in pairing.pairs:
        if a == b:
            value = _EQUAL
            equal += 1
        elif len(a) == 1 or len(b) == 1:
            value = _INITIAL if a[0] == b[0] else _OTHER_INITIAL
            initials += 1
        elif is_nickname(a, b):
            value = max(_NICKNAME, _word_score(a, b))
            nicknames += 1
        else:
            value = min(_word_score(a, b), _EQUAL - _BELOW_EQUAL)
            distinct += are_distinct(a, b)
        values.append(value)
        first = value if i == j == 0 else first
        last = value if i == n - 1 and j == m - 1 else last
        swapped += i != j and n - i != m - j
    ranked = sorted(values)
    extra = len(pairing.left_a) + len(pairing.left_b)
    weakest = ranked[0]
    return [
        weakest,
        ranked[1] if len(ranked) > 1 else _EQUAL,
        sum(values) / len(values),
        sum(values) - _EQUAL * len(values),
        len(values),
        extra,
        extra / (n + m),
        weakest if first is None else first,
        weakest if last is None else last,
        swapped,
        equal,
        initials,
        nicknames,
        pairing.joins,
        min(n, m) == 1,
        sum(map(len, pairing.left_a)) + sum(map(len, pairing.left_b)),
    ], distinct
