"""Figures of one story that no longer agree: "five hours" here, "seven and a half hours" there."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from provcheck.article import Article
from provcheck.drift.facts import Fact, digits_of, find_facts, same_value
from provcheck.drift.numerals import CLOCK
from provcheck.drift.templates import find_templated
from provcheck.drift.units import kind_of
from provcheck.provenance.owners import is_source_of

_NEIGHBOURS = 40  # articles of a large story that each one is compared with, so that time stays linear
_WITNESSES = 6
_LISTED = 20  # figures of one article that share a word around them: more are a table, whose rows it does not tell apart
_NEAR = 2  # content words that stand around both figures
_SHARED, _SHARE = 5, 0.6  # content words, and share of the shorter sentence's, that make two sentences one
_SHORT = 3  # content words that are enough where the sentences have no others
_FARTHEST = 2.0  # times that one length of a meeting may be the other: longer ones are other meetings
_SCALE, _VERBATIM = (
    5.0,
    0.85,
)  # times that two values of one fact differ at most, unless the sentences share as much as this
_RARE_DIGITS = 3  # of a number
_CERTAIN = 2.0  # likeness of figures that need no sentence: ages of a person, lengths of a meeting


@dataclass(frozen=True)
class FigureDrift:
    """Facts that speak of one thing with different values: those with the odd value first, then some of the usual one.

    certain: two documents or more have the usual value, and the odd one does not stand nearest the source.
    """

    facts: tuple[Fact, ...]
    odd: str
    usual: str
    certain: bool


@dataclass
class _Counterparts:
    """The figures of other documents that stand in the place of one figure."""

    agreeing: list[Fact] = field(default_factory=list)
    differing: list[Fact] = field(default_factory=list)


def find_figure_drift(articles: Sequence[Article]) -> Iterator[FigureDrift]:
    """Facts that disagree across the articles of one story, one finding for each odd value of a fact.

    Figures of one unit are one fact where their sentences are one, the words around them meet, and neither has a better counterpart
    in the other article; ages where the person is one; lengths of meetings where those who met are. Roundings ("over
    seven hours" for seven and a half) are no drift, nor are conversions; one number with two units of a kind ("6.4 %", "6.4 percentage
    points") is. Numbers that count nothing known are compared where all else of the sentence is the same. Articles made from one template
    tell of different things. The odd value is the one that fewer documents have; of equals, the one read later.
    """
    templated = find_templated(articles)
    by_kind: dict[str, list[list[Fact]]] = defaultdict(list)
    for article in articles:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in find_facts(article):
            found[kind_of(fact.unit)].append(fact)
        for kind, facts in found.items():
            by_kind[kind].append(facts)
    for _, per_article in sorted(by_kind.items()):
        if len(per_article) > 1:
            yield from _drifts(per_article, templated)


def _drifts(per_article: list[list[Fact]], templated: Container[tuple[str, str]]) -> Iterator[FigureDrift]:
    facts = [fact for found in per_article for fact in found]
    order = {id(fact): number for number, fact in enumerate(facts)}
    counterparts: dict[int, _Counterparts] = defaultdict(_Counterparts)
    told_of: set[tuple[int, int]] = set()
    for a, b in chain(_paired_by_unit(per_article), _swapped(per_article), _framed(per_article)):
        pair = min(id(a), id(b)), max(id(a), id(b))
        ids = sorted((a.article.id, b.article.id))
        if pair in told_of or (ids[0], ids[1]) in templated:
            continue
        told_of.add(pair)
        same = a.unit == b.unit and same_value(a, b)
        for one, other in ((a, b), (b, a)):
            mine = counterparts[id(one)]
            (mine.agreeing if same else mine.differing).append(other)
    told: dict[tuple[float, str, int], list[tuple[Fact, list[Fact]]]] = defaultdict(list)
    for fact in facts:
        usual = _usual(fact, counterparts, order) if id(fact) in counterparts else []
        if usual:
            told[fact.value, fact.unit, min(order[id(one)] for one in usual)].append((fact, usual))
    for found in told.values():
        odd, usual = [fact for fact, _ in found], found[0][1]
        certain = len(usual) > 1 and not is_source_of(odd[0].article, (fact.article for fact in usual))
        yield FigureDrift((*odd, *usual[:_WITNESSES]), _written(odd[0]), _written(usual[0]), certain)


def _usual(fact: Fact, all_of: dict[int, _Counterparts], order: dict[int, int]) -> list[Fact]:
    """The figures of the value that more documents have in a fact's place; none if the fact's own is the usual one."""
    mine = all_of[id(fact)]
    if not mine.differing:
        return []
    counted = Counter((f.value, f.unit) for f in mine.differing)
    value, unit = max(counted, key=lambda each: (counted[each], -each[0], each[1]))
    there = [f for f in mine.differing if (f.value, f.unit) == (value, unit)]
    beside = {id(f): f for one in there for f in all_of[id(one)].agreeing}
    usual = [*there, *(f for key, f in beside.items() if key not in {id(one) for one in there})]
    backing = 1 + len(mine.agreeing)
    earlier = min(order[id(f)] for f in usual) < order[id(fact)]
    return usual if len(usual) > backing or (len(usual) == backing and earlier) else []


def _paired_by_unit(per_article: Sequence[Sequence[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    for unit in sorted({fact.unit for facts in per_article for fact in facts}):
        mine = [[fact for fact in facts if fact.unit == unit] for facts in per_article]
        yield from _paired([facts for facts in mine if facts])


def _swapped(per_article: Sequence[Sequence[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    """Figures of two articles that have one number and two units of a kind, where the sentences are the same but for that."""
    by_value: dict[float, list[tuple[int, Fact]]] = defaultdict(list)
    for number, facts in enumerate(per_article):
        for fact in facts:
            by_value[fact.value].append((number, fact))
    for found in by_value.values():
        if len({fact.unit for _, fact in found}) == 1:
            continue
        for at, (i, a) in enumerate(found):
            for j, b in islice(found, at + 1, None):
                if j - i > _NEIGHBOURS:
                    break
                if i < j and a.unit != b.unit and (_one_sentence(a, b, _VERBATIM) or _same_rare_number(a, b)):
                    yield a, b


def _same_rare_number(a: Fact, b: Fact) -> bool:
    """Whether a number of so many digits that two figures have it by no chance is told in sentences that have anything in common."""
    return len(digits_of(a.value)) >= _RARE_DIGITS and bool(a.sentence & b.sentence)


def _framed(per_article: Sequence[Sequence[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    """Figures of two articles whose sentences are the same but for them; rows of a table are not sentences."""
    by_frame: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for number, facts in enumerate(per_article):
        many = Counter(chain.from_iterable(fact.near for fact in facts))
        for fact in facts:
            in_table = bool(fact.near) and all(many[word] > _LISTED for word in fact.near)
            if fact.frame and not in_table:
                by_frame[fact.frame][number].append(fact)
    for found in by_frame.values():
        single = [(number, facts[0]) for number, facts in found.items() if len(facts) == 1]
        for at, (i, a) in enumerate(single):
            for j, b in islice(single, at + 1, None):
                if j - i > _NEIGHBOURS:
                    break
                if a.unit == b.unit or a.value == b.value:  # else a conversion
                    yield a, b


def _one_sentence(a: Fact, b: Fact, share: float) -> bool:
    shared = len(a.sentence & b.sentence)
    return shared >= _SHARED and shared >= share * min(len(a.sentence), len(b.sentence))


def _paired(per_article: Sequence[Sequence[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    """Figures of two articles that are each other's best counterpart."""
    scored: dict[tuple[int, int], list[tuple[int, int, float]]] = defaultdict(list)
    for (i, x), (j, y) in sorted(_comparable(per_article)):
        likeness = _likeness(per_article[i][x], per_article[j][y])
        if likeness:
            scored[i, j].append((x, y, likeness))
    for (i, j), found in sorted(scored.items()):
        best_left: dict[int, float] = {}
        best_right: dict[int, list[float]] = defaultdict(list)
        for x, y, likeness in found:
            best_left[x] = max(likeness, best_left.get(x, 0.0))
            best_right[y].append(likeness)
        for x, y, likeness in found:
            column = best_right[y]
            if likeness == best_left.get(x):
                del best_left[x]  # of equal counterparts the first stands for the row
                if likeness == max(column) and column.count(likeness) == 1:
                    yield per_article[i][x], per_article[j][y]


def _comparable(per_article: Sequence[Sequence[Fact]]) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    """Places (article, number of its figure) of two figures of near articles that can be one fact at all."""
    holders: dict[object, list[tuple[int, int]]] = defaultdict(list)
    pairs: Counter[tuple[tuple[int, int], tuple[int, int]]] = Counter()
    certain: set[tuple[tuple[int, int], tuple[int, int]]] = set()
    for i, facts in enumerate(per_article):
        keyed = [_keys(fact) for fact in facts]
        common = {key for key, many in Counter(chain.from_iterable(keyed)).items() if many > _LISTED}
        for x, keys in enumerate(keyed):
            here = (i, x)
            for key in keys:
                if key in common:
                    continue
                held = holders[key]
                near = [(one, here) for one in held[bisect_left(held, (i - _NEIGHBOURS, 0)) :] if one[0] < i]
                if isinstance(key, tuple):
                    certain.update(near)
                else:
                    pairs.update(near)
                held.append(here)
    return certain.union(pair for pair, shared in pairs.items() if shared >= _NEAR)


def _keys(fact: Fact) -> list[object]:
    """What two figures of one fact share: words around them, or a person (as a tuple, to be told from a word)."""
    people = {fact.who} if fact.who is not None else fact.met
    return [*fact.near, *((person,) for person in people)]


def _likeness(a: Fact, b: Fact) -> float:
    """How surely two figures of one unit tell of one fact, 0 to 2; 0 if they do not."""
    if a.unit == CLOCK:
        return 0.0
    if a.who is not None:
        return _CERTAIN if a.who == b.who else 0.0
    shared = len(a.sentence & b.sentence)
    share = shared / max(1, min(len(a.sentence), len(b.sentence)))
    near = len(a.near & b.near)
    alike = near >= _NEAR and (_within(a, b, _SCALE) or share >= _VERBATIM)
    told_apart = (a.alone and b.alone) or (near > _NEAR and share >= _VERBATIM)
    enough = shared >= _SHORT if a.sentence == b.sentence else shared >= _SHARED and share >= _SHARE
    if alike and told_apart and enough:
        return shared / len(a.sentence | b.sentence) + near / len(a.near | b.near)
    return _CERTAIN if _one_meeting(a, b) else 0.0


def _one_meeting(a: Fact, b: Fact) -> bool:
    """Whether both tell how long the same persons met; where each names one whom the other does not, they do not."""
    if not a.met & b.met or (a.met - b.met and b.met - a.met):
        return False
    return _within(a, b, _FARTHEST)


def _within(a: Fact, b: Fact, times: float) -> bool:
    return max(a.value, b.value) <= times * min(a.value, b.value)


def _written(fact: Fact) -> str:
    return fact.article.text[fact.start : fact.end].strip(" ,")
