"""Names of outlets in running text: the known ones of rules/lists/outlets.txt, and those that a pattern finds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from provcheck.lexicon.background import is_known
from provcheck.resources import read_lines
from provcheck.text.addresses import site_of
from provcheck.text.patterns import Hit, Pattern

_WORD = re.compile(r"\w+")
_OPENING = re.compile(
    r"(?<!\w)[^\W_a-z]\w*"
)  # words that do not begin with a small letter, and some of other alphabets that do
_LONGER = re.compile(
    r"\b(?:Foreign|Overseas|National|International|Domestic) $"
)  # before "Press Association"
_CAPITAL_NEXT = re.compile(r"(?:['’]s)? [^\W\d_a-z]")
_LETTERS = re.compile(r"[\W_]+")
_BEFORE = 16  # code points
_THE = ("the ", "The ")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name without its "The". before: how many code points stand before its first word ("+972 Magazine" has one)."""

    text: str
    before: int
    the: bool


@cache
def known_outlets() -> frozenset[str]:
    """As the list has them, "The" included."""
    return frozenset(read_lines("outlets.txt"))


@cache
def small_outlets() -> tuple[str, ...]:
    """The known ones that are written with a small first letter ("taz", "de Volkskrant"), the longest first: for a pattern."""
    return tuple(
        sorted((name for name in known_outlets() if _is_small(name)), key=lambda name: (-len(name), name))
    )


def _is_small(name: str) -> bool:
    word = _WORD.search(name.removeprefix("The "))
    return word is not None and "a" <= word.group()[0] <= "z"


def is_own_name(name: str, outlet: str | None) -> bool:
    """Whether a name is that of the site itself: "CBN News" on cbn.example."""
    plain, site = (_LETTERS.sub("", each.casefold()) for each in (name, site_of(outlet or "")))
    return min(len(plain), len(site)) > 2 and (plain.startswith(site) or site.endswith(plain))


def outlets_in(text: str, pattern: Pattern) -> list[Hit]:
    """The outlets that a text names, known or found by the pattern, from left to right; of those that overlap the first, and of
    those that start together the longest. A "the" before a name is part of the hit.
    """
    hits = [
        *_known_in(text),
        *(
            hit
            for hit in pattern.finditer(text)
            if not _LONGER.search(text[max(0, hit.start - _BEFORE) : hit.start])
        ),
    ]
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
    return chosen


@cache
def _by_first_word() -> Mapping[str, tuple[_Name, ...]]:
    """The names that have a word first, the longest first: nine thousand of them in one expression would cost each text a millisecond."""
    found: dict[str, list[_Name]] = defaultdict(list)
    for name in known_outlets():
        the = name.startswith("The ")
        bare = _plain(name.removeprefix("The "))
        word = _WORD.search(bare)
        if word is None or _is_small(name):
            continue
        found[word.group()].append(_Name(bare, word.start(), the))
        loud = bare.upper()
        if " " in bare and loud != bare:  # "USA TODAY"
            found[loud[word.start() : word.end()]].append(_Name(loud, word.start(), the))
    return {
        first: tuple(sorted(names, key=lambda n: (-len(n.text), n.text))) for first, names in found.items()
    }


def _known_in(text: str) -> Iterator[Hit]:
    plain, by_first = _plain(text), _by_first_word()
    for word in _OPENING.finditer(plain):
        names = by_first.get(word.group())
        hit = _named_at(plain, word.start(), names) if names is not None else None
        if hit is not None:
            yield hit


def _named_at(text: str, at: int, names: tuple[_Name, ...]) -> Hit | None:
    """The longest name whose first word stands at an offset."""
    for name in names:
        start, end = at - name.before, at - name.before + len(name.text)
        if start < 0 or not text.startswith(name.text, start):
            continue
        if (_is_word(text, end) and _is_word(text, end - 1)) or (
            _is_word(text, start - 1) and _is_word(text, start)
        ):
            continue
        if _goes_on(text, start, end):
            continue
        the = text[max(0, start - 4) : start] in _THE
        if the or not name.the:
            return Hit(start - 4 if the else start, end, {})
    return None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a name that is a common word, too, is a part of a longer one: "the Independent Arabic", "the People’s Bank"."""
    goes_on = _CAPITAL_NEXT.match(text, end)
    return goes_on is not None and is_known(text[start:end].casefold())


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _plain(text: str) -> str:
    return text.replace("’", "'")
