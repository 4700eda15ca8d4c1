"""Where the text of each document stands in its file, code point for code point.

Cleaning deletes spans of a document's text; these maps tell which characters of the file that means, so that
everything else in the file stays as it was, and the deleted pieces restore it exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provcheck.model import Span

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_SPACE = re.compile(r"[ \t\r\n]*")
_decoder = json.JSONDecoder(
    strict=False, parse_int=float
)  # only places matter; int() refuses very long numbers


@dataclass(frozen=True)
class Placed:
    """A document's text within a piece of a file: the text, and for each of its code points where it is written.

    `starts` has one more entry than the text has code points; the last is where the text ends.
    """

    text: str
    starts: Sequence[int]

    def written(self, spans: Sequence[Span]) -> list[Span]:
        """Spans of the text as spans of the piece."""
        return [(self.starts[start], self.starts[end]) for start, end in spans]


def plain(text: str) -> Placed:
    """A file that is the text itself."""
    return Placed(text, range(len(text) + 1))


def in_json(line: str, field: str) -> Placed | None:
    """The string that a JSON object has under a key; None if it has none. The last of doubled keys counts."""
    found: Placed | None = None
    at = _after_space(line, 0)
    if line[at : at + 1] == "\ufeff":
        at = _after_space(line, at + 1)
    if line[at : at + 1] != "{":
        return None
    at = _after_space(line, at + 1)
    while line[at : at + 1] == '"':
        key, at = _string(line, at)
        at = _after_space(line, _after_space(line, at) + 1)  # over the colon
        if line[at : at + 1] == '"':
            value, end = _string(line, at)
            if key.text == field:
                found = value
            at = end
        else:
            _, at = _decoder.raw_decode(line, at)
        at = _after_space(line, at)
        if line[at : at + 1] != ",":
            break
        at = _after_space(line, at + 1)
    return found


def _after_space(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _string(line: str, at: int) -> tuple[Placed, int]:
    """The JSON string whose opening mark stands at `at`, and where it ends."""
    text, end = _decoder.raw_decode(line, at)
    raw = line[at + 1 : end - 1]
    if "\\" not in raw:
        return Placed(text, range(at + 1, end)), end
    starts: list[int] = []
    position, high_until = 0, -1
    for escape in _ESCAPE.finditer(raw):
        starts.extend(range(at + 1 + position, at + 1 + escape.start()))
        code = int(escape.group(1), 16) if escape.group(1) else 0
        if not (0xDC00 <= code < 0xE000 and escape.start() == high_until):  # the second half of one character
            starts.append(at + 1 + escape.start())
        high_until = escape.end() if 0xD800 <= code < 0xDC00 else -1
        position = escape.end()
    starts.extend(range(at + 1 + position, end))
    return Placed(text, starts), end


def csv_rows(text: str, delimiter: str) -> Iterator[list[Placed]]:
    """The cells of each row, as the `csv` module reads them with doubled quotes; blank rows are left out."""
    at = 0
    while at < len(text):
        row: list[Placed] = []
        while True:
            cell, at = _cell(text, at, delimiter)
            row.append(cell)
            if at >= len(text) or text[at] != delimiter:
                break
            at += 1
        if len(row) > 1 or row[0].text or row[0].starts[0] != row[0].starts[-1]:
            yield row
        at += 2 if text[at : at + 2] == "\r\n" else 1


def _cell(text: str, at: int, delimiter: str) -> tuple[Placed, int]:
    if text[at : at + 1] != '"':
        end = at
        while end < len(text) and text[end] not in (delimiter, "\n", "\r"):
            end += 1
        return Placed(text[at:end], range(at, end + 1)), end
    starts: list[int] = []
    at += 1
    pieces: list[str] = []
    while True:
        mark = text.find('"', at)
        mark = len(text) if mark < 0 else mark
        doubled = text[mark : mark + 2] == '""'
        stop = mark + doubled
        pieces.append(text[at:stop])
        starts.extend(range(at, stop))
        if not doubled:
            return Placed("".join(pieces), [*starts, mark]), min(mark + 1, len(text))
        at = mark + 2
