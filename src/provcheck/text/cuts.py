"""From what is to be removed to what is cut: spans of a text, line breaks and left-over spaces included.

Cutting only ever deletes: what stays is in its order and its wording, and the deleted pieces restore the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from provcheck.model import Span
from provcheck.text.lines import Line
from provcheck.text.spans import merge_spans


def cuts(lines: Sequence[Line], removable: Sequence[Span]) -> tuple[Span, ...]:
    """The spans to delete, sorted, without overlap.

    A line that loses all its characters goes with its line break, and blank lines that this leaves beside
    each other become one; a line that loses a part loses the spaces at its ends, too. `removable` must be merged.
    """
    if not removable:
        return ()
    emptied, inner = _sort_out(lines, removable)
    gone = _with_blank_neighbours(lines, emptied)
    return merge_spans(span for span in (*inner, *_whole_lines(lines, gone)) if span[0] < span[1])


def without(text: str, spans: Iterable[Span]) -> str:
    """A text without some of its spans (sorted, not overlapping)."""
    pieces, position = [], 0
    for start, end in spans:
        pieces.append(text[position:start])
        position = end
    return "".join([*pieces, text[position:]])


def _sort_out(lines: Sequence[Line], removable: Sequence[Span]) -> tuple[set[int], list[Span]]:
    """Indexes of the lines that lose everything, and the spans to cut inside the others."""
    emptied: set[int] = set()
    inner: list[Span] = []
    at = 0
    for index, line in enumerate(lines):
        while at < len(removable) and removable[at][1] <= line.start:
            at += 1
        touching = at
        inside: list[Span] = []
        while touching < len(removable) and removable[touching][0] < line.end:
            start, end = removable[touching]
            inside.append((max(start, line.start), min(end, line.end)))
            touching += 1
        if not inside:
            continue
        kept = list(_complement(line, inside))
        left = "".join(line.text[a - line.start : b - line.start] for a, b in kept)
        if left.strip():
            inner += [*inside, *_edges(line, kept)]
        else:
            emptied.add(index)
    return emptied, inner


def _complement(line: Line, spans: Sequence[Span]) -> Iterator[Span]:
    position = line.start
    for start, end in spans:
        if start > position:
            yield position, start
        position = end
    if position < line.end:
        yield position, line.end


def _edges(line: Line, kept: Sequence[Span]) -> Iterator[Span]:
    """The spaces that would stand at the ends of what is kept of a line."""
    for start, end in kept:
        piece = line.text[start - line.start : end - line.start]
        lead = len(piece) - len(piece.lstrip())
        yield start, start + lead
        if piece.strip():
            break
    for start, end in reversed(kept):
        piece = line.text[start - line.start : end - line.start]
        yield start + len(piece.rstrip()), end
        if piece.strip():
            break


def _with_blank_neighbours(lines: Sequence[Line], emptied: set[int]) -> set[int]:
    """The emptied lines, and the blank lines that would follow another blank line, or nothing, after they went."""
    gone = set(emptied)
    gap = False
    last: Line | None = None
    kept: list[int] = []
    for index, line in enumerate(lines):
        if index in emptied:
            gap = True
        elif line.blank and gap and (last is None or last.blank):
            gone.add(index)
        else:
            gap = gap and line.blank
            last = line
            kept.append(index)
    while gap and kept and lines[kept[-1]].blank:
        gone.add(kept.pop())
    return gone


def _whole_lines(lines: Sequence[Line], gone: set[int]) -> Iterator[Span]:
    """Each line with the break after it; lines at the end with the break before them."""
    last_kept = max((i for i in range(len(lines)) if i not in gone), default=-1)
    for index in sorted(gone):
        line = lines[index]
        if index > last_kept:
            yield (lines[index - 1].end if index else line.start), line.end
        else:
            yield line.start, lines[index + 1].start
