"""Direct quotes of one story that are one utterance and no longer have the same words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rapidfuzz.distance import LCSseq, Levenshtein

from provcheck.article import Article
from provcheck.drift.unions import Unions
from provcheck.text import WORD, Quote, content_of, content_words

_SHORTEST = 4  # words; shorter quotes ("frank and constructive") are said by everybody
_COMMON_SHARE = 0.55  # share of the shorter quote's words, in order, in the longer
_CONTENT = 3  # content words that both must have
_LONE_WORDS = 8  # of a quote that is told where only one copy has it
_ELSEWHERE = 0.6  # share of its content words that another copy may have
_POSTING = 60  # a word that more quotes have than this finds no pairs
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.S." is the word "US"
_FUNCTION = frozenset(
    """the a an and or but of to in on at by for from with as is are was were be been being it its this that these those he she they we i you
    his her their our my your not no nor do does did has have had will would shall should can could may might must there here so if
    than then what which who whom when where how all any both each more most very just also only about into over""".split()
)


@dataclass(frozen=True)
class Utterance:
    """A quote at its place, and its words in comparable form (lower case, plural s cut)."""

    article: Article
    quote: Quote

    @property
    def start(self) -> int:
        return self.quote.start

    @property
    def end(self) -> int:
        return self.quote.end

    @property
    def text(self) -> str:
        return self.quote.text

    @cached_property
    def words(self) -> tuple[str, ...]:
        plain = _INITIALS.sub(lambda match: match.group().replace(".", ""), self.text)
        return tuple(_fold(word) for word in WORD.findall(plain.replace("’", "'").replace("'s", "")))

    @cached_property
    def content(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word not in _FUNCTION and len(word) > 2)


@dataclass(frozen=True)
class QuoteDrift:
    """The odd version of an utterance, the versions that others have, and what differs."""

    odd: Utterance
    others: tuple[Utterance, ...]
    change: str
    alike: float


def _fold(word: str) -> str:
    word = word.casefold()
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def find_quote_drift(articles: Sequence[Article]) -> Iterator[QuoteDrift]:
    """Utterances whose versions disagree, each odd version once, in the order of the articles.

    Quotes of different articles are one utterance when the shorter's words stand in the other in order, for at
    least 55 %, three content words among them. One that is merely a cut of another agrees with it.
    """
    quotes = utterances_of(articles)
    for cluster in clusters_of(quotes):
        yield from _disagreements([quotes[i] for i in cluster])


def find_lone_quotes(articles: Sequence[Article]) -> Iterator[tuple[Utterance, ...]]:
    """For each article the long quotes whose words no other one has, as a quote or in its narration."""
    quotes = [quote for quote in utterances_of(articles) if len(quote.words) >= _LONE_WORDS]
    paired = {index for cluster in clusters_of(quotes) for index in cluster}
    words = {article.id: content_words(WORD.findall(article.text)) for article in articles}
    found: dict[str, list[Utterance]] = defaultdict(list)
    for index, quote in enumerate(quotes):
        own = content_of(quote.text)
        elsewhere = max((len(own & words[a.id]) for a in articles if a.id != quote.article.id), default=0)
        if index not in paired and len(own) >= _CONTENT and elsewhere <= _ELSEWHERE * len(own):
            found[quote.article.id].append(quote)
    for article in articles:
        if found[article.id]:
            yield tuple(found[article.id])


def utterances_of(articles: Sequence[Article]) -> list[Utterance]:
    """The quotes of at least four words, in the order of the articles."""
    every = [Utterance(article, quote) for article in articles for quote in article.quotes]
    return [quote for quote in every if len(quote.words) >= _SHORTEST]


def clusters_of(quotes: Sequence[Utterance]) -> list[list[int]]:
    """Indexes of quotes that are versions of one utterance: each joins the cluster of its likest quote."""
    postings: dict[str, list[int]] = defaultdict(list)
    for index, quote in enumerate(quotes):
        for word in quote.content:
            postings[word].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in postings.values():
        if len(indexes) <= _POSTING:
            shared.update(combinations(indexes, 2))
    home = Unions(len(quotes))
    scored = sorted(
        ((-likeness(quotes[a], quotes[b]), a, b) for (a, b), count in shared.items() if count >= _CONTENT),
    )
    for negative, a, b in scored:
        if -negative < _COMMON_SHARE:
            break
        if quotes[a].article.id != quotes[b].article.id:
            home.join(a, b)
    grouped: dict[int, list[int]] = defaultdict(list)
    for index in range(len(quotes)):
        grouped[home.find(index)].append(index)
    return [members for _, members in sorted(grouped.items()) if len(members) > 1]


def likeness(a: Utterance, b: Utterance) -> float:
    """Longest common subsequence of the words, as a share of the shorter quote (0 to 1)."""
    shorter = min(len(a.words), len(b.words))
    return float(LCSseq.similarity(a.words, b.words)) / shorter if shorter else 0.0


def _disagreements(versions: Sequence[Utterance]) -> Iterator[QuoteDrift]:
    """Each version that no other version of the majority wording contains, against the best witness."""
    agreeing = [[other for other in versions if _agree(one, other)] for one in versions]
    backing = [len({other.article.id for other in found}) for found in agreeing]
    best = max(range(len(versions)), key=lambda i: (backing[i], len(versions[i].words), -i))
    reference = versions[best]
    reported: set[tuple[str, tuple[str, ...]]] = set()
    for version in versions:
        if _agree(version, reference) or version.article.id == reference.article.id:
            continue
        key = (version.article.id, version.words)
        if key in reported or likeness(version, reference) < _COMMON_SHARE:
            continue
        reported.add(key)
        witnesses = (
            reference,
            *(o for o in agreeing[best] if o is not reference and o.article.id != version.article.id),
        )
        yield QuoteDrift(
            version, witnesses[:4], describe_change(version, reference), likeness(version, reference)
        )


def _agree(one: Utterance, other: Utterance) -> bool:
    """Whether one's words stand in the other without a change: the same wording, or a cut of it."""
    short, long = sorted((one.words, other.words), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def describe_change(odd: Utterance, usual: Utterance, most: int = 3) -> str:
    """The first changes in words: `"schedule" became "plan"; "suitable" became "appropriate"`."""
    ours, theirs = WORD.findall(odd.text), WORD.findall(usual.text)
    left, right = [_fold(w) for w in theirs], [_fold(w) for w in ours]
    changes = []
    steps = list(Levenshtein.opcodes(left, right))
    if steps and steps[0].tag != "equal":
        steps = steps[1:]  # a cut at the front is no change
    if steps and steps[-1].tag != "equal":
        steps = steps[:-1]
    for op in steps:
        was = " ".join(theirs[op.src_start : op.src_end])
        now = " ".join(ours[op.dest_start : op.dest_end])
        if op.tag == "replace":
            changes.append(f"“{was}” became “{now}”")
        elif op.tag == "delete":
            changes.append(f"“{was}” is gone")
        elif op.tag == "insert":
            changes.append(f"“{now}” was added")
    return "; ".join(changes[:most]) or "the words differ"
