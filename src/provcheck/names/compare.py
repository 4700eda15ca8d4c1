"""Whether two spellings are one person's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import JaroWinkler

Relation = Literal["same", "spelling", "transliteration", "nickname", "different"]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """score: 0 to 1, higher = more likely one person. reasons: short sentences."""

    score: float
    relation: Relation
    reasons: tuple[str, ...]


def compare_names(a: str, b: str) -> NameMatch:
    if a.casefold() == b.casefold():
        return NameMatch(1.0, "same", ("the same letters",))
    x, y = a.casefold().split(), b.casefold().split()
    if len(x) != len(y):
        s = JaroWinkler.similarity(a, b) * 0.7
    else:
        s = min(JaroWinkler.similarity(p, q) for p, q in zip(x, y, strict=True))
    return NameMatch(s, "spelling" if s > 0.8 else "different", ())
