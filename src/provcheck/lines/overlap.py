"""How much of a line's content words the rest of the document has, too.

A line of the article speaks of what the article speaks of; a teaser for another story shares few of its words.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.lines.tokens import Tokens

_NONE = -1.0  # a line without content words
_REACH = 3


def overlaps(tokens: Tokens, prose: npt.NDArray[np.bool_], count: int) -> list[Any]:
    """Five columns: the share of a line's content words that stand in any other line; in another line of prose; in the
    line before or after; and, of the words from the line to the end and of those three lines around it, the share
    that stood in prose before.
    """
    words = np.flatnonzero(tokens.is_content)
    none = np.full(count, _NONE)
    if not len(words):
        return [none, none, none, np.zeros(count), np.full(count, 0.3)]
    word, line = _pairs(tokens.hashes[words], tokens.line[words], count)
    distinct = int(word[-1]) + 1
    size = np.bincount(line, minlength=count)
    one = np.maximum(size, 1)
    in_prose_line = prose[line]
    holders = np.bincount(word, minlength=distinct)[word]
    prose_holders = np.bincount(word, in_prose_line, minlength=distinct)[word]
    follows = np.zeros(len(word), np.bool_)
    follows[:-1] = (word[1:] == word[:-1]) & (line[1:] == line[:-1] + 1)
    shared = np.bincount(line[follows], minlength=count)
    beside = shared.copy()
    np.maximum(shared[1:], shared[:-1], out=beside[1:])

    def share(which: npt.NDArray[np.bool_]) -> Any:
        return np.where(size > 0, np.bincount(line[which], minlength=count) / one, _NONE)

    sums = _told_before(word, line, in_prose_line, distinct, count, size)
    at = np.arange(count)
    tail = sums[:, -1:] - sums[:, :-1]
    low, high = np.maximum(at - _REACH, 0), np.minimum(at + _REACH + 1, count)
    near = sums[:, high] - sums[:, low]
    return [
        share(holders > 1),
        share(prose_holders > in_prose_line),
        np.where(size > 0, beside / one, _NONE),
        tail[0] / np.maximum(tail[1], 1),
        (near[0] + 0.3) / (near[1] + 1),
    ]


def _pairs(hashes: Any, lines: Any, count: int) -> tuple[Any, Any]:
    """Every (word, line) once, by word and then by line; words numbered from 1."""
    order = hashes.argsort()
    ordered = hashes[order]
    new = np.zeros(len(ordered), np.int64)
    new[1:] = ordered[1:] != ordered[:-1]
    word = np.empty(len(ordered), np.int64)
    word[order] = new.cumsum()
    key = word * (count + 1) + lines
    key.sort()
    fresh = np.ones(len(key), np.bool_)
    fresh[1:] = key[1:] != key[:-1]
    found, line = np.divmod(key[fresh], count + 1)
    return found, line


def _told_before(word: Any, line: Any, in_prose: Any, distinct: int, count: int, size: Any) -> Any:
    """Running sums over lines: content words that prose (or the first line) had before, and all content words."""
    telling = np.flatnonzero(in_prose | (line == 0))
    born = np.full(distinct, count)
    born[word[telling][::-1]] = line[telling][::-1]
    start = int(line[telling].min()) if len(telling) else count
    late = np.arange(count) > start
    sums = np.zeros((2, count + 1))
    sums[0, 1:] = np.bincount(line[born[word] < line], minlength=count) * late
    sums[1, 1:] = size * late
    return np.cumsum(sums, axis=1, out=sums)
