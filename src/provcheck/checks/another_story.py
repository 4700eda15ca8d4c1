"""`check: another-story`: whole stories that a page loads below its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import PROSE_WORDS, Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.provenance.creditline import read_credit_line
from provcheck.text.dates import is_age
from provcheck.text.patterns import Pattern
from provcheck.text.sentences import ends_sentence
from provcheck.text.words import content_words

_HEADLINE = range(4, 26)  # words of a headline
_OPENING = 6  # lines from a headline to the first paragraph: standfirsts, day, author, place
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w ]{2,20})?(?: ?\([^()]{2,30}\))? ?(?::|--?|[–—]) ?\S"
)
_POST = re.compile(r"@|^\W*[—–-]\W*\w")  # who wrote a post, and when
_WORD = re.compile(r"\w+")
_FOLLOWING, _TELLING = 8, 2  # paragraphs behind a headline that are looked at, and how many must speak of it
_REACH, _TRIES = 60, 5  # lines behind a headline that are looked at, and headlines that are
_ABOVE = 2  # lines above a headline of which none may be the title: below it stands its standfirst
_ALIKE = 0.5  # share of the content words of a headline that the title has, too


@dataclass(frozen=True)
class AnotherStoryCheck(Check):
    """Finds every line from the headline of a further story to the end of the page.

    A further story opens as stories do: a headline, a standfirst perhaps, then by themselves the day, who wrote it or the agency, and a
    paragraph that may start with a dateline. Two of these must stand there, one of them a day or an author, so that subheadings and the
    entries of a live report stay. The headline must not say what the title of the record says: what stands before that is an introduction.

    section: names of sections, one of which above the headline counts as one of the two.
    prose: words of prose that must stand before it, and that the further story must have.
    """

    section: Pattern
    prose: int = 80

    stage: ClassVar[Stage] = 1
    needs: ClassVar[frozenset[str]] = frozenset({"title"})

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line", "headline"})

    def find(self, article: Article) -> Iterable[Match]:
        start = _Page(article, self.section).further_story(self.prose)
        if start is None:
            return
        lines = article.written
        headline = lines[start]
        first = start - 1 if self.section.search(lines[start - 1].text) else start
        values = {"line": str(headline.number), "headline": headline.stripped}
        for line in lines[first:]:
            yield Match(line.start, line.end, values, apart=True)


class _Page:
    """The lines of one page, and what each says by itself of a day, an author or an agency; read once."""

    def __init__(self, article: Article, section: Pattern) -> None:
        self._lines, self._words, self._section = article.written, article.words_in, section
        self._prose = article.prose_in
        self._title = _content(article.document.title or "")
        self._read: dict[int, frozenset[str]] = {}

    def further_story(self, prose: int) -> int | None:
        """The index of the headline of the first further story."""
        told = tries = 0
        for at in range(len(self._lines)):
            if told >= prose and self._opens(at):
                if self._is_story(at, prose):
                    return at
                tries += 1
                if tries == _TRIES:  # a page of many such openings is a digest
                    return None
            told += self._prose[at]
        return None

    def _opens(self, at: int) -> bool:
        """Whether a story opens with that line."""
        line = self._lines[at]
        if self._words[at] not in _HEADLINE or ends_sentence(line.text) or line.stripped[-1] in ":,;":
            return False
        told = set[str]()
        for n in range(at + 1, min(at + 1 + _OPENING, len(self._lines))):
            stamps = self._stamps(n)
            if not stamps and told and self._words[n] >= PROSE_WORDS:
                told.update(("dateline",) if _DATELINE.match(self._lines[n].stripped) else ())
                break
            told |= stamps
        if not told & {"day", "author"} or read_credit_line(line.text) is not None:
            return False
        return len(told) + self._section.search(self._lines[at - 1].text) > 1

    def _stamps(self, at: int) -> frozenset[str]:
        """What a line that says nothing else tells: `day`, `author`, `agency`."""
        found = self._read.get(at)
        if found is None:
            text = self._lines[at].text
            said = None if _POST.search(text) else read_credit_line(text)
            told = (
                (("day", said.day), ("author", bool(said.names)), ("agency", said.agency))
                if said is not None and not said.alone
                else (("day", is_age(text)),)
            )
            found = self._read[at] = frozenset(kind for kind, true in told if true)
        return found

    def _is_story(self, at: int, least: int) -> bool:
        """Whether what follows a headline is a whole story and tells of it, in words that the page had not, more than of the title: entries of
        a digest are short, and the article may go on below a teaser.
        """
        said, title = _content(self._lines[at].text), self._title
        near = [said, *(_content(line.text) for line in self._lines[max(0, at - _ABOVE) : at])]
        if not title or any(
            len(each & title) >= _ALIKE * min(len(each), len(title)) for each in near if each
        ):
            return False
        before = frozenset[str]().union(*(_content(line.text) for line in self._lines[:at]))
        prose, words = list[frozenset[str]](), 0
        for n in range(at + 1, min(at + _REACH, len(self._lines))):
            if self._prose[n]:
                prose.append(_content(self._lines[n].text))
                words += self._prose[n]
            elif words and self._opens(n):
                break
            if len(prose) == _FOLLOWING:
                break
        of_it = sum(not told.isdisjoint(said - title - before) for told in prose)
        of_title = sum(not told.isdisjoint(title - said) for told in prose)
        return words >= least and of_it >= _TELLING and of_it >= of_title


def _content(text: str) -> frozenset[str]:
    """What a headline tells, in capitals or not."""
    return content_words(_WORD.findall(text.casefold()))


CHECK = AnotherStoryCheck
