"""Whether two names are one person's, as those who compare many names ask it: alike, another form, a slip.

Of two different persons' names about one in a hundred pairs scores `LIKELY` or more; `SURE` is for those who name a spelling wrong.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Indel

from provcheck.names.compare import NameMatch, compare_names
from provcheck.names.letters import CACHE, name_words

POSSIBLE, LIKELY, SURE = 0.5, 0.8, 0.9  # scores of `compare_names`
_common_letters = Indel.normalized_similarity  # of sorted letters: the share of those that both have
_WORTH = 0.5


def is_one(a: str, b: str, least: float = SURE) -> bool:
    """Whether two names are one person's, however they are spelled and shortened. least: of their score."""
    return a == b or is_other_form(a, b) or compare_names(a, b).score >= least


def slip(a: str, b: str, least: float = SURE) -> NameMatch | None:
    """How two names compare of which one is likely the other misspelled: no nickname, no other form. None if it is not."""
    match = compare_names(a, b)
    wrong = match.score >= least and match.relation != "nickname" and not is_other_form(a, b)
    return match if wrong else None


@lru_cache(CACHE)
def _letters(name: str) -> str:
    return "".join(sorted("".join(name_words(name))))


def share_letters(a: str, b: str) -> bool:
    """Whether two names have enough letters in common, in whatever order, that comparing them is worth it.

    Of 1,193 pairs of spellings (sanctions lists, politicians) that `compare_names` scores .9 or more this loses one; of the pairs of
    names that stand in one article it passes a quarter.
    """
    return _common_letters(_letters(a), _letters(b)) >= _WORTH


def is_other_form(a: str, b: str) -> bool:
    """Whether two names differ only as people vary a name: left-out words, initials, order, a plural or demonym.

    "Donald J. Trump" and "Donald Trump", "G. W. Bush" and "George W. Bush", "Lip-Bu Tan" and "Tan Lip-Bu" are no two spellings.
    """
    x, y = name_words(a), name_words(b)
    if set(x) <= set(y) or set(y) <= set(x) or "".join(y) in _turned(x) or _abbreviates(x, y):
        return True
    short, long = sorted(("".join(x), "".join(y)), key=len)
    return long[: len(short)] == short and long[len(short) :] in ("s", "n", "es", "an")


def _abbreviates(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether the surname is one and all that differs are initials: "George W. Bush", "G. W. Bush"."""
    if len(x) != len(y) or x[-1] != y[-1]:
        return False
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(x, y, strict=True))


def _turned(words: tuple[str, ...]) -> set[str]:
    """The words joined, with each of them first: "tanlipbu" and "lipbutan"."""
    return {"".join(words[turn:] + words[:turn]) for turn in range(len(words))}
