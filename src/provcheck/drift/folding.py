"""Words in the form in which the copies of a story are held against each other."""

from __future__ import annotations

import re
from functools import lru_cache

_BRITISH = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"(?<=\w{2})our", "or"),
        (r"(?<=\w{2})is(?=(?:e|ed|es|ing|ation|ations)$)", "iz"),
        (r"(?<=\w{3})tre$", "ter"),
        (r"ence$", "ense"),
        (r"ogramme", "ogram"),
    )
)
_BRITISH_LETTERS = 6  # of a word, from which spellings are made alike


@lru_cache(1 << 14)
def folded(word: str) -> str:
    """A word in small letters and American spelling, without a plural s."""
    word = word.casefold()
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) >= _BRITISH_LETTERS:
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    return word
