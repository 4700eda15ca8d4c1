"""`check: ending`: what stands after the line with which a page leaves its article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.lines.tone import tone_of, weighed
from provcheck.text.lines import Line
from provcheck.text.patterns import Pattern
from provcheck.text.sentences import ends_sentence

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]{2,}")  # inside sentences
# a story that goes on: paragraphs, names that it had before (how many, and of all that are there), the mean tone at the most
_PARAGRAPHS, _KNOWN, _KNOWN_SHARE, _REPORT = 3, 8, 0.5, -1.2
_LONG = 20  # words of a paragraph
_TRIES = 4  # lines of each kind that are looked behind; texts made of such lines cost no more
_HEADING = 8  # words of a heading, with which an article may end early
_COUNTS = re.compile(
    r"\W*\d+ (?:comments?|thoughts?|responses?|replies|reactions?)\b", re.I
)  # any longer one, too
_ANSWERED = 3  # questions of an interview, at least
_SHEET = re.compile(
    r"\W*(?:referee|attendance|subs(?: not used)?|substitutes|bookings?) ?: ?\w", re.I
)  # of a match
_VOICES, _EVIDENCE = 4, 4  # lines that sound like something, and marks on which the tone of each rests


@dataclass(frozen=True)
class EndingCheck(Check):
    """Finds every line after the first one with which a page leaves its article.

    Lines that are credits, or found already, are left out. Where what stands behind a line of an English page is told as reports are and names whom the page named
    before, the line ends nothing: pages put widgets between paragraphs.

    after: categories of that line, which other rules found.
    prose: words of prose that must stand before it.
    share: share of all words that must stand before it, 0 to 1.
    sentences: whether lines that end as sentences are found, too.
    most_after: words of prose that may stand behind it, as a share of those before it; where there are more, the story goes on. Unset, any.
    tone: mean tone (`provcheck.lines.tone`) of what stands behind a heading of an English page, from which on it ends the article before that share
        of all words, too: a thread may be longer than its article. Unset, it never does.
    keep: lines that stay wherever they stand, such as corrections.
    """

    after: tuple[str, ...]
    prose: int = 60
    share: float = 0.5
    sentences: bool = True
    most_after: float | None = None
    tone: float | None = None
    keep: Pattern | None = None

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        marked = [m for m in article.marks if m.action == "remove" and m.category in self.after]
        if not marked:
            return
        body = {line.start for line in article.body}
        end = self._end(article, {article.line_of(mark.start).start for mark in marked}, body)
        if end is None:
            return
        values = {"line": str(article.written[end].number)}
        for line in article.written[end + 1 :]:
            if line.start not in body or (self.keep is not None and self.keep.search(line.text)):
                continue
            if self.sentences or not ends_sentence(line.text):
                yield Match(line.start, line.end, values)

    def _end(self, article: Article, starts: set[int], body: set[int]) -> int | None:
        """The index of the line with which the page leaves its article, one of those that start there."""
        lines = article.written
        prose_in = [
            words if line.start in body else 0 for line, words in zip(lines, article.prose_in, strict=True)
        ]
        prose, left = 0, sum(prose_in)
        early = late = 0
        for at, (line, before) in enumerate(zip(lines, article.words_before, strict=True)):
            told = prose
            prose, left = prose + prose_in[at], left - prose_in[at]
            if line.start not in starts or told < self.prose:
                continue
            if before < self.share * article.words:
                early += 1
                if early <= _TRIES and self._is_talk(article, at, body):
                    return at
            elif self.most_after is None or left <= self.most_after * told:
                if not _goes_on(article, at, body):
                    return at
                late += 1
                if late == _TRIES:
                    return None
        return None

    def _is_talk(self, article: Article, at: int, body: set[int]) -> bool:
        """Whether a line, given by its index, is a heading behind which readers speak."""
        heading = article.words_in[at] <= _HEADING or _COUNTS.match(article.written[at].text)
        if self.tone is None or not heading or article.language.code != "en":
            return False
        behind = [line for line in article.written[at + 1 :] if line.start in body]
        if _is_of_story(behind):
            return False
        tones = [tone_of(line.stripped) for line in behind]
        voices = [tone for tone in tones if tone.evidence >= _EVIDENCE]
        total, weight = weighed(voices)
        return len(voices) >= _VOICES and total >= self.tone * weight


def _is_of_story(lines: Sequence[Line]) -> bool:
    """Whether lines are what no reader posts: questions each of which somebody answers, the referee and the attendance of a match."""
    asked = [line.stripped.endswith("?") for line in lines]
    answered = sum(one and not other for one, other in pairwise(asked))
    return (answered >= _ANSWERED and 3 * answered >= len(lines)) or any(
        _SHEET.match(line.text) for line in lines
    )


def _goes_on(article: Article, at: int, body: set[int]) -> bool:
    """Whether the paragraphs behind a line, given by its index, continue the story before it. Tones and names are told in English only."""
    if _is_of_story([line for line in article.written[at + 1 :] if line.start in body]):
        return True
    behind = zip(article.written[at + 1 :], article.words_in[at + 1 :], strict=True)
    told = [line for line, words in behind if words >= _LONG and line.start in body]
    if len(told) < _PARAGRAPHS or article.language.code != "en":
        return False
    known = frozenset(_NAME.findall(article.text, 0, article.written[at].start))
    named = [name for line in told for name in _NAME.findall(line.text)]
    again = sum(name in known for name in named)
    if again < max(_KNOWN, _KNOWN_SHARE * len(named)):
        return False
    weights = [len(line.text) for line in told]
    tone = sum(w * tone_of(line.stripped).score for w, line in zip(weights, told, strict=True))
    return tone <= _REPORT * sum(weights)


CHECK = EndingCheck
