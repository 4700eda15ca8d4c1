"""Direct quotes of one story that are one utterance and no longer have the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from provcheck.article import Article
from provcheck.drift.negations import find_negations
from provcheck.drift.utterances import (
    COMMON_SHARE,
    CONTENT,
    Utterance,
    clusters_of,
    common_words,
    likeness,
    utterances_of,
)
from provcheck.provenance.owners import is_source_of
from provcheck.text.words import WORD, content_of, content_words

_LONE_WORDS = 8  # of a quote that is told where only one copy has it
_ELSEWHERE = 0.6  # share of its content words that another copy may have
_MOST, _RIVALS = 300, 20  # wordings, those that most have, of which the likest are held against a version
_DENSE = 0.5  # share of words in common between the first and the last of them, in the version that has more between
_TOLD, _WITNESSES = 3, 4  # changes and other versions that a finding tells


@dataclass(frozen=True)
class QuoteDrift:
    """The odd version of an utterance, versions with the words that more articles have, and what differs."""

    odd: Utterance
    others: tuple[Utterance, ...]
    change: str
    alike: float

    @property
    def certain(self) -> bool:
        """Whether two documents or more have the usual words, and the odd ones do not stand nearest the source."""
        usual = {other.article.id: other.article for other in self.others}
        return len(usual) > 1 and not is_source_of(self.odd.article, usual.values())


def find_quote_drift(articles: Sequence[Article]) -> Iterator[QuoteDrift]:
    """Utterances whose versions disagree, each odd version once.

    Quotes of different articles are one utterance when the shorter's words stand in the other in order, for at
    least 55 %, three content words among them. Which words are odd is decided place by place, by how many articles have
    which words there; one that is merely a cut of another agrees with it, unless it says the contrary of what the other does.
    """
    quotes = utterances_of(articles)
    told: set[tuple[str, int]] = set()
    for cluster in clusters_of(quotes):
        for drift in _disagreements([quotes[i] for i in cluster]):
            told.update((each.article.id, each.start) for each in (drift.odd, *drift.others))
            yield drift
    for found in find_negations(quotes):
        if (found.odd.article.id, found.odd.start) not in told:
            change = f"“{found.word}” {'was added' if found.added else 'is gone'}"
            yield QuoteDrift(found.odd, tuple(_one_of_each(found.others)[:_WITNESSES]), change, 1.0)


def find_lone_quotes(articles: Sequence[Article]) -> Iterator[tuple[Utterance, ...]]:
    """For each article the long quotes whose words no other one has, as a quote or in its narration."""
    quotes = [quote for quote in utterances_of(articles) if len(quote.words) >= _LONE_WORDS]
    paired = {index for cluster in clusters_of(quotes) for index in cluster}
    words = {article.id: content_words(WORD.findall(article.text)) for article in articles}
    found: dict[str, list[Utterance]] = defaultdict(list)
    for index, quote in enumerate(quotes):
        own = content_of(quote.text)
        elsewhere = max((len(own & words[a.id]) for a in articles if a.id != quote.article.id), default=0)
        if index not in paired and len(own) >= CONTENT and elsewhere <= _ELSEWHERE * len(own):
            found[quote.article.id].append(quote)
    for article in articles:
        if found[article.id]:
            yield tuple(found[article.id])


class _Versions:
    """The versions of one utterance, and which articles have which words of it."""

    def __init__(self, versions: Sequence[Utterance]) -> None:
        self.by_words: dict[tuple[str, ...], list[Utterance]] = defaultdict(list)
        for version in versions:
            self.by_words[version.words].append(version)
        self._lines = [(f" {' '.join(words)} ", same) for words, same in self.by_words.items()]
        self._with: dict[tuple[str, ...], list[Utterance]] = {}
        self._likely = sorted(self.by_words.values(), key=len, reverse=True)[:_MOST]

    def holding(self, reading: tuple[str, ...]) -> list[Utterance]:
        """The versions that have these words in a row."""
        if reading not in self._with:
            sought = f" {' '.join(reading)} "
            self._with[reading] = [
                version for line, same in self._lines if sought in line for version in same
            ]
        return self._with[reading]

    def backing(self, reading: tuple[str, ...]) -> int:
        """The number of articles that have these words in a row."""
        return len({version.article.id for version in self.holding(reading)})

    def rivals(self, one: Utterance) -> list[Utterance]:
        """A version of each other wording that can disagree with one; those that have most words in common with it first."""
        near = []
        for number, (other, *_) in enumerate(self._likely):
            common = common_words(one, other)
            if common >= COMMON_SHARE * min(len(one.words), len(other.words)) and not _agree(one, other):
                near.append((-common, number, other))
        return [other for _, _, other in sorted(near)[:_RIVALS]]


def _disagreements(versions: Sequence[Utterance]) -> Iterator[QuoteDrift]:
    """Each version of whose words some are not those that more articles have in their place, against the likest that has them.

    Of words that equally many have, those of the longer version stand, or of the one read first.
    """
    known = _Versions(versions)
    order = {words: number for number, words in enumerate(known.by_words)}
    for words, same in known.by_words.items():
        for rival in known.rivals(same[0]):
            weight = (len(rival.words), -order[rival.words]), (len(words), -order[words])
            outvoted = [
                change
                for change in changes(same[0], rival)
                if (known.backing(change.usual), weight[0]) > (known.backing(change.odd), weight[1])
            ]
            if outvoted:
                yield from _told(same, rival, outvoted, known)
                break


def _told(
    same: Sequence[Utterance], rival: Utterance, outvoted: Sequence[Change], known: _Versions
) -> Iterator[QuoteDrift]:
    """A drift for each article that has an odd wording, and not the usual one beside it."""
    usual = known.holding(outvoted[0].usual)
    others = _one_of_each([rival, *usual])
    said = "; ".join(change.said for change in outvoted[:_TOLD])
    for version in _one_of_each(same):
        if all(version.article.id != other.article.id for other in usual):
            yield QuoteDrift(version, tuple(others[:_WITNESSES]), said, likeness(version, rival))


def _one_of_each(versions: Sequence[Utterance]) -> list[Utterance]:
    """The first of each article."""
    found: dict[str, Utterance] = {}
    for version in versions:
        found.setdefault(version.article.id, version)
    return list(found.values())


def _agree(one: Utterance, other: Utterance) -> bool:
    """Whether one's words stand in the other without a change: the same wording, or a cut of it."""
    short, long = sorted((one.words, other.words), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


@dataclass(frozen=True)
class Change:
    """Words that differ between two versions, with a word on each side; `said` tells it: “schedule” became “plan”."""

    odd: tuple[str, ...]
    usual: tuple[str, ...]
    said: str


def changes(odd: Utterance, usual: Utterance) -> Iterator[Change]:
    """What differs between two versions, from left to right. A cut at an end is no change, nor one that points tell of.

    None where the words in common lie far apart among others: those are two utterances.
    """
    left, right = usual.words, odd.words
    steps = [op for op in Levenshtein.opcodes(left, right) if op.tag == "equal"]
    if not steps or sum(op.src_end - op.src_start for op in steps) < _DENSE * max(
        steps[-1].src_end - steps[0].src_start, steps[-1].dest_end - steps[0].dest_start
    ):
        return
    ends = [(op.src_start, op.dest_start, op.src_end, op.dest_end) for op in steps]
    begin = begin_odd = 0
    for stop, stop_odd, after, after_odd in (*ends, (len(left), len(right), 0, 0)):
        size, size_odd = stop - begin, stop_odd - begin_odd
        inside = min(begin, begin_odd) > 0 and stop < len(left) and stop_odd < len(right)
        marked = odd.omits(begin_odd, stop_odd) or usual.omits(begin, stop)
        if (size or size_odd) and (inside or size == size_odd) and not marked:
            yield Change(
                right[max(0, begin_odd - 1) : stop_odd + 1],
                left[max(0, begin - 1) : stop + 1],
                _said(" ".join(usual.shown[begin:stop]), " ".join(odd.shown[begin_odd:stop_odd])),
            )
        begin, begin_odd = after, after_odd


def _said(was: str, now: str) -> str:
    if not now:
        return f"“{was}” is gone"
    return f"“{was}” became “{now}”" if was else f"“{now}” was added"
