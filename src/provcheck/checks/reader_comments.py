"""`check: reader-comments`: what readers wrote below an article, where no heading says so."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import attrgetter
from statistics import fmean, pstdev
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.lines.tone import HEAVIEST, REPORT, Tone, tone_of
from provcheck.text.lines import Line
from provcheck.text.patterns import Pattern
from provcheck.text.sentences import ends_sentence, runs_on
from provcheck.text.words import count_words

_PERSONAL = Pattern(r"(?-i)\b(?:I|[Yy]ou|[Yy]our|[Mm]y|[Ww]e|[Oo]ur|me|us)\b")
_EVIDENCE = 4  # marks on which the tone of a line must rest to count
_COMMENTS = -1.5  # mean tone of comments at the least
_BETWEEN = -2.0  # a tone as likely of the one as of the other
_SURE, _LONG_SURE, _HEADED_SURE = 4.0, 3.0, 2.0  # t between what stands before and after
_LONG_WORDS, _LONG_APART, _HEADED_APART = 250, 1.2, 0.7
_PERSONAL_SHARE, _PERSONAL_TIMES = 0.015, 1.2  # of the words of comments; and against the report
_MOST_PERSONAL = 0.06  # of the words: more at length is one who tells of himself
_ABOVE = 3  # lines that a report has at least
_SPEAKERS = 0.3  # share of the lines that may open with who speaks, as interviews do
_ITEM = re.compile(r"(?:[-•*·]|\d{1,2}[.)]) \S")
_ITEMS = 0.4  # share of the lines that may open with the mark of an item, as lists of advice do
# careless lines: their share, their kinds, and how many may stand before, against that
_CARELESS, _CARELESS_KINDS, _CARELESS_BEFORE = 0.06, 2, 0.5
# many voices: lines, t, the most personal words, the least deviation of the lengths by their mean, the most lines that may be headings
_VOICES, _VOICES_SURE, _VOICES_PERSONAL, _VOICES_UNEVEN, _VOICES_SHORT = 6, 4.2, 0.045, 0.6, 0.35
_SHORT = 8  # words
_MOSTLY = 0.6  # of the words of comments, which stand below their heading
_WRAPPED = 0.25  # of the lines, which start inside a sentence
_NOISE = 0.5  # added to the variance: a few lines are alike by chance


@dataclass(frozen=True)
class _Change:
    """What a page is like before and after a line.

    at: its index among the lines with a voice. gain: by how much, in log-odds weighed by length, what stands after sounds like comments and what
    stands before like a report. sure: t of the two means. before, after: mean tones, in log-odds. words: after it. personal: share of the words
    of the first and second person after it, and before it, 0 to 1. lines: with a voice, after it.
    """

    gain: float
    sure: float
    at: int
    before: float
    after: float
    personal: tuple[float, float]
    words: int
    lines: int


@dataclass(frozen=True)
class ReaderCommentsCheck(Check):
    """Finds the lines from where a page stops sounding like a report and starts to sound like readers who talk to each other, to its end.

    Each line has a tone (`provcheck.lines.tone`). The change is where the tones before and after differ most, weighed by length, as in the
    detection of change points by least squares. Both sides must sound like what they are taken for. Columns, interviews, letters and speeches do, too: the
    comments must also be typed as nobody edits them (lower case at the start, "!!", "...", spaces before commas, handles), in more than one way, or
    be many lines of very different length that say less of "I" and "you" than one speaker does. Below a line that other rules found to be of a
    comment form less is asked.

    before: words that must stand before it.
    words: words of comments that there must be.
    lines: lines of comments that there must be.
    """

    before: int = 80
    words: int = 40
    lines: int = 3

    stage: ClassVar[Stage] = 2

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        if not self._may(article) or _is_wrapped(article):
            return
        voices = [
            (line, tone) for line in article.body if (tone := tone_of(line.stripped)).evidence >= _EVIDENCE
        ]
        start = self._start(article, voices)
        if start is None:
            return
        values = {"line": str(article.line_of(start).number)}
        for line in article.body:
            if line.start >= start:
                yield Match(line.start, line.end, values)

    def _may(self, article: Article) -> bool:
        """Whether enough lines without quotation marks speak of the reader or the writer."""
        if article.words < self.before + self.words:
            return False
        text, lines = article.text, set[int]()
        for hit in _PERSONAL.finditer(text):
            line = article.line_of(hit.start)
            if line.start not in lines and not ("“" in line.text or '"' in line.text):
                lines.add(line.start)
                if len(lines) >= self.lines:
                    return True
        return False

    def _start(self, article: Article, voices: Sequence[tuple[Line, Tone]]) -> int | None:
        """Where the comments start, as an offset."""
        changes = {change.at: change for change in self._changes(article, voices)}
        forms = frozenset(
            article.line_of(m.start).start
            for m in article.marks
            if m.category == "comment-form" and m.action == "remove"
        )
        headed = [
            (change, head) for head in forms if (change := changes.get(_next(voices, head))) is not None
        ]
        if headed:
            thread, head = max(headed, key=lambda pair: (pair[0].gain, -pair[1]))
            if self._is_thread(article, thread, voices, headed=True):
                return head
        for kind in ("gain", "sure"):
            found = max(changes.values(), key=attrgetter(kind), default=None)
            if found is not None and self._is_thread(article, found, voices):
                return _heading(article, forms, self._first(voices, found.at))
        return None

    def _first(self, voices: Sequence[tuple[Line, Tone]], at: int) -> int:
        """Where the first line from that one starts that is surely no part of the report, which may end in a line of its own kind."""
        return next(
            (line.start for line, tone in voices[at:] if tone.personal or tone.score > 0), voices[at][0].start
        )

    def _is_thread(
        self, article: Article, change: _Change, voices: Sequence[tuple[Line, Tone]], headed: bool = False
    ) -> bool:
        personal, before = change.personal
        if change.after < _COMMENTS or change.before > REPORT or change.lines < self.lines:
            return False
        if personal < _PERSONAL_SHARE or personal < _PERSONAL_TIMES * before:
            return False
        below = voices[change.at :]
        speakers, items = (
            sum(tone.speaker for _, tone in below),
            sum(_ITEM.match(line.stripped) is not None for line, _ in below),
        )
        if speakers > _SPEAKERS * change.lines or items > _ITEMS * change.lines:
            return False
        apart = change.after - change.before
        if headed:
            return change.sure >= _HEADED_SURE and apart >= _HEADED_APART
        above = voices[: change.at]
        if len(above) < _ABOVE or (personal > _MOST_PERSONAL and change.words >= _LONG_WORDS):
            return False
        if not self._many(change, article, below) and not self._careless(above, below):
            return False
        long = change.words >= _LONG_WORDS and apart >= _LONG_APART
        return change.sure >= (_LONG_SURE if long else _SURE)

    def _many(self, change: _Change, article: Article, after: Sequence[tuple[Line, Tone]]) -> bool:
        """Whether these are many who speak: of one who does, paragraphs are about as long as each other, and say "I" and "you" more often."""
        if change.lines < _VOICES or change.sure < _VOICES_SURE or change.personal[0] > _VOICES_PERSONAL:
            return False
        lengths = [count_words(line.text) for line in article.body if line.start >= after[0][0].start]
        short = sum(words < _SHORT for words in lengths) / len(lengths)
        return short <= _VOICES_SHORT and pstdev(lengths) >= _VOICES_UNEVEN * fmean(lengths)

    def _careless(self, before: Sequence[tuple[Line, Tone]], after: Sequence[tuple[Line, Tone]]) -> bool:
        """Whether what stands after is typed as nobody edits it, in more than one way, and what stands before is not."""
        found = [_typed(after, at) for at in range(len(after))]
        kinds = frozenset[str]().union(*found)
        many = sum(map(bool, found))
        share, share_before = many / len(after), sum(bool(tone.careless) for _, tone in before) / len(before)
        return (
            len(kinds) >= _CARELESS_KINDS and share >= _CARELESS and share_before <= _CARELESS_BEFORE * share
        )

    def _changes(self, article: Article, voices: Sequence[tuple[Line, Tone]]) -> Iterator[_Change]:
        """Every place at which comments could start."""
        words_in = {line.start: words for line, words in zip(article.written, article.words_in, strict=True)}
        heavy = [min(tone.evidence, HEAVIEST) for _, tone in voices]
        weight = list(accumulate(heavy, initial=0))
        first = list(
            accumulate((w * tone.score for w, (_, tone) in zip(heavy, voices, strict=True)), initial=0.0)
        )
        second = list(
            accumulate((w * tone.score**2 for w, (_, tone) in zip(heavy, voices, strict=True)), initial=0.0)
        )
        words = list(accumulate((words_in[line.start] for line, _ in voices), initial=0))
        personal = list(accumulate((tone.personal for _, tone in voices), initial=0))
        for at in range(1, len(voices)):
            left = words[-1] - words[at]
            if words[at] < self.before or left < self.words:
                continue
            light = weight[-1] - weight[at]
            before, after = first[at] / weight[at], (first[-1] - first[at]) / light
            if after <= before:
                continue
            spread = (second[-1] - before**2 * weight[at] - after**2 * light) / weight[-1] + _NOISE
            sure = (after - before) / (spread * (1 / at + 1 / (len(voices) - at))) ** 0.5
            gain = (after - _BETWEEN) * light - (before - _BETWEEN) * weight[at]
            shares = (personal[-1] - personal[at]) / left, personal[at] / words[at]
            yield _Change(gain, sure, at, before, after, shares, left, len(voices) - at)


def _is_wrapped(article: Article) -> bool:
    """Whether the lines are of paragraphs that were broken, most of which start inside a sentence."""
    inside = sum(runs_on(line.text, other.text) for line, other in pairwise(article.written))
    return inside > _WRAPPED * len(article.written)


def _typed(voices: Sequence[tuple[Line, Tone]], at: int) -> frozenset[str]:
    """The careless ways in which a line is typed; the items of a list start small, too."""
    line, tone = voices[at]
    beside = [each.text for each, _ in (*voices[max(0, at - 1) : at], *voices[at + 1 : at + 2])]
    listed = not ends_sentence(line.text) and any(
        text.lstrip()[:1].islower() and not ends_sentence(text) for text in beside
    )
    return tone.careless - {"*small"} if listed else tone.careless


def _heading(article: Article, forms: Iterable[int], start: int) -> int:
    """Where comments start that sound like it from an offset on: at their heading, if one stands soon behind that."""
    rows = zip(article.written, article.words_before, strict=True)
    left = {line.start: article.words - before for line, before in rows}  # words from a line on
    most = _MOSTLY * left[start]
    return min((head for head in forms if head > start and left.get(head, 0) >= most), default=start)


def _next(voices: Sequence[tuple[Line, Tone]], offset: int) -> int:
    """The index of the first voice behind an offset."""
    return bisect(voices, offset, key=lambda voice: voice[0].start)


CHECK = ReaderCommentsCheck
