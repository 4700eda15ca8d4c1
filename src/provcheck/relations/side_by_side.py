"""Two documents side by side: how they are related, why, and passage by passage what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from provcheck.article import Article
from provcheck.checker import Checker
from provcheck.checks.base import Reach
from provcheck.groups.align import SentenceTable, alignment_features
from provcheck.groups.bags import Pool
from provcheck.groups.links import relation_of, shared_passages
from provcheck.groups.score import score_pairs
from provcheck.groups.sketch import Sketch, sketch
from provcheck.groups.templates import templated
from provcheck.model import CrossFinding, Document, Relation, Span
from provcheck.relations.rules import Across

_ALIGNED = 0.2  # likeness of two sentences (Dice, by rarity) from which they count as one passage
_MOVED = 0.45  # the same where the order is not kept
_WORD = re.compile(r"[$€£]?\w(?:[\w'’.,-]*\w)?%?")
_OPENERS, _ENDS = "“„«\"'‘([", ".!?…,;:\"'”’»)]"
_LONG = 200  # sentences of a document that are aligned; longer ones are cut there

Matrix = npt.NDArray[np.float64]


class PassagePair(Struct, frozen=True):
    """Sentences that tell the same, as spans of the two texts; None where one side has no counterpart.

    `changed_a` and `changed_b` are the spans of words that differ. `moved`: the order is another.
    """

    a: Span | None
    b: Span | None
    changed_a: tuple[Span, ...] = ()
    changed_b: tuple[Span, ...] = ()
    moved: bool = False


class Comparison(Struct, frozen=True, kw_only=True):
    """relation is None if the two do not share a source text; score is the probability that they do."""

    a: str
    b: str
    relation: Relation | None
    score: float
    jaccard: float
    containment_a: float
    containment_b: float
    reasons: tuple[str, ...]
    passages: tuple[PassagePair, ...]
    findings: tuple[CrossFinding, ...]


def compare(a: Document, b: Document, checker: Checker | None = None) -> tuple[Comparison, Article, Article]:
    """Compare two documents by themselves; with a whole collection at hand, a scan knows more of what is rare.

    Returns the comparison and the two articles, whose texts its spans speak of.
    """
    checker = checker or Checker()
    one, other = checker.check(a).article, checker.check(b).article
    sketches = [sketch(article, checker.settings.groups) for article in (one, other)]
    across = Across({one.id: one, other.id: other}, checker.rules, checker.settings.suppressions)
    passages = tuple(_passages(one, other, sketches))
    facts = _relation(sketches)
    reaches: tuple[Reach, ...] = ("group", "story")
    findings = {(f.rule, f.places): f for reach in reaches for f in across.findings([one, other], reach)}
    found = Comparison(
        a=one.id,
        b=other.id,
        relation=facts.relation,
        score=round(facts.score, 4),
        jaccard=round(facts.jaccard, 4),
        containment_a=round(facts.one, 4),
        containment_b=round(facts.other, 4),
        reasons=tuple(_reasons(facts, sketches, passages)),
        passages=passages,
        findings=tuple(findings.values()),
    )
    return found, one, other


class _Facts(Struct, frozen=True):
    relation: Relation | None
    score: float
    jaccard: float
    one: float
    other: float
    aligned: float
    in_order: float


def _relation(sketches: Sequence[Sketch]) -> _Facts:
    if len(sketches[0].stems) and sketches[0].wording == sketches[1].wording:
        return _Facts("exact", 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    pool, first, second = Pool(sketches), np.array([0]), np.array([1])
    scores = score_pairs(pool, first, second, glance=False)
    in_order = alignment_features(SentenceTable(pool), first, second)[0]
    one, other = float(scores.containment_left[0]), float(scores.containment_right[0])
    probability = float(scores.probability[0])
    relation = relation_of(max(one, other), float(scores.aligned[0])) if probability >= 0.5 else None
    return _Facts(
        relation, probability, float(scores.jaccard[0]), one, other, float(in_order[0]), float(in_order[3])
    )


def _reasons(facts: _Facts, sketches: Sequence[Sketch], passages: Sequence[PassagePair]) -> Iterator[str]:
    if facts.relation == "exact":
        yield "the same words in the same order, removable lines and credits aside"
        return
    yield f"{facts.one:.0%} of A's narration stands word for word in B, {facts.other:.0%} of B's in A (by rarity)"
    runs = [p.a[1] - p.a[0] for p in shared_passages(*sketches)]
    if runs:
        yield f"{len(runs)} passages of six words or more are the same; the longest has {max(runs)} characters"
    both = [p for p in passages if p.a is not None and p.b is not None]
    sides = [sum(p.a is not None for p in passages), sum(p.b is not None for p in passages)]
    if both:
        yield f"{len(both)} sentences have a counterpart, of {sides[0]} in A and {sides[1]} in B"
        moved = sum(p.moved for p in both)
        yield "they stand in the same order" if not moved else f"{moved} of them stand in another order"
    yield f"narration aligned {facts.aligned:.0%}, in order {facts.in_order:.0%}"
    if facts.relation is None and templated(sketches, np.array([0]), np.array([1]))[0]:
        yield "made from one template: in sentences that are the same but for their figures, most figures are others"
    elif facts.relation is None:
        yield "too little for one source text: two reports of their own, or of different things"


def _passages(one: Article, other: Article, sketches: Sequence[Sketch]) -> Iterator[PassagePair]:
    left, right = _sentences(sketches[0], one.text), _sentences(sketches[1], other.text)
    pairs = _align(_likeness(sketches, left, right))
    moved = {pair for pair in pairs if any((pair[0] - p) * (pair[1] - q) < 0 for p, q in pairs)}
    kept = {pair for pair in pairs if pair not in moved or not _crosses_more(pair, pairs)}
    by_left = dict(pairs)
    partnered = set(by_left.values())
    at = 0
    for number, (start, end, _) in enumerate(left):
        partner = by_left.get(number)
        if partner is None:
            yield PassagePair((start, end), None)
            continue
        in_place = (number, partner) in kept
        while in_place and at <= partner:
            if at not in partnered:
                yield PassagePair(None, right[at][:2])
            at += 1
        there = right[partner][:2]
        yield PassagePair(
            (start, end), there, *_changed(one.text, (start, end), other.text, there), not in_place
        )
    for number in range(at, len(right)):
        if number not in partnered:
            yield PassagePair(None, right[number][:2])


def _crosses_more(pair: tuple[int, int], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether a pair is the one that moved: it crosses more pairs than those that it crosses do."""

    def crossed(one: tuple[int, int]) -> list[tuple[int, int]]:
        return [p for p in pairs if (one[0] - p[0]) * (one[1] - p[1]) < 0]

    mine = crossed(pair)
    return any((len(crossed(p)), p) < (len(mine), pair) for p in mine)


def _sentences(item: Sketch, text: str) -> list[tuple[int, int, slice]]:
    """Span in the text, marks around it included, and place among the words of each sentence."""
    if not len(item.sentences):
        return []
    starts = np.flatnonzero(np.r_[True, np.diff(item.sentences) != 0])
    ends = [*starts[1:], len(item.sentences)]
    return [
        (*_with_marks(text, int(item.starts[a]), int(item.ends[b - 1])), slice(int(a), int(b)))
        for a, b in zip(starts, ends, strict=True)
    ][:_LONG]


def _with_marks(text: str, start: int, end: int) -> Span:
    while start and text[start - 1] in _OPENERS:
        start -= 1
    while end < len(text) and text[end] in _ENDS:
        end += 1
    return start, end


def _likeness(
    sketches: Sequence[Sketch],
    left: Sequence[tuple[int, int, slice]],
    right: Sequence[tuple[int, int, slice]],
) -> Matrix:
    """Dice of the word roots of each two sentences, rare roots counting more (by their rarity in general news)."""
    pool = Pool(sketches)
    size = len(sketches[0].stems)
    rarity = [pool.rarity_of_words[:size], pool.rarity_of_words[size:]]
    bags: list[list[dict[int, float]]] = []
    for side, sentences in enumerate((left, right)):
        roots = sketches[side].roots
        bags.append(
            [dict(zip(roots[w].tolist(), rarity[side][w].tolist(), strict=True)) for *_, w in sentences]
        )
    found = np.zeros((len(left), len(right)))
    for i, a in enumerate(bags[0]):
        mass = sum(a.values())
        for j, b in enumerate(bags[1]):
            shared = sum(a[root] for root in a.keys() & b.keys())
            found[i, j] = 2 * shared / (mass + sum(b.values())) if shared else 0.0
    return found


def _align(likeness: Matrix) -> list[tuple[int, int]]:
    """Pairs of sentences: the heaviest chain that keeps the order, and then what is alike but moved."""
    rows, columns = likeness.shape
    gain = np.where(likeness >= _ALIGNED, likeness, 0.0)
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        for j in range(columns):
            best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], best[i, j] + gain[i, j])
    pairs, i, j = [], rows, columns
    while i and j:
        if gain[i - 1, j - 1] and best[i, j] == best[i - 1, j - 1] + gain[i - 1, j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[i, j] == best[i - 1, j]:
            i -= 1
        else:
            j -= 1
    used_left, used_right = {p for p, _ in pairs}, {q for _, q in pairs}
    rest = [
        (likeness[p, q], p, q)
        for p in range(rows)
        for q in range(columns)
        if p not in used_left and q not in used_right and likeness[p, q] >= _MOVED
    ]
    for _, p, q in sorted(rest, key=lambda item: (-item[0], item[1], item[2])):
        if p not in used_left and q not in used_right:
            pairs.append((p, q))
            used_left.add(p)
            used_right.add(q)
    return sorted(pairs)


def _changed(a: str, span_a: Span, b: str, span_b: Span) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of the words that differ between two passages."""
    left, right = _words(a, span_a), _words(b, span_b)
    matcher = SequenceMatcher(
        None, [a[s:e].casefold() for s, e in left], [b[s:e].casefold() for s, e in right], autojunk=False
    )
    changed_a: list[Span] = []
    changed_b: list[Span] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            if j > i:
                changed_a.append((left[i][0], left[j - 1][1]))
            if m > k:
                changed_b.append((right[k][0], right[m - 1][1]))
    return tuple(changed_a), tuple(changed_b)


def _words(text: str, span: Span) -> list[Span]:
    return [match.span() for match in _WORD.finditer(text, *span)]
