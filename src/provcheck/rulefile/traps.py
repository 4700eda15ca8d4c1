"""Patterns that say something else than their authors wrote, by what YAML and RE2 make of them."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPES = {"\x08": "\\b", "\x07": "\\a", "\x0b": "\\v", "\x0c": "\\f", "\x1b": "\\e", "\x00": "\\0"}
_EDGE = re.compile(r"\\b[^\W\d_a-zA-Z]|[^\W\d_a-zA-Z]\\b")


def trap_in(pattern: str, quoted: bool, behind: str, ascii_edges: bool) -> str | None:
    """What is wrong with a pattern, as a part of a sentence, and what to do; None if nothing is.

    quoted: whether it stands in quotes, or in a block. behind: what follows it in its line. ascii_edges: whether its engine's `\\b` knows
    ASCII letters only.
    """
    odd = _CONTROL.search(pattern)
    if odd is not None:
        escape = _ESCAPES.get(odd[0], "\\x")
        return f"has a control character: in double quotes YAML reads `{escape}` as one; put patterns in single quotes"
    if pattern.endswith("\n"):
        return "ends in a line break, which no line has; write it behind its key, or with `|-`"
    if not quoted and behind.lstrip().startswith("#"):
        return "ends where YAML takes ` #` for the start of a comment; put the pattern in quotes"
    edge = _EDGE.search(pattern) if ascii_edges else None
    if edge is not None:
        return f"has `{edge[0]}`, which is never the edge of a word: RE2's `\\b` knows ASCII letters only; leave it out, or say `engine: python`"
    return None
