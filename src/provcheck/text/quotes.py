"""Direct quotes of a text, in all common marks. All offsets are code points of the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from provcheck.text.lines import Line
from provcheck.text.words import WORD

# Opening mark -> the marks that may close it. The same mark may open in one country and close in another.
_QUOTE_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"”', "‘": "’"}
_QUOTE_OPENS = re.compile(f"[{''.join(_QUOTE_PAIRS)}]")
_QUOTE_CLOSES = {opener: re.compile(f"[{closers}]") for opener, closers in _QUOTE_PAIRS.items()}


class Quote(NamedTuple):
    """A direct quote: the span of its words, without the marks."""

    start: int
    end: int
    text: str


def quotes_of_lines(text: str, lines: Sequence[Line]) -> Iterator[Quote]:
    """Direct quotes of some lines of a text, in order; lines without a mark cost nothing."""
    opens = [mark.start() for mark in _QUOTE_OPENS.finditer(text)]
    at, count = 0, len(opens)
    for line in lines:
        while at < count and opens[at] < line.start:
            at += 1
        if at == count:
            return
        if opens[at] < line.end:
            yield from find_quotes(line)


def find_quotes(line: Line) -> Iterator[Quote]:
    """Direct quotes of one line (a paragraph), in all common marks.

    A quote that opens and is not closed in its paragraph runs to the paragraph's end, as newspapers set
    quotes of several paragraphs. Apostrophes do not open or close anything.
    """
    text, position = line.text, 0
    while (mark := _QUOTE_OPENS.search(text, position)) is not None:
        at = mark.start()
        position = at + 1
        if not _opens(text, at):
            continue
        close = _closing(text, at + 1, text[at])
        if close < 0:
            if text[at] not in "“„«" or text[:at].strip():
                continue
            close = len(text)
        inner = text[at + 1 : close]
        if WORD.search(inner):
            yield Quote(line.start + at + 1, line.start + close, inner)
        position = close + 1


def _opens(text: str, at: int) -> bool:
    if text[at] in "“„«「『":
        return True
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in "([—–-,:") and not after.isspace()


def _closing(text: str, start: int, opener: str) -> int:
    for mark in _QUOTE_CLOSES[opener].finditer(text, start):
        at = mark.start()
        after = text[at + 1] if at + 1 < len(text) else " "
        if text[at] == "’" and after.isalnum():
            continue  # an apostrophe
        if opener == '"' and text[at] == "”" and "“" in text[start:at]:
            continue  # the end of another quote
        return at
    return -1
