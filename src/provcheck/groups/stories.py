"""Which documents report one event, also where each was written independently."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from provcheck.groups.bags import Pool, Shared
from provcheck.groups.sketch import Sketch
from provcheck.groups.words import Floats, Ints, Places, columns_of, grouped, rows_of

COMMON = 800  # documents that a word may stand in and still find pairs
CUT = 0.095  # least average of similarities within a story
_LEAD_WORDS, _LEAD_WEIGHT = 100, 2.0  # the first words say what a story is about
_TITLE_WEIGHT = 3.0
_POWER = 1.3  # of the cosine: many weak likenesses do not make a story
_TOLD_WORDS = 6


def story_scores(pool: Pool, sketches: Sequence[Sketch], left: Ints, right: Ints) -> Floats:
    """How alike pairs of documents are as reports, 0 to 1; the mean of a story is at least `CUT`.

    The cosine of all words by rarity, those of the lead and of the title counting more: rows of
    `(1 + log count + 2 if in the lead + 3 if in the title) * rarity`. A group is not kept together by force: a page with two
    articles on it would glue their stories.
    """
    title_rows, title_columns = _titles(pool, sketches)
    words = len(pool.stems)
    found = grouped(
        np.concatenate([pool.documents, title_rows]), np.concatenate([pool.columns, title_columns])
    )
    rows, many = rows_of(found.keys), len(found.keys)
    counts = np.bincount(found.place[:words], minlength=many)
    lead = np.flatnonzero(np.arange(words) - pool.offsets[pool.documents] < _LEAD_WORDS)
    weights = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0)
    weights += _LEAD_WEIGHT * (np.bincount(found.place[lead], minlength=many) > 0)
    weights += _TITLE_WEIGHT * (np.bincount(found.place[words:], minlength=many) > 0)
    weights *= pool.frequencies.rarities[columns_of(found.keys)]
    length = np.sqrt(np.bincount(rows, weights * weights, minlength=pool.size))
    length[length == 0] = 1
    shared = Shared(found.keys, np.searchsorted(rows, np.arange(pool.size + 1)), left, right)
    scores: Floats = (shared.dots(weights) / (length[left] * length[right])) ** _POWER
    return scores


def _titles(pool: Pool, sketches: Sequence[Sketch]) -> tuple[Ints, Ints]:
    """Document and column of the words of each title that the body of any document has, too."""
    rows = np.repeat(np.arange(len(sketches)), [len(sketch.title) for sketch in sketches])
    stems = np.concatenate([sketch.title for sketch in sketches])
    columns = pool.frequencies.columns(stems)
    known = columns >= 0
    return rows[known], columns[known]


def within_days(days: Floats, left: Places, right: Places, most: int) -> npt.NDArray[np.bool_]:
    """Which pairs were published at most so many days apart; a day that is not known (NaN) is near all."""
    far: npt.NDArray[np.bool_] = np.abs(days[left] - days[right]) > most
    return ~far


def common_words(pool: Pool, sketches: Sequence[Sketch], texts: Sequence[str]) -> list[str]:
    """The rarest words that most documents of a story have, as the first of them writes them."""
    terms = columns_of(pool.words.keys)
    columns, held = np.unique(terms, return_counts=True)
    weight = held * pool.frequencies.rarities[columns] * (held >= max(2, len(sketches) * 0.6))
    order = np.lexsort((columns, -weight))[: _TOLD_WORDS * 2]
    shown: list[str] = []
    for at in order:
        if weight[at] <= 0 or len(shown) == _TOLD_WORDS:
            break
        word = _written(sketches, texts, int(pool.frequencies.vocabulary[columns[at]]))
        if word and word.casefold() not in {w.casefold() for w in shown}:
            shown.append(word)
    return shown


def _written(sketches: Sequence[Sketch], texts: Sequence[str], stem: int) -> str | None:
    for sketch, text in zip(sketches, texts, strict=True):
        at = np.flatnonzero(sketch.stems == stem)
        if len(at):
            return text[int(sketch.starts[at[0]]) : int(sketch.ends[at[0]])]
    return None
