"""`check: pull-quote`: a sentence of the article that is set a second time, by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.text.lines import Line
from provcheck.text.sentences import ends_sentence
from provcheck.text.words import plain_words, says_title

_FIRST_WORDS = re.compile(
    r"\w[^\n]{11,19}"
)  # what is looked for first, letter by letter; most lines share no more with others
_INSIDE = re.compile(
    r"^[^\w“\"„«‘]*[“\"„«‘](.+)[”\"“»’](?:\W{1,4}(?:[^\s.!?]{1,40} ){0,6}[^\s.!?]{1,40})?$"
)  # and not who said it
_MOST = 300  # lines that are looked for in the others: a text made of lines that begin alike costs no more
_LONGER = 1.3  # times the letters of the line that the paragraph has that it stands in


@dataclass(frozen=True)
class PullQuoteCheck(Check):
    """Finds sentences and quotes, a line each, whose words, those in quotation marks if there are any, stand in a longer line of the body before it.

    What the text repeats later stands in a standfirst or opens the story. Letter case, spaces and punctuation aside. The headline and the line in which they stand stay,
    and so do two and more below each other: a passage that is quoted and then told.

    min_words: lines with fewer words may repeat (subheadings, names).
    max_words: longer ones are paragraphs, which `repeat` compares.
    """

    min_words: int = 8
    max_words: int = 60

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        found = dict(self._repeated(article))
        for at, (line, longer) in found.items():
            if at - 1 not in found and at + 1 not in found:
                values = {"line": str(longer.number)}
                yield Match(line.start, line.end, values, related=((longer.start, longer.end),))

    def _repeated(self, article: Article) -> Iterator[tuple[int, tuple[Line, Line]]]:
        """The lines that stand in a longer one before them, which comes with them; by their index."""
        text = article.text
        body = {line.start for line in article.body}
        looked = 0
        for at, (line, words) in enumerate(zip(article.written, article.words_in, strict=True)):
            if not self.min_words <= words <= self.max_words or line.start not in body:
                continue
            quoted = _INSIDE.match(line.text)
            told = quoted or (
                ends_sentence(line.text) and not line.stripped.endswith("?")
            )  # a question is a heading
            if not told or says_title(line.text, article.document.title):
                continue
            first = _FIRST_WORDS.search(line.text)
            if first is None or text.find(first.group(), 0, line.start) < 0:
                continue
            looked += 1
            if looked > _MOST:
                return
            longer = self._longer(article, line, quoted[1] if quoted else line.text, first.group())
            if longer is not None:
                yield at, (line, longer)

    def _longer(self, article: Article, line: Line, said: str, first: str) -> Line | None:
        """The first line of the body in which another one stands, if that is before it."""
        told = plain_words(said)
        if told.count(" ") < self.min_words - 1:
            return None
        for other in article.body:
            if other.start >= line.start:
                return None
            if (
                len(other.text) >= _LONGER * len(told)
                and first in other.text
                and f" {told} " in f" {plain_words(other.text)} "
            ):
                return other
        return None


CHECK = PullQuoteCheck
