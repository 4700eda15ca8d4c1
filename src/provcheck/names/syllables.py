"""Names that read as Chinese or Korean: their syllables must agree in number and in their initials."""

from __future__ import annotations

import re
from functools import lru_cache

from provcheck.names.letters import CACHE

_FINALS = frozenset(
    "iang iong uang yang yong yung eong eung yeo yu iao ieh ien ian ing ang eng ong ung uan yeon yon yol ueh uai eun eul euk eok eon aek oo "
    "ee ae eo ai ei ao au ou ia ie io iu oa oan ua uo ue ui un an en in on em am im om um ap ip op uk ok ak ek ol yo ul al il eh ih er "
    "a e i o u".split()
)
_INITIAL = re.compile("zh|ch|sh|hs|ts|tz|ss|kw|hw|ky|my|py|pp|kk|tt|[bpmfdtnlgkhjqxrzcswyv]")
_CLASSES = {
    "p": "b p pp py f", "m": "m my", "t": "d t tt", "l": "l n r", "k": "g k kk ky kw", "h": "h hw",
    "c": "zh ch sh hs ts tz ss j q x z c s", "y": "y", "w": "w v",
}  # fmt: skip
_CLASS_OF = {initial: kind for kind, initials in _CLASSES.items() for initial in initials.split()}
_FOREIGN = re.compile("[bcdfghjklmnpqrstvwxz]{4}|[bcdfjqstvxz]$|[bdfjlrvx][bcdfhjklmpqtvwx]|v")
_LONGEST_WORD = 10


@lru_cache(CACHE)
def initials_of(word: str) -> str | None:
    """The fewest syllables that a word reads as, as classes of their initials ("pc"), or None."""
    if _FOREIGN.search(word) or (
        len(word) > 3 and word[-1] == "e" and word[-2] not in "aeiouy"
    ):  # Kane, Mike
        return None
    best: list[str | None] = [None] * len(word) + [""]
    for at in range(len(word) - 1, -1, -1):
        found = _INITIAL.match(word, at)
        for stop, initial in {(found.end(), found.group()) if found else (at, ""), (at, "")}:
            for length in (4, 3, 2, 1):
                if stop + length > len(word) or word[stop : stop + length] not in _FINALS:
                    continue
                rest = best[stop + length]
                head = _CLASS_OF[initial] if initial else {"i": "y", "y": "y", "u": "w"}.get(word[stop], "0")
                shorter = best[at] is None or (
                    rest is not None and (len(rest) + 1, head) < (len(best[at] or ""), best[at] or "")
                )
                if rest is not None and shorter:
                    best[at] = head + rest
    return best[0]


@lru_cache(CACHE)
def name_initials(words: tuple[str, ...]) -> str | None:
    """Classes of the initials of a name of two to four syllables in two to four words, or None."""
    if not 2 <= len(words) <= 4 or max(map(len, words)) > _LONGEST_WORD:
        return None
    parts = [initials_of(word) for word in words]
    if (
        any(part is None or len(part) > 2 for part in parts)
        or sum(len(part or "") == 2 for part in parts) > 1
    ):
        return None
    joined = "".join(part or "" for part in parts)
    return joined if len(joined) <= 4 else None


def syllables_conflict(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether both names read as Chinese or Korean and their syllables cannot be the same, in any order of names."""
    one, other = name_initials(a), name_initials(b)
    if one is None or other is None:
        return False
    if len(one) != len(other):
        return True
    return all(one != other[turn:] + other[:turn] for turn in (0, 1, len(other) - 1))
