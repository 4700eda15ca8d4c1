"""Short and pet forms of given names, from the `nicknames` package's table (Apache-2.0)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_NONE: frozenset[str] = frozenset()


@cache
def _table() -> dict[str, frozenset[str]]:
    """Given name -> names that it may stand for or that may stand for it. The package itself is not imported."""
    near: dict[str, set[str]] = {}
    spec = find_spec("nicknames")
    if spec is None or spec.origin is None:
        return {}
    with (Path(spec.origin).parent / "names.csv").open(encoding="utf-8") as lines:
        for formal, _, short in list(csv.reader(lines))[1:]:
            near.setdefault(formal, set()).add(short)
            near.setdefault(short, set()).add(formal)
    return {name: frozenset(others) for name, others in near.items()}


def is_established(name: str) -> bool:
    """Whether a lower-case word is an established given name, or a short form of one, of English use."""
    return name in _table()


def is_nickname(a: str, b: str) -> bool:
    """Whether one lower-case given name is a short form of the other."""
    return b in _table().get(a, _NONE)


def are_distinct(a: str, b: str) -> bool:
    """Whether both are established given names that no nickname connects."""
    table = _table()
    return a != b and a in table and b in table and b not in table[a] and not table[a] & table[b]
