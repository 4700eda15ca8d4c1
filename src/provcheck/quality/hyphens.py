"""Where words may be hyphenated: pyphen's answer from pyphen's dictionaries, each pattern parsed when a word first meets it.

Parsing all of a dictionary takes pyphen a third of a second, which is most of what a handful of articles takes.
Liang (1983), Word Hy-phen-a-tion by Com-put-er.
"""

from __future__ import annotations

import re
from pathlib import Path

_ENDS = 2  # letters that stay together at both ends of a word
_HEADER = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN")
_ENCODINGS = {"microsoft-cp1251": "cp1251"}
_DIGIT = re.compile(r"\d")
_HEX = re.compile(r"\^{2}([0-9a-f]{2})")
_PARTS = re.compile(r"(\d?)(\D?)")


class Hyphens:
    """The patterns of one language. Owned by one table of words; a race costs time alone."""

    def __init__(self, language: str) -> None:
        """Raises KeyError for a language that has no dictionary."""
        import pyphen

        name = pyphen.language_fallback(language)
        if name is None:
            raise KeyError(language)
        patterns = _patterns(pyphen.LANGUAGES[name])
        letters = _DIGIT.sub("", "\n".join(patterns)).split("\n")
        self._raw = dict(zip(letters, patterns, strict=True))
        self._longest = max(map(len, letters))
        self._parsed: dict[str, tuple[int, ...]] = {}

    def count(self, word: str) -> int:
        """At how many places a lower-case word may be hyphenated."""
        pointed = f".{word}."
        values = [0] * (len(pointed) + 1)
        for first in range(len(pointed) - 1):
            for last in range(first + 1, min(first + self._longest, len(pointed)) + 1):
                letters = pointed[first:last]
                if letters in self._raw:
                    for place, value in enumerate(self._values(letters), first):
                        if value > values[place]:
                            values[place] = value
        return sum(value % 2 for value in values[_ENDS + 1 : len(word) - _ENDS + 2])

    def _values(self, letters: str) -> tuple[int, ...]:
        """The value before each letter of a pattern, and after the last."""
        found = self._parsed.get(letters)
        if found is None:
            found = tuple(int(digit or "0") for digit, _ in _PARTS.findall(self._raw[letters]))
            self._parsed[letters] = found
        return found


def _patterns(path: Path) -> list[str]:
    raw = path.read_bytes()
    encoding = raw.split(b"\n", 1)[0].decode().strip().lower()
    lines = (line.strip() for line in raw.decode(_ENCODINGS.get(encoding, encoding)).split("\n")[1:])
    found = [line for line in lines if line and not line.startswith(_HEADER)]
    if any("/" in line for line in found):  # how the spelling changes there
        found = [line.split("/", 1)[0] if "=" in line else line for line in found]
    if any("^^" in line for line in found):
        found = [_HEX.sub(lambda match: chr(int(match.group(1), 16)), line) for line in found]
    return found
