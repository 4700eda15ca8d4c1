"""Words for people: counts, shortened quotes, text that cannot disturb a terminal."""

from __future__ import annotations

_QUOTE = 60  # characters of a quoted text


def counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def shorten(text: str) -> str:
    shown = flat(text)
    return shown if len(shown) <= _QUOTE else shown[: _QUOTE - 1].rstrip() + "…"


def flat(text: str) -> str:
    """One line without control characters and without marks that turn the direction of text."""
    return "".join(
        c if c.isprintable() and c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" else " "
        for c in " ".join(text.split())
    )
