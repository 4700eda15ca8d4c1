"""Scored pairs into links: relation, containments and the passages that two documents share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from provcheck.groups.sketch import Array32, Sketch
from provcheck.groups.words import Keys, runs_of
from provcheck.model import Link, Passage, Relation

_COPIED = 0.5  # share of one narration's rare shingles that stand in the other
_PARTLY = 0.2
_SEED = 4  # words in a row that start a shared passage
_LEAST_PASSAGE = 6  # words of the shortest passage shown
_MOST_PASSAGES = 12
_COMMON_SEED = 8  # a run of words that stands more often in one document starts no passage


def relation_of(containment: float, aligned: float) -> Relation:
    """The relation of two documents with one source text, by how much stands verbatim.

    containment: share (0 to 1) of the narration that is better contained. aligned: share of the shorter
    narration whose sentences have a close counterpart in the other.
    """
    if containment >= _COPIED:
        return "copy"
    if containment >= _PARTLY and aligned < _COPIED:
        return "partial"
    return "rewrite"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is known of a linked pair before its passages are looked for; `a` and `b` are numbers of the group's sketches."""

    a: int
    b: int
    probability: float
    jaccard: float
    containment_a: float
    containment_b: float
    aligned: float


def make_link(a: Sketch, b: Sketch, facts: LinkFacts) -> Link:
    """The link of the two documents that the facts are about; `a` of the link is the one with the lower id."""
    one, other = facts.containment_a, facts.containment_b
    relation = relation_of(max(one, other), facts.aligned)
    if b.id < a.id:
        a, b, one, other = b, a, other, one
    return Link(
        a=a.id,
        b=b.id,
        relation=relation,
        score=round(facts.probability, 4),
        jaccard=round(facts.jaccard, 4),
        containment_a=round(one, 4),
        containment_b=round(other, 4),
        shared=longest_passages(a, b),
    )


def longest_passages(a: Sketch, b: Sketch) -> tuple[Passage, ...]:
    """The longest of the shared passages, at most twelve, the longest first."""
    return tuple(sorted(shared_passages(a, b), key=lambda p: (p.a[0] - p.a[1], p.a))[:_MOST_PASSAGES])


def shared_passages(a: Sketch, b: Sketch) -> Iterator[Passage]:
    """Runs of at least six words that stand in both, extended as far as they go, each word of `a` used once."""
    left, right = a.stems, b.stems
    mine, theirs = _seeds(left), _seeds(right)
    order = np.argsort(theirs, kind="stable")
    ordered = theirs[order]
    first, last = np.searchsorted(ordered, mine), np.searchsorted(ordered, mine, side="right")
    usable = np.flatnonzero((last > first) & (last - first <= _COMMON_SEED))
    number = 0
    while number < len(usable):
        at = int(usable[number])
        starts = order[first[at] : last[at]].tolist()
        length, start = max((_run_length(left[at:], right[start:]), -start) for start in starts)
        if length >= _LEAST_PASSAGE:
            yield Passage(_span(a, at, length), _span(b, -start, length))
        number = int(np.searchsorted(usable, at + max(length, 1)))


def _seeds(stems: Array32) -> Keys:
    """A hash of each run of four words, across sentences; runs that share one are looked at word by word."""
    return runs_of(stems, np.zeros(len(stems), dtype=np.int64), _SEED).hashes


def _run_length(left: Array32, right: Array32) -> int:
    size = min(len(left), len(right))
    other = left[:size] != right[:size]
    return int(other.argmax()) if other.any() else size


def _span(sketch: Sketch, at: int, length: int) -> tuple[int, int]:
    return int(sketch.starts[at]), int(sketch.ends[at + length - 1])


def identity(kind: str, names: Sequence[str]) -> str:
    """The id of a group (`g`) or story (`s`): a hash of its documents' ids, which are sorted."""
    return kind + hashlib.sha256("\n".join(names).encode("utf-8", "replace")).hexdigest()[:12]
