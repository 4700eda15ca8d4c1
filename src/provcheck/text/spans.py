"""Spans of a text: unions, and how much of a line they cover."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from provcheck.model import Span
from provcheck.text.lines import Line


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans without overlap that cover the same characters."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


class Holding:
    """Tells whether a span lies within one of many."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(
            accumulate((end for _, end in ordered), max)
        )  # the farthest end of those up to here

    def __bool__(self) -> bool:
        return bool(self._starts)

    def holds(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, start)
        return at > 0 and end <= self._ends[at - 1]


def covered(lines: Iterable[Line], spans: Sequence[Span]) -> Iterator[int]:
    """For each of some lines, in order, how many of its characters lie in any of the merged spans."""
    at = 0
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        total, here = 0, at
        while here < len(spans) and spans[here][0] < line.end:
            total += min(spans[here][1], line.end) - max(spans[here][0], line.start)
            here += 1
        yield total
