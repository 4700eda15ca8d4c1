"""`check: another-story`: whole stories that a page loads below its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.dates import is_age
from provcheck.patterns import Pattern
from provcheck.provenance.creditline import read_credit_line
from provcheck.text import Line, content_words, ends_sentence

_PROSE_WORDS = 12  # a line of prose has so many words and an end mark
_HEADLINE = range(4, 26)  # words of a headline
_OPENING = 6  # lines from a headline to the first paragraph: standfirsts, day, author, place
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w ]{2,20})?(?: ?\([^()]{2,30}\))? ?(?::|--?|[–—]) ?\S"
)
_POST = re.compile(r"@|^\W*[—–-]\W*\w")  # who wrote a post, and when
_WORD = re.compile(r"\w+")
_FOLLOWING, _TELLING = 8, 2  # paragraphs behind a headline that are looked at, and how many must speak of it
_TRIES = 5
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
        start = self._start(article)
        if start is None:
            return
        lines = article.written
        headline = lines[start]
        first = start - 1 if self._is_section(lines[start - 1]) else start
        values = {"line": str(headline.number), "headline": headline.stripped}
        for line in lines[first:]:
            yield Match(line.start, line.end, values, apart=True)

    def _start(self, article: Article) -> int | None:
        """The index of the headline of the first further story among the written lines."""
        told, tries, lines = 0, 0, article.written
        title = _content(article.document.title or "")
        for at, (line, words) in enumerate(zip(lines, article.words_in, strict=True)):
            ended = ends_sentence(line.text)
            if told >= self.prose and words in _HEADLINE and not ended and self._opens(article, at):
                said = _content(line.text)
                alike = len(said & title) >= _ALIKE * min(len(said), len(title))
                if title and not alike and self._tells(article, at, said - title, title - said):
                    return at
                tries += 1
                if tries == _TRIES:  # a page of many such openings is a digest
                    return None
            if words >= _PROSE_WORDS and ended:
                told += words
        return None

    def _opens(self, article: Article, at: int) -> bool:
        """Whether a story opens with that line."""
        told = set[str]()
        lines, words = article.written[at : at + _OPENING + 1], article.words_in[at : at + _OPENING + 1]
        if read_credit_line(lines[0].text) is not None or lines[0].stripped[-1] in ":,;":
            return False
        if self._is_section(article.written[at - 1]):
            told.add("section")
        for line, many in zip(lines[1:], words[1:], strict=True):
            said = None if _POST.search(line.text) else read_credit_line(line.text)
            if said is not None and not said.alone:
                told.update(
                    kind
                    for kind, true in (
                        ("day", said.day),
                        ("author", bool(said.names)),
                        ("agency", said.agency),
                    )
                    if true
                )
            elif is_age(line.text):
                told.add("day")
            elif told & {"day", "author", "agency"} and many >= _PROSE_WORDS:
                if _DATELINE.match(line.stripped):
                    told.add("dateline")
                break
        return len(told) > 1 and bool(told & {"day", "author"})

    def _tells(self, article: Article, at: int, said: frozenset[str], title: frozenset[str]) -> bool:
        """Whether what follows is a whole story and tells of that headline, in words that the page had not: entries of a digest are short,
        and the story may go on below a teaser.
        """
        before = frozenset[str]().union(*(_content(line.text) for line in article.written[:at]))
        prose, words = list[frozenset[str]](), 0
        for n in range(at + 1, len(article.written)):
            line, many = article.written[n], article.words_in[n]
            if many >= _PROSE_WORDS and ends_sentence(line.text):
                prose.append(_content(line.text))
                words += many
            elif many in _HEADLINE and not ends_sentence(line.text) and words and self._opens(article, n):
                break
            if len(prose) == _FOLLOWING:
                break
        of_it = sum(not told.isdisjoint(said - before) for told in prose)
        told_of = of_it >= _TELLING and of_it >= sum(not told.isdisjoint(title) for told in prose)
        return told_of and words >= self.prose

    def _is_section(self, line: Line) -> bool:
        return self.section.search(line.text)


def _content(text: str) -> frozenset[str]:
    """What a headline tells, in capitals or not."""
    return content_words(_WORD.findall(text.casefold()))


CHECK = AnotherStoryCheck
