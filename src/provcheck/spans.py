"""Spans of a text: unions, and how much of a line they cover."""

from __future__ import annotations

from collections.abc import Iterable

from provcheck.model import Span
from provcheck.text import Line


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans without overlap that cover the same characters."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def covered(line: Line, spans: Iterable[Span]) -> int:
    """How many characters of a line lie in any of the spans (merged or not overlapping within a line)."""
    inside = [
        (max(start, line.start), min(end, line.end))
        for start, end in spans
        if start < line.end and end > line.start
    ]
    return sum(end - start for start, end in merge_spans(inside))
