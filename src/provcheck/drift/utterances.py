"""Utterances: direct quotes in comparable form, and which of them are versions of one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rapidfuzz.distance import LCSseq

from provcheck.article import Article
from provcheck.drift.folding import folded
from provcheck.drift.numerals import in_digits
from provcheck.drift.unions import Unions
from provcheck.text.quotes import Quote
from provcheck.text.words import WORD

_SHORTEST = 4  # words; shorter quotes ("frank and constructive") are said by everybody
COMMON_SHARE = 0.55  # share of the shorter quote's words, in order, in the longer
CONTENT = 3  # content words that both must have
_LONG, _VERBATIM = 8, 0.85  # words of a quote, and the share of all that are the same in one nearly verbatim
_POSTING = 60  # a word that more wordings have than this finds no pairs
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.S." is the word "US"
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")
)  # soft hyphens, spaces without width
_OMISSION = re.compile(r"…|\.\s?\.")
# What copy editors write one way or the other.
_IN_FULL = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"\bcan't\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"(?<=\w)n't\b", " not"),
        (r"(?<=\w)'m\b", " am"),
        (r"(?<=\w)'re\b", " are"),
        (r"(?<=\w)'ve\b", " have"),
        (r"(?<=\w)'ll\b", " will"),
        (r"\b(it|that|there|he|she|what|who)'s\b", r"\1 is"),
        (r"(?<=\w)'s\b", ""),
        (r"(?<=\d) ?%|\bper cent\b", " percent"),
    )
)
FUNCTION = frozenset(
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
    def shown(self) -> tuple[str, ...]:
        """The words as they are written, contractions in full and long numbers in digits."""
        return tuple(WORD.findall(self.plain))

    @cached_property
    def plain(self) -> str:
        """The text with contractions in full, and numbers of more than a word in digits."""
        seen = self.text if self.text.isascii() else self.text.translate(_UNSEEN)
        plain = _INITIALS.sub(lambda match: match.group().replace(".", ""), seen).replace("’", "'")
        for pattern, full in _IN_FULL:
            plain = pattern.sub(full, plain)
        return in_digits(plain)

    @cached_property
    def _omissions(self) -> tuple[int, ...]:
        """The numbers of the words before which points say that something was left out."""
        gaps = WORD.split(self.plain)
        return tuple(number for number, gap in enumerate(gaps[:-1]) if _OMISSION.search(gap))

    def omits(self, first: int, last: int) -> bool:
        """Whether points stand before one of these words, `last` included."""
        return any(first <= number <= last for number in self._omissions)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(map(folded, self.shown))

    @cached_property
    def content(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word not in FUNCTION and len(word) > 2)


def utterances_of(articles: Sequence[Article]) -> list[Utterance]:
    """The quotes of at least four words, in the order of the articles."""
    every = [Utterance(article, quote) for article in articles for quote in article.quotes]
    return [quote for quote in every if len(quote.words) >= _SHORTEST]


def clusters_of(quotes: Sequence[Utterance]) -> list[list[int]]:
    """Indexes of quotes that are versions of one utterance, of two articles at least: each joins the cluster of its likest quote."""
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, quote in enumerate(quotes):
        by_words[quote.words].append(index)
    wordings = [same for same in by_words.values() if len(quotes[same[0]].content) >= CONTENT]
    articles = [{quotes[index].article.id for index in same} for same in wordings]
    home = Unions(len(wordings))
    for a, b in _alike([quotes[same[0]] for same in wordings]):
        if len(articles[a] | articles[b]) > 1:
            home.join(a, b)
    grouped: dict[int, list[int]] = defaultdict(list)
    for number, same in enumerate(wordings):
        grouped[home.find(number)] += same
    several = (members for members in grouped.values() if len({quotes[i].article.id for i in members}) > 1)
    return sorted(sorted(members) for members in several)


def _alike(wordings: Sequence[Utterance]) -> Iterator[tuple[int, int]]:
    """Pairs of wordings that can be versions of one utterance."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, quote in enumerate(wordings):
        for word in quote.content:
            postings[word].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in postings.values():
        if len(numbers) <= _POSTING:
            shared.update(combinations(numbers, 2))
    for (a, b), count in shared.items():
        one, other = wordings[a], wordings[b]
        if (count >= CONTENT and likeness(one, other) >= COMMON_SHARE) or (
            count == CONTENT - 1 and _nearly_verbatim(one, other)
        ):
            yield a, b


def _nearly_verbatim(a: Utterance, b: Utterance) -> bool:
    """Whether so many words are the same that few need to tell something: "I have no dry wood to do it with"."""
    longer = max(len(a.words), len(b.words))
    return longer >= _LONG and common_words(a, b) >= _VERBATIM * longer


def likeness(a: Utterance, b: Utterance) -> float:
    """Longest common subsequence of the words, as a share of the shorter quote (0 to 1)."""
    shorter = min(len(a.words), len(b.words))
    return common_words(a, b) / shorter if shorter else 0.0


def common_words(a: Utterance, b: Utterance) -> int:
    """The length of the longest common subsequence of the words."""
    return int(LCSseq.similarity(a.words, b.words))
