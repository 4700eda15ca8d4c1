"""Given names of people, of many languages, as English texts spell them."""

from __future__ import annotations

from functools import cache

from provcheck.names.nicknames import is_established
from provcheck.resources import read_lines


def is_given_name(name: str) -> bool:
    """Whether a lower-case word is a given name, a short form of one, or two of them joined by a hyphen; words that mean something else,
    too, are left out.
    """
    return is_established(name) or name in _listed() or ("-" in name and name.split("-", 1)[0] in _listed())


@cache
def _listed() -> frozenset[str]:
    return frozenset(word for line in read_lines("given-names.txt") for word in line.split())
