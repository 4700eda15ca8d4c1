"""Which documents report one event, also where each was written independently."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from provcheck.groups.bags import Ints, Pool, dots, unit_rows
from provcheck.groups.candidates import rare_word_pairs
from provcheck.groups.cluster import Labels, cluster
from provcheck.groups.sketch import Sketch

_COMMON = 800  # documents that a word may stand in and still find pairs
_CUT = 0.095  # least average of similarities within a story
_LEAD_WORDS, _LEAD_WEIGHT = 100, 2.0  # the first words say what a story is about
_TITLE_WEIGHT = 3.0
_POWER = 1.3  # of the cosine: many weak likenesses do not make a story


def story_labels(sketches: Sequence[Sketch], pool: Pool, window_days: int) -> Labels:
    """A label for each document; documents with one label are one story.

    Similarity is the cosine of all words by rarity, those of the lead and of the title counting more. Documents published more
    than `window_days` apart, where both dates are known, are not compared. Average linkage. A group is not kept
    together by force: a page with two articles on it would glue their stories.
    """
    left, right, _ = rare_word_pairs(pool.words, _COMMON)
    scores = dots(_lead_vectors(sketches, pool), left, right) ** _POWER
    near = _within(sketches, left, right, window_days)
    left, right, scores = left[near], right[near], scores[near]
    return cluster(len(sketches), left, right, scores, _CUT, weight=0.0)


def _lead_vectors(sketches: Sequence[Sketch], pool: Pool) -> csr_matrix:
    """Unit rows of `(1 + log count + 2 if in the lead + 3 if in the title) * idf`."""
    weighted = pool.words.counts.copy()
    weighted.data = 1 + np.log(weighted.data)
    position = np.arange(len(pool.stems)) - pool.offsets[pool.documents]
    lead = position < _LEAD_WORDS
    columns = np.searchsorted(pool.vocabulary, pool.stems[lead])
    extra = csr_matrix(
        (np.ones(len(columns)), (pool.documents[lead], columns)), shape=pool.words.counts.shape
    )
    extra.sum_duplicates()
    extra.data = np.full(len(extra.data), _LEAD_WEIGHT)
    combined = (weighted + extra + _title_words(sketches, pool)).tocsr()
    combined.data = combined.data * pool.words.idf[combined.indices]
    return unit_rows(combined)


def _title_words(sketches: Sequence[Sketch], pool: Pool) -> csr_matrix:
    """The weight of the words of each title that the body of any document has, too."""
    rows = np.repeat(np.arange(len(sketches)), [len(sketch.title) for sketch in sketches])
    stems = np.concatenate([sketch.title for sketch in sketches]) if len(sketches) else np.empty(0, np.uint32)
    columns = np.searchsorted(pool.vocabulary, stems)
    columns[columns == len(pool.vocabulary)] = 0
    known = pool.vocabulary[columns] == stems if len(pool.vocabulary) else np.zeros(len(stems), np.bool_)
    weights = np.full(int(known.sum()), _TITLE_WEIGHT)
    return csr_matrix((weights, (rows[known], columns[known])), shape=pool.words.counts.shape)


def _within(sketches: Sequence[Sketch], left: Ints, right: Ints, window_days: int) -> npt.NDArray[np.bool_]:
    days = np.array([float("nan") if s.day is None else float(s.day) for s in sketches])
    apart = np.abs(days[left] - days[right])
    far: npt.NDArray[np.bool_] = apart > window_days
    return ~far


def common_words(
    pool: Pool, sketches: Sequence[Sketch], members: Sequence[int], text_of: Sequence[str], most: int = 6
) -> list[str]:
    """The rarest words that most of the members have, as the first of them writes them."""
    counts = pool.words.counts[list(members)]
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    weight = held * pool.words.idf * (held >= max(2, len(members) * 0.6))
    order = np.lexsort((np.arange(len(weight)), -weight))[: most * 2]
    shown: list[str] = []
    vocabulary = pool.vocabulary
    for column in order:
        if weight[column] <= 0 or len(shown) == most:
            break
        word = _written(sketches, members, text_of, int(vocabulary[column]))
        if word and word.casefold() not in {w.casefold() for w in shown}:
            shown.append(word)
    return shown


def _written(
    sketches: Sequence[Sketch], members: Sequence[int], text_of: Sequence[str], stem: int
) -> str | None:
    for member in members:
        at = np.flatnonzero(sketches[member].stems == stem)
        if len(at):
            return text_of[member][int(sketches[member].starts[at[0]]) : int(sketches[member].ends[at[0]])]
    return None
