"""Figures of one story that no longer agree: "five hours" here, "seven and a half hours" there."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from provcheck.article import Article
from provcheck.drift.unions import Unions
from provcheck.text import WORD

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUE = {word: float(n) for n, word in enumerate(_ONES)} | {
    w: 10.0 * n for n, w in enumerate(_TENS) if w != "_"
}
_SCALE = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_FRACTION = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_UNITS = {
    "hour": r"hours?|hrs?", "minute": r"minutes?|mins?", "day": r"days?", "week": r"weeks?", "month": r"months?",
    "year": r"years?", "people": r"people|persons|passengers|residents|civilians|protesters|demonstrators|migrants|refugees|workers|employees|students",
    "dead": r"dead|deaths|killed|fatalities|victims|bodies", "injured": r"injured|wounded|hurt|casualties",
    "arrest": r"arrests?|arrested|detained", "percent": r"%|per ?cent|percentage points?",
    "km": r"km|kilomet(?:er|re)s?", "mile": r"miles?", "tonne": r"tonnes?|tons?",
    "dollar": r"dollars?", "euro": r"euros?", "pound": r"pounds?", "vote": r"votes?", "seat": r"seats?", "home": r"homes|houses|buildings",
}  # fmt: skip
_NUMBER_WORD = "|".join(sorted([*_VALUE, *_SCALE], key=len, reverse=True))
_NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?(?:[- ]\d/\d|[½¼¾])?(?: (?:hundred|thousand|million|billion|trillion|dozen))?"
    rf"|(?:{_NUMBER_WORD})(?:(?:[- ]| and )(?:{_NUMBER_WORD}))*(?: and a (?:half|quarter))?|half an?|an?(?= (?:hour|dozen)))"
)
_QUALIFIER = r"(?:(?P<rough>about|around|some|nearly|almost|roughly|approximately|over|more than|at least|up to|fewer than|less than|under) )?"
_FIGURE = re.compile(
    rf"{_QUALIFIER}(?P<sum>[$€£] ?)?(?<![\w.,/-])(?P<number>{_NUMBER})(?:[- ]|(?=%))(?:(?P<between>(?!and\b)[a-z]+) )?(?P<unit>{'|'.join(f'(?P<u_{k}>{v})' for k, v in _UNITS.items())})(?!\w)",
    re.IGNORECASE,
)
# "an hour more than expected" is a difference, "a 20-hour journey" tells of the journey: not figures of the event.
_DIFFERENCE = re.compile(
    r",? (?:more|less|fewer|earlier|later|longer|shorter|ahead|behind|before|after|ago)\b", re.IGNORECASE
)
_EVENTS = {
    "talk": "talk talks talked meet meets met meeting discussion discussions discuss spoke speak negotiation negotiations session lasted lasting dinner".split(),
    "kill": "killed kill kills dead died death deaths fatal toll bodies".split(),
    "hurt": "injured wounded hurt hospital hospitalised hospitalized injuries".split(),
}
_EVENT_OF = {word: event for event, words in _EVENTS.items() for word in words}
_ENOUGH_FACTS = 4  # of one unit, to know which words are common to all
_AROUND = 10  # words on each side of a figure that say what it counts
_LEAST_CONTEXT = 3  # to say that two values disagree
_LEAST_CROWD_CONTEXT = 4  # the same for people, dead, injured: a story counts several kinds of them
_CROWDS = frozenset({"people", "dead", "injured", "arrest"})
_NEIGHBOURS = 40  # articles of a large story that each one is compared with, so that time stays linear
_FARTHEST = 2.0  # times that one version of a figure may be the other
_SAME_CONTEXT = 2  # to say that two values agree
_SKIP = frozenset(
    "the and for that with from said after were was has have had which about more than over this their been".split()
)


@dataclass(frozen=True)
class Fact:
    """A number with its unit at its place, and what stands around it."""

    article: Article
    start: int
    end: int
    value: float
    unit: str
    rough: bool
    persons: frozenset[str]
    context: frozenset[str]


@dataclass(frozen=True)
class FigureDrift:
    """Facts that speak of one thing with different values; the fewest-backed value first."""

    facts: tuple[Fact, ...]
    odd: str
    usual: str


def parse_number(text: str) -> float | None:
    """The value of "7-1/2", "1,200", "seven and a half", "two million"; None if it is none."""
    text = text.casefold().strip()
    if text in ("a", "an"):
        return 1.0
    if text.startswith("half a"):
        return 0.5
    match = re.match(r"(\d[\d,]*(?:\.\d+)?)(?:[- ](\d)/(\d)|([½¼¾]))?(?: (\w+))?$", text)
    if match:
        value = float(match[1].replace(",", ""))
        if match[2] and float(match[3]):
            value += float(match[2]) / float(match[3])
        value += _FRACTION.get(match[4] or "", 0.0)
        return value * _SCALE.get(match[5] or "", 1.0)
    return _spelled(text)


def _spelled(text: str) -> float | None:
    total: float = 0.0
    current: float = 0.0
    extra = 0.5 if text.endswith("and a half") else 0.25 if text.endswith("and a quarter") else 0.0
    for word in re.split(r"[\s-]+", text.removesuffix("and a half").removesuffix("and a quarter").strip()):
        if word in _VALUE:
            current += _VALUE[word]
        elif word == "hundred":
            current = (current or 1.0) * 100
        elif word in _SCALE:
            total += (current or 1.0) * _SCALE[word]
            current = 0.0
        elif word != "and":
            return None
    return total + current + extra


def find_facts(article: Article) -> Iterator[Fact]:
    """Figures of the body's sentences."""
    spans = article.sentences
    names = [(m.start, person.name) for person in article.persons for m in person.mentions]
    for start, end in spans:
        for match in _FIGURE.finditer(article.text, start, end):
            value = parse_number(match["number"])
            if (
                not value
                or _DIFFERENCE.match(article.text, match.end())
                or article.text[match.start("unit") - 1] == "-"
            ):
                continue
            unit = next(key[2:] for key, found in match.groupdict().items() if found and key.startswith("u_"))
            before = WORD.findall(article.text[start : match.start()])[-_AROUND:]
            after = WORD.findall(article.text[match.end() : end])[:_AROUND]
            words = [w.casefold() for w in (*before, *after)]
            context = {
                _EVENT_OF.get(w, w[:6]) for w in words if len(w) > 3 and w not in _SKIP and not w.isdigit()
            }
            persons = frozenset(name for at, name in names if start <= at < end)
            own = {part.casefold()[:6] for name in persons for part in name.split()}
            yield Fact(
                article,
                match.start(),
                match.end(),
                value,
                unit + ("$" if match["sum"] else ""),
                bool(match["rough"]),
                persons,
                frozenset(context - own),
            )


def find_figure_drift(articles: Sequence[Article]) -> Iterator[FigureDrift]:
    """Facts that disagree across the articles of one story, one finding a fact.

    Two articles speak of one fact when unit, persons and context agree; a value that both have agrees first,
    and roundings ("over seven hours" for seven and a half) are no drift.
    """
    by_unit: dict[str, list[list[Fact]]] = defaultdict(list)
    for article in articles:
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in find_facts(article):
            found[fact.unit].append(fact)
        for unit, facts in found.items():
            by_unit[unit].append(facts)
    for _, per_article in sorted(by_unit.items()):
        if len(per_article) > 1:
            yield from _drifts(_told_apart(per_article))


def _told_apart(per_article: list[list[Fact]]) -> list[list[Fact]]:
    """The facts without the context words that half of them have: what the whole story is about tells nothing."""
    counted = Counter(word for facts in per_article for fact in facts for word in fact.context)
    total = sum(map(len, per_article))
    if total < _ENOUGH_FACTS:
        return per_article
    common = {word for word, count in counted.items() if 2 * count >= total and word not in _EVENTS}
    return [[replace(fact, context=fact.context - common) for fact in facts] for facts in per_article]


def _drifts(per_article: list[list[Fact]]) -> Iterator[FigureDrift]:
    """Facts that agree are one value; two values that meet in a like context are one finding."""
    facts = [fact for found in per_article for fact in found]
    number = {id(fact): n for n, fact in enumerate(facts)}
    home = Unions(len(facts))
    apart: list[tuple[int, int]] = []
    for i, left in enumerate(per_article):
        for right in per_article[i + 1 : i + 1 + _NEIGHBOURS]:
            for a, b, agree in _matched(left, right):
                x, y = number[id(a)], number[id(b)]
                if agree:
                    home.join(x, y)
                else:
                    apart.append((x, y))
    disputes: dict[tuple[float, float], set[int]] = defaultdict(set)
    for x, y in apart:
        smaller, greater = sorted((facts[x].value, facts[y].value))
        disputes[smaller, greater] |= {x, y}
    for (smaller, _), members in sorted(disputes.items()):
        roots = {home.find(n) for n in members}
        near = [fact for n, fact in enumerate(facts) if home.find(n) in roots]
        yield _describe([f for f in near if f.value == smaller], [f for f in near if f.value != smaller])


def _matched(left: list[Fact], right: list[Fact]) -> Iterator[tuple[Fact, Fact, bool]]:
    """Facts of two articles that are one: equal values first, then the best context among what is left."""
    free_left, free_right = list(left), list(right)
    for a in left:
        for b in free_right:
            if _same_value(a, b) and _context(a, b) >= _SAME_CONTEXT:
                yield a, b, True
                free_left = [f for f in free_left if f is not a]
                free_right = [f for f in free_right if f is not b]
                break
    scored = sorted(
        ((_context(a, b), -a.start, -b.start, a, b) for a in free_left for b in free_right),
        key=lambda s: s[:3],
        reverse=True,
    )
    for score, _, _, a, b in scored[:1]:
        least = _LEAST_CROWD_CONTEXT if a.unit in _CROWDS else _LEAST_CONTEXT
        if score >= least and _comparable(a, b) and not _same_value(a, b):
            yield a, b, False


def _context(a: Fact, b: Fact) -> int:
    """Shared persons count two, shared content words one, shared events two where persons are named."""
    if a.persons - b.persons and b.persons - a.persons:
        return -1
    shared = a.context & b.context
    events = sum(word in _EVENTS for word in shared)
    return 2 * len(a.persons & b.persons) + len(shared) + (events if a.persons and b.persons else 0)


def _comparable(a: Fact, b: Fact) -> bool:
    """Whether two values can be one figure that changed: three people and 1,200 people are two facts."""
    return max(a.value, b.value) <= _FARTHEST * min(a.value, b.value)


def _same_value(a: Fact, b: Fact) -> bool:
    if math.isclose(a.value, b.value):
        return True
    coarse, fine = sorted((a, b), key=lambda fact: len(f"{fact.value:g}".rstrip("0").replace(".", "")))
    digits = len(f"{coarse.value:g}".split("e")[0].rstrip("0").replace(".", "")) or 1
    unit = 10.0 ** (math.floor(math.log10(fine.value)) - digits + 1)
    if round(fine.value / unit) * unit == coarse.value:
        return True
    return coarse.rough and abs(fine.value - coarse.value) < unit


def _describe(one: list[Fact], other: list[Fact]) -> FigureDrift:
    """The value with fewer documents behind it is the odd one; of equals, the one read later."""
    odd, usual = sorted((one, other), key=lambda facts: len({fact.article.id for fact in facts}))
    if len({f.article.id for f in odd}) == len({f.article.id for f in usual}):
        odd, usual = other, one
    return FigureDrift((*odd, *usual), _written(odd[0]), _written(usual[0]))


def _written(fact: Fact) -> str:
    return fact.article.text[fact.start : fact.end]
