"""`check: thread`: posts of readers below an article, by the lines that say who wrote each and when, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.lines.tone import REPORT, tone_of, weighed
from provcheck.text.dates import is_stamp
from provcheck.text.patterns import Pattern
from provcheck.text.sentences import ends_sentence

_TIMED = re.compile(
    r"\d[:.h]\d\d|\bago\b|\bhace \w+ |\bvor \w+ |\bil y a |\bh[áa] \w+ | fa\W*$|\bgeleden\b", re.I
)
_STAMPED = 18  # words of a line that says who posted and when
_NAMED = 5  # words of a name
_JOINTS = frozenset("on am le el em il op at um à a | - – — · • : // , says said wrote posted".split())
_BUTTONS = frozenset(
    "reply permalink report flag link antworten répondre responder rispondi | · • -".split()
)  # behind the time
_REPLIED = frozenset("replied → » >".split())  # between two names
_NUMBER = re.compile(r"#?\d{1,4}[.)]?$")
_APART = 300  # words between two posts of one thread, at the most
_SAID, _SAYING = 4, 0.6  # words of a post; share of the marks between which there are as many
_SPEAKERS = 0.4  # different names, as a share of the marks that have one
_ANONYMOUS = 0.5  # share of the marks that may lack one
_HEADED = 3  # marks below a heading
_HEADING = 6  # lines above the first mark in which the heading of the thread may stand


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line of a post that says who or when, or is a button of it.

    at: its index among the written lines. first: that of the first line that belongs to it, which may be the name above. name: who posted,
    in small letters, if it says so. button: whether it is a button.
    """

    at: int
    first: int
    name: str = ""
    button: bool = False


@dataclass(frozen=True)
class ThreadCheck(Check):
    """Finds the posts of readers, and what stands below them.

    A thread is marked post by post: by a name with the time of the day or an age ("Lea M. on May 4, 2012 3:12 PM", "Lea M." above "3 hours
    ago"), or by buttons ("Reply"). Between most marks something is said, the names differ, and no two marks are far from each other: tables of
    fixtures, timelines and live reports are none of that. It starts at a heading close above that other rules found to be of a comment form, or
    at its first mark where the page ends soon after its last and nothing sounds like a report.

    button: whole lines that are buttons.
    posts: marks that there must be; three below a heading.
    before: words of prose that must stand before it.
    """

    button: Pattern
    posts: int = 4
    before: int = 60

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        start = self._start(article)
        if start is None:
            return
        values = {"line": str(article.written[start].number)}
        for line in article.written[start:]:
            yield Match(line.start, line.end, values, apart=True)

    def _start(self, article: Article) -> int | None:
        """The index of the line with which the first thread starts."""
        told = list(accumulate(article.prose_in, initial=0))
        # above the story its author may sign as readers do
        marks = [mark for mark in self._marks(article) if told[mark.first] >= self.before]
        if len(marks) < _HEADED:
            return None
        headings = {
            article.line_of(m.start).start
            for m in article.marks
            if m.category == "comment-form" and m.action == "remove"
        }
        for run in _runs(article, marks):
            first = run[0].first
            above = range(first, max(-1, first - _HEADING), -1)
            heading = max((at for at in above if article.written[at].start in headings), default=None)
            least = self.posts if heading is None else _HEADED
            if len(run) < least or not _is_thread(article, run):
                continue
            if heading is None and _is_told(article, run):
                continue
            start = first if heading is None else heading
            if told[start] >= self.before:
                return start
        return None

    def _marks(self, article: Article) -> Iterator[_Mark]:
        for at, (line, words) in enumerate(zip(article.written, article.words_in, strict=True)):
            if words > _STAMPED:
                continue
            if _TIMED.search(line.text):
                mark = _stamped(article, at)
                if mark is not None:
                    yield mark
            elif words <= _NAMED and self.button.search(line.text):
                yield _Mark(at, at, button=True)


def _is_told(article: Article, run: Sequence[_Mark]) -> bool:
    """Whether the lines between marks that no heading announces are of a report: reporters sign the entries of live pages, and embedded posts
    stand between paragraphs. The tone says so, in English only; in any language much that follows the last mark.
    """
    first, last = run[0].first, run[-1].at
    if article.words - article.words_before[last] > _APART:
        return True
    if article.language.code != "en":
        return False
    total, weight = weighed(tone_of(line.stripped) for line in article.written[first:])
    return total <= REPORT * weight


def _stamped(article: Article, at: int) -> _Mark | None:
    """What a line says of who posted and when; the name may stand above."""
    words = article.written[at].stripped.split()
    while words and words[-1].casefold() in _BUTTONS:
        del words[-1]
    if is_stamp(" ".join(words), clock=True):
        above = article.written[at - 1] if at else None
        if above is None or article.words_in[at - 1] > _NAMED or ends_sentence(above.text):
            return _Mark(at, at)
        return _Mark(at, at - 1, above.stripped.casefold())
    for many in range(1, min(len(words), 2 * _NAMED + 1)):
        if is_stamp(" ".join(words[many:]), clock=True):
            name = _name(words[:many])
            return _Mark(at, at, name) if name else None
    return None


def _name(words: Sequence[str]) -> str:
    """Who posted, without the number of the post and the words between it and the time; empty if that is no name."""
    kept = list(takewhile(lambda word: word.casefold() not in _REPLIED, words))  # "Ana replied to Lea"
    if kept and _NUMBER.match(kept[0]):
        del kept[0]
    while kept and (
        kept[-1].casefold() in _JOINTS or _NUMBER.match(kept[-1]) or not re.search(r"\w", kept[-1])
    ):
        del kept[-1]
    return " ".join(kept).casefold().strip(" ,:|·•-–—") if len(kept) <= _NAMED else ""


def _runs(article: Article, marks: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    """Marks that follow each other closely."""
    run: list[_Mark] = []
    for mark in marks:
        if run and article.words_before[mark.at] - article.words_before[run[-1].at] > _APART:
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _is_thread(article: Article, run: Sequence[_Mark]) -> bool:
    told = article.words_before
    gaps = [
        told[later.first] - told[earlier.at] - article.words_in[earlier.at]
        for earlier, later in pairwise(run)
    ]
    if sum(gap >= _SAID for gap in gaps) < _SAYING * len(gaps):
        return False
    if all(mark.button for mark in run):
        return True
    stamps = [mark for mark in run if not mark.button]
    names = [mark.name for mark in stamps if mark.name]
    enough = len(names) >= _ANONYMOUS * len(stamps) or 2 * len(stamps) <= len(run)
    return enough and len(set(names)) >= max(2, _SPEAKERS * len(names))


CHECK = ThreadCheck
