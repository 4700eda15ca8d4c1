"""Which documents report one event, also where each was written independently."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from provcheck.groups.bags import Pool
from provcheck.groups.sketch import Sketch
from provcheck.groups.wordbags import WORDS, WordBags, counts_of
from provcheck.groups.words import Floats, Ints, Places

COMMON = 800  # documents that a word may stand in and still find pairs
CUT = float(np.float32(0.095))  # least average of similarities within a story; of 32 bits, as those are
LEAST = float(
    np.float32(0.045)
)  # of a pair that counts at all: in large collections most neighbours are less alike
NEAR = 0.25  # of a pair that shares so much that it may have been made from one template
_POWER = 1.3  # of the cosine: many weak likenesses do not make a story
_TOLD_WORDS = 6


def story_scores(bags: WordBags, left: Ints, right: Ints) -> Floats:
    """How alike pairs of documents are as reports, 0 to 1; the mean of a story is at least `CUT`.

    The cosine of all words by rarity, those of the lead and of the title counting more: see `wordbags.STORY`. A group is not kept
    together by force: a page with two articles on it would glue their stories.
    """
    scores = (bags.story_cosines(left, right) ** _POWER).astype(np.float32)
    return scores.astype(np.float64)


def within_days(days: Floats, left: Places, right: Places, most: int) -> npt.NDArray[np.bool_]:
    """Which pairs were published at most so many days apart; a day that is not known (NaN) is near all."""
    far: npt.NDArray[np.bool_] = np.abs(days[left] - days[right]) > most
    return ~far


def common_words(pool: Pool, texts: Sequence[str]) -> list[str]:
    """The rarest words that most documents of a story have, as the first of them writes them."""
    terms, entries = pool.words.part(0, pool.size)
    terms = terms[counts_of(entries, WORDS) > 0]
    columns, held = np.unique(terms, return_counts=True)
    weight = held * pool.frequencies.rarities[columns] * (held >= max(2, pool.size * 0.6))
    order = np.lexsort((columns, -weight))[: _TOLD_WORDS * 2]
    shown: list[str] = []
    for at in order:
        if weight[at] <= 0 or len(shown) == _TOLD_WORDS:
            break
        word = _written(pool.sketches, texts, int(pool.frequencies.vocabulary[columns[at]]))
        if word and word.casefold() not in {w.casefold() for w in shown}:
            shown.append(word)
    return shown


def _written(sketches: Sequence[Sketch], texts: Sequence[str], stem: int) -> str | None:
    for sketch, text in zip(sketches, texts, strict=True):
        at = np.flatnonzero(sketch.stems == stem)
        if len(at):
            return text[int(sketch.starts[at[0]]) : int(sketch.ends[at[0]])]
    return None
