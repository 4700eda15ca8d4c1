"""Scored pairs into links: relation, containments and the passages that two documents share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from provcheck.groups.sketch import Sketch
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


def make_link(
    a: Sketch,
    b: Sketch,
    score: float,
    jaccard: float,
    contained_a: float,
    contained_b: float,
    relation: Relation,
) -> Link:
    """The link of two documents; `a` is the one with the lower id."""
    if b.id < a.id:
        a, b, contained_a, contained_b = b, a, contained_b, contained_a
    passages = sorted(shared_passages(a, b), key=lambda p: (p.a[0] - p.a[1], p.a))
    return Link(
        a=a.id,
        b=b.id,
        relation=relation,
        score=round(score, 4),
        jaccard=round(jaccard, 4),
        containment_a=round(contained_a, 4),
        containment_b=round(contained_b, 4),
        shared=tuple(passages[:_MOST_PASSAGES]),
    )


def shared_passages(a: Sketch, b: Sketch) -> Iterator[Passage]:
    """Runs of at least six words that stand in both, extended as far as they go, each word of `a` used once."""
    where: dict[tuple[int, ...], list[int]] = defaultdict(list)
    left, right = a.stems.tolist(), b.stems.tolist()
    for at in range(len(right) - _SEED + 1):
        where[tuple(right[at : at + _SEED])].append(at)
    at = 0
    while at <= len(left) - _SEED:
        starts = where.get(tuple(left[at : at + _SEED]), ())
        if not starts or len(starts) > _COMMON_SEED:
            at += 1
            continue
        length, start = max((_run_length(left, at, right, start), -start) for start in starts)
        start = -start
        if length >= _LEAST_PASSAGE:
            yield Passage(_span(a, at, length), _span(b, start, length))
        at += length


def _run_length(left: list[int], i: int, right: list[int], j: int) -> int:
    length = 0
    while i + length < len(left) and j + length < len(right) and left[i + length] == right[j + length]:
        length += 1
    return length


def _span(sketch: Sketch, at: int, length: int) -> tuple[int, int]:
    return int(sketch.starts[at]), int(sketch.ends[at + length - 1])


def twins(sketches: list[Sketch]) -> tuple[list[int], dict[int, list[int]]]:
    """Indexes of one document of each wording, and for it the others with the same words (relation `exact`).

    Documents without words are nobody's twins.
    """
    first: dict[bytes, int] = {}
    others: dict[int, list[int]] = defaultdict(list)
    order = sorted(range(len(sketches)), key=lambda index: sketches[index].id)
    for index in order:
        sketch = sketches[index]
        key = sketch.stems.tobytes() if len(sketch.stems) else f"empty {sketch.id}".encode()
        keeper = first.setdefault(key, index)
        if keeper != index:
            others[keeper].append(index)
    return sorted(first.values(), key=lambda index: sketches[index].id), dict(others)
