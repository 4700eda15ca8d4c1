"""Patterns made cheaper to compile, which match at least where the exact ones do.

RE2 spells a class such as `\\p{Lu}` out in the bytes of UTF-8: some 650 ranges, again at each place where it stands, and two thirds of
the time that the shipped rules take to compile is spent on that. What only asks which patterns may occur in a text can do with classes
of a few ranges that hold the same letters and some more.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\p\{(?P<long>\w+)\}|\\p(?P<short>[A-Z])|\\.|\[\^?\]?|[^\\\[\]]+|.", re.DOTALL)
_POSIX = re.compile(r"\[:\^?[a-z]+:\]")
_BEYOND = r"\x{AA}-\x{1FFF}\x{2071}-\x{209C}\x{2100}-\x{10FFFF}"  # all letters that are not ASCII
_WIDER = {
    "L": "A-Za-z" + _BEYOND,
    "Lu": r"A-Z\x{C0}-\x{1FFF}\x{2100}-\x{10FFFF}",
    "Ll": "a-z" + _BEYOND,
    "N": r"0-9\x{B2}-\x{BE}\x{660}-\x{1FFF}\x{2070}-\x{2089}\x{2150}-\x{10FFFF}",
}
_NARROWER = {  # what a class says it is not
    "L": r"A-Za-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{17F}",
    "Lu": r"A-Z\x{C0}-\x{D6}\x{D8}-\x{DE}",
    "Ll": r"a-z\x{DF}-\x{F6}\x{F8}-\x{FF}",
    "N": "0-9",
}


def loosened(source: str) -> str:
    """A pattern of RE2 that matches wherever `source` does, and perhaps elsewhere; `source` itself where nothing is gained."""
    if r"\Q" in source or _POSIX.search(
        source
    ):  # what looks like a class there, or like the end of one, may be none
        return source
    parts: list[str] = []
    classes = None  # what stands for the letters inside the brackets that are open
    for token in _TOKEN.finditer(source):
        name = token["long"] or token["short"]
        if name in _WIDER:
            parts.append(classes[name] if classes else f"[{_WIDER[name]}]")
            continue
        if classes is None and token[0].startswith("["):
            classes = _NARROWER if token[0].startswith("[^") else _WIDER
        elif token[0] == "]":
            classes = None
        parts.append(token[0])
    return "".join(parts)
