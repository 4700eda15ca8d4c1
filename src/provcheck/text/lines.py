"""Lines of a text, without their line breaks. All offsets are code points of the whole text."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Line(NamedTuple):
    """One line without its line break. `number` starts at 1."""

    number: int
    start: int
    end: int
    text: str

    @property
    def stripped(self) -> str:
        return self.text.strip()

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text, split at "\\n" alone; a carriage return before it is not part of the line."""
    lines, start = [], 0
    for number, raw in enumerate(text.split("\n"), 1):
        body = raw[:-1] if raw.endswith("\r") else raw
        lines.append(Line(number, start, start + len(body), body))
        start += len(raw) + 1
    return tuple(lines)


def line_and_column(starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column (both from 1) of an offset, given the sorted offsets at which lines start."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
