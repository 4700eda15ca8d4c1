"""What differs between two names, in words that claim no more than the letters show."""

from __future__ import annotations

from typing import Literal

from provcheck.names.edits import GAP, edits
from provcheck.names.letters import UNITS, word_forms
from provcheck.names.nicknames import is_nickname
from provcheck.names.pairing import Pairing, WordPair

Relation = Literal["same", "spelling", "transliteration", "nickname", "different"]
_ONE_PERSON = 0.5
_SMALL_CHANGES = 2  # letters that a slip or a variant spelling changes
_MOST_REASONS = 4


def explain(
    a: tuple[str, ...], b: tuple[str, ...], score: float, pairing: Pairing | None
) -> tuple[Relation, tuple[str, ...]]:
    """The relation of two names and at most four reasons."""
    if pairing is None:
        if a == b and a:
            return "same", ("the same words",)
        return "different", ("one of the names has no letters",)
    reasons: list[str] = []
    nickname = False
    changes = 0
    for pair in pairing.pairs:
        if pair.a == pair.b:
            continue
        if is_nickname(pair.a, pair.b):
            nickname = True
            reasons.append(f"{_title(pair.a)} and {_title(pair.b)} are forms of one given name")
        elif min(len(pair.a), len(pair.b)) == 1:
            same = pair.a[0] == pair.b[0]
            reasons.append(f"{_title(pair.a)} {'is' if same else 'is not'} the initial of {_title(pair.b)}")
        else:
            words, count = _word_reasons(pair)
            changes += count
            reasons += words
    reasons += _order_reasons(pairing)
    if a == b:
        reasons.append("the generation differs (Jr., Sr., III)")
    if score < _ONE_PERSON:
        relation: Relation = "different"
    elif nickname:
        relation = "nickname"
    else:
        relation = "spelling" if changes <= _SMALL_CHANGES else "transliteration"
    return relation, tuple(dict.fromkeys(reasons))[:_MOST_REASONS]


def _word_reasons(pair: WordPair) -> tuple[list[str], int]:
    """Reasons for one pair of words, and how many letters change."""
    changed = [(x, y) for x, y in edits(word_forms(pair.a), word_forms(pair.b)).changes if x != y]
    merged, dropped, vowels = [], [], False
    for x, y in reversed(changed):
        one = UNITS[x]
        if one[0] in "aeiouy" and (y == GAP or UNITS[y][0] in "aeiouy"):
            vowels = True
        elif y == GAP:
            dropped.append(one)
        else:
            merged.append(f"{one} and {UNITS[y]} merge")
    reasons = merged[:2]
    if dropped:
        reasons.append(f"{', '.join(dropped[:2])} comes or goes")
    if vowels:
        reasons.append("vowels differ")
    if not changed:
        reasons.append("letters are doubled or single")
    return reasons, max(1, len(changed))


def _order_reasons(pairing: Pairing) -> list[str]:
    reasons = []
    turned = any(
        p.place_a != p.place_b and pairing.count_a - p.place_a != pairing.count_b - p.place_b
        for p in pairing.pairs
    )
    if turned:
        reasons.append("the names stand in another order")
    if pairing.joins:
        reasons.append("a word is split in one and joined in the other")
    left = [*pairing.left_a, *pairing.left_b]
    if left:
        reasons.append(f"only one has {', '.join(_title(word) for word in left[:3])}")
    return reasons


def _title(word: str) -> str:
    return word[:1].upper() + word[1:]
