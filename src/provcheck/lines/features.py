"""What the line model sees of each line, computed over a whole document at once.

A mark says what rules think of a line: 0 nothing, 1 to 7 the kind of boilerplate that they remove at least half of it
as, 8 a credit. Marked lines are never judged; they are context. `prose` is a sentence of at least twelve words,
`short` a line of at most fourteen without an end mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.lines.letters import CLASSES, CLOSER, DIGIT, END, LOWER, PIPE, QUOTE, SPACE, UPPER, hash_runs
from provcheck.lines.overlap import overlaps
from provcheck.lines.tokens import SAID, STOP, Tokens, bag_of_words, tokenise

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

OTHER_MARK, CREDIT_MARK = 7, 8
_KINDS = {
    1: "editorial-listing related-stub see-also navigation breadcrumb",
    2: "comment-form",
    3: "newsletter cookie-notice advertisement",
    4: "social-promo social-embed share-icons",
    5: "author-bio author-box copyright-notice standards-line",
    6: "duplicate-paragraph",
}
MARK_OF = {category: mark for mark, categories in _KINDS.items() for category in categories.split()}
_FAR = 20.0
_PROSE_WORDS, _SHORT_WORDS = 12, 14
_ENGLISH = 0.22  # the least share of stop words in the longer lines of an English text
_WORD = re.compile(r"\w+")
_CAPTION = re.compile(
    r"[(©]|(?i:\b(?:photo|image|picture|file|getty|pictured)\b)|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \w+\.? \d"
)
_STANDFIRST = 6  # words at least of the line under the headline that is its standfirst
_TOP, _MENU = 6, 60  # lines in which the headline is looked for, without a title and with one

OWN = ("words", "end", "cap_share", "allcap_share", "mid_caps", "digit_share", "quotes", "stop", "said")
PLACE = (
    "index", "lines", "words_before", "words_after", "prose_before", "since_prose", "until_prose", "run", "run_at",
    "run_short", "prose_2", "prose_5", "short_2", "short_5", "marked_2", "marked_5", "since_listing",
    "since_subscribe", "since_comment", "since_mark", "until_mark", "prose_frac",
)  # fmt: skip
OVER = ("overlap", "overlap_prose", "overlap_next", "overlap_tail", "overlap_near", "repeats")
WHOLE = ("doc_prose", "doc_short", "doc_marked", "doc_median", "doc_words")
DENSE = OWN + PLACE + OVER + WHOLE
_NEAR = ("words", "end", "cap_share", "stop", "overlap_prose")
NAMES = (
    *DENSE,
    *(f"{name}@-1" for name in _NEAR),
    *(f"{name}@+1" for name in _NEAR),
    "overlap_prose@-2",
    "overlap_prose@+2",
    "text",
    "text@-1",
    "text@+1",
)
_NEAR_COLUMNS = [DENSE.index(name) for name in _NEAR]


@dataclass(frozen=True, eq=False)
class LineFeatures:
    """One document: a row of `dense` (columns DENSE) for each written line, and what decisions need beside it.

    word_line and word_slot are the hashed words of the text score: the line of each, and its place in the table.
    """

    dense: npt.NDArray[np.float32]
    word_line: npt.NDArray[np.int64]
    word_slot: npt.NDArray[np.int64]
    words: Floats
    prose: Bools
    headline: Bools
    table: Bools
    english: bool


def line_features(
    text: str, starts: Sequence[int], ends: Sequence[int], marks: Sequence[int], title: str | None
) -> LineFeatures:
    """The features of the written lines (one at least) that stand at `starts` to `ends`."""
    count = len(starts)
    first_of, end_of, marked = np.asarray(starts), np.asarray(ends), np.asarray(marks)
    tokens = tokenise(text, first_of)
    shape = _Shape.of(tokens, first_of, end_of, count)
    free = marked == 0
    prose = (shape.words >= _PROSE_WORDS) & shape.end & free
    short = (shape.words <= _SHORT_WORDS) & ~shape.end
    stops = np.bincount(tokens.line, tokens.lexicon & STOP, minlength=count)
    over = overlaps(tokens, prose, count)
    whole = hash_runs(tokens.hashes, tokens.position, tokens.first).tolist()
    times = Counter(whole)
    dense = np.array(
        [
            *_own(shape, tokens, stops, count),
            *_place(shape.words, prose, short, marked),
            *over,
            np.array([min(times[each] - 1, 5) for each in whole]),
            *_whole(shape.words, prose, short, ~free & (marked < CREDIT_MARK)),
        ],
        np.float32,
    ).T
    word_line, word_slot = bag_of_words(tokens, count)
    long = shape.words >= _PROSE_WORDS
    english = not long.any() or float(stops @ long) >= _ENGLISH * float(shape.words @ long)
    headline = _headline(text, starts, ends, title, shape, prose, marked, over[1])
    return LineFeatures(
        dense, word_line, word_slot, shape.words, prose, headline, shape.counts[:, PIPE] >= 2, english
    )


@dataclass(frozen=True, eq=False)
class _Shape:
    """Characters of each line by class, words of each line by the class of their first character, its end mark."""

    counts: npt.NDArray[np.int64]
    initials: npt.NDArray[np.int64]
    words: Floats
    end: Bools
    first_class: npt.NDArray[np.uint8]
    length: npt.NDArray[np.int64]

    @classmethod
    def of(cls, tokens: Tokens, starts: Any, ends: Any, count: int) -> _Shape:
        classes, line = tokens.classes, tokens.line_of_code
        counts = np.bincount(line * CLASSES + classes, minlength=count * CLASSES).reshape(count, CLASSES)
        solid = classes != SPACE
        places = np.flatnonzero(solid)
        to = np.searchsorted(places, ends) - 1
        last, first = places[to], places[np.searchsorted(places, starts)]
        opens = solid.copy()
        opens[1:] &= ~solid[:-1]
        begins = np.flatnonzero(opens)
        initials = np.bincount(line[begins] * CLASSES + classes[begins], minlength=count * CLASSES)
        initials = initials.reshape(count, CLASSES)
        inner = places[np.maximum(to - 1, 0)]
        inner = np.where(inner >= first, inner, last)
        closing = classes[last]
        behind = np.where((closing == CLOSER) | (closing == QUOTE), classes[inner], closing)
        words = initials.sum(1).astype(np.float64)
        return cls(counts, initials, words, behind == END, classes[first], ends - starts)


def _own(shape: _Shape, tokens: Tokens, stops: Any, count: int) -> list[Any]:
    """The line by itself; the columns OWN."""
    words = np.maximum(shape.words, 1)
    letters = shape.counts[:, UPPER] + shape.counts[:, LOWER]
    capitals = shape.initials[:, UPPER]
    all_capital = (shape.counts[:, LOWER] == 0) & (shape.counts[:, UPPER] > 1)
    return [
        np.log1p(shape.words),
        shape.end,
        capitals / np.maximum(1, capitals + shape.initials[:, LOWER]),
        shape.counts[:, UPPER] / np.maximum(1, letters) + all_capital,
        np.maximum(0, capitals - (shape.first_class == UPPER)) / words,
        shape.counts[:, DIGIT] / np.maximum(1, shape.length),
        shape.counts[:, QUOTE],
        stops / words,
        np.bincount(tokens.line, tokens.lexicon & SAID, minlength=count) > 0,
    ]


def _place(words: Floats, prose: Bools, short: Bools, marks: Any) -> list[Any]:
    """Where the line stands among the others; the columns PLACE."""
    count, at = len(words), np.arange(len(words))
    removed = (marks > 0) & (marks < CREDIT_MARK)
    running, running_prose = words.cumsum(), (words * prose).cumsum()
    total = max(1.0, float(running[-1]))
    kinds = np.array([prose, ~short, marks == 1, (marks == 3) | (marks == 4), marks == 2, removed])
    before, after = _nearest(kinds, count)
    since, until = np.minimum(at - before - 1, _FAR), np.minimum(after - at - 1, _FAR)
    gap = np.minimum(after[:2], count) - np.maximum(before[:2], -1) - 1
    runs = np.where(kinds[:2], 0, np.minimum(gap, _FAR))
    sums = np.zeros((3, count + 1))
    sums[:, 1:] = prose, short, removed
    np.cumsum(sums, axis=1, out=sums)
    near, wide = _window(sums, at, count, 2), _window(sums, at, count, 5)
    return [
        np.minimum(at, 20),
        np.full(count, min(count, 80)),
        (running - words) / total,
        1 - running / total,
        np.log1p(running_prose - words * prose),
        since[0],
        until[0],
        runs[0],
        np.where(prose, 0, since[0]),
        runs[1],
        near[0],
        wide[0],
        near[1],
        wide[1],
        near[2],
        wide[2],
        since[2],
        since[3],
        since[4],
        since[5],
        until[5],
        running_prose / max(1.0, float(running_prose[-1])),
    ]


def _nearest(kinds: Any, count: int) -> tuple[Any, Any]:
    """For each kind and line, the index of the last line before it and of the next after it that is of the kind."""
    at = np.arange(count)
    before = np.full(kinds.shape, -30)
    before[:, 1:] = np.where(kinds[:, :-1], at[:-1], -30)
    np.maximum.accumulate(before, axis=1, out=before)
    after = np.full(kinds.shape, count + 29)
    after[:, :-1] = np.where(kinds[:, 1:], at[1:], count + 29)
    return before, np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1]


def _window(sums: Any, at: Any, count: int, reach: int) -> Any:
    low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, count)
    return (sums[:, high] - sums[:, low]) / (high - low)


def _whole(words: Floats, prose: Bools, short: Bools, removed: Bools) -> list[Any]:
    """The document, the same for each of its lines; the columns WHOLE."""
    count, total = len(words), max(1.0, float(words.sum()))
    ordered = np.sort(words)
    figures = (
        float(prose.sum()) / count,
        float(short.sum()) / count,
        float(words @ removed) / total,
        (ordered[count // 2] + ordered[(count - 1) // 2]) / 2,
        np.log1p(total),
    )
    return [np.full(count, figure) for figure in figures]


def _headline(
    text: str,
    starts: Any,
    ends: Any,
    title: str | None,
    shape: _Shape,
    prose: Bools,
    marked: Any,
    in_prose: Any,
) -> Bools:
    """The line above the story that is its headline (in words of the title, or else of the prose, or above the byline) and its standfirst."""
    found = np.zeros(len(starts), np.bool_)
    before = int(prose.argmax()) if prose.any() else len(starts)
    named = set(_WORD.findall(title.casefold())) if title else None
    for at in range(min(before, _MENU if named else _TOP, len(starts))):
        if not 4 <= shape.words[at] <= 30 or shape.end[at] or marked[at]:
            continue
        words = {w for w in _WORD.findall(text[starts[at] : ends[at]].casefold()) if len(w) >= 4}
        heads = (
            in_prose[at] >= 0.5 if named is None else bool(words) and len(words & named) > 0.6 * len(words)
        )
        above_byline = at + 1 < len(starts) and marked[at + 1] == CREDIT_MARK
        if (above_byline and at < _TOP) or heads:
            found[at] = True
            below = at + 1
            if below < len(starts) and not marked[below] and _STANDFIRST <= shape.words[below] <= 30:
                found[below] = _CAPTION.search(text, starts[below], ends[below]) is None
            break
    return found


def assemble(features: LineFeatures, score: Floats) -> npt.NDArray[np.float32]:
    """The matrix of the trees, columns NAMES: the line, its neighbours, and the text scores of lines -1 to +1."""
    dense, (count, width), near = features.dense, features.dense.shape, len(_NEAR)
    padded = np.full((count + 4, near + 1), -1, np.float32)
    padded[2:-2, :near] = dense[:, _NEAR_COLUMNS]
    padded[:, near] = -3
    padded[2:-2, near] = score
    rows = np.empty((count, len(NAMES)), np.float32)
    rows[:, :width] = dense
    rows[:, width : width + near] = padded[1:-3, :near]
    rows[:, width + near : width + 2 * near] = padded[3:-1, :near]
    rows[:, -5], rows[:, -4] = padded[:-4, near - 1], padded[4:, near - 1]
    rows[:, -3], rows[:, -2], rows[:, -1] = score, padded[1:-3, near], padded[3:-1, near]
    return rows
