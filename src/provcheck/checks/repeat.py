"""`check: repeat`: a paragraph that stands in the document a second time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.checks.base import Check, Match
from provcheck.model import Span

_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class RepeatCheck(Check):
    """Finds each later copy of a line, letter case, spaces and punctuation aside.

    min_words: lines with fewer words may repeat (subheadings, names of speakers).
    """

    min_words: int = 8

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        first: dict[str, Span] = {}
        for line, words in zip(article.written, article.words_in, strict=True):
            if words < self.min_words:
                continue
            key = _NOT_WORD.sub(" ", line.text).strip().casefold()
            earlier = first.setdefault(key, (line.start, line.end))
            if earlier[0] != line.start:
                number = str(article.locate(earlier[0])[0])
                yield Match(line.start, line.end, {"line": number}, related=(earlier,))


CHECK = RepeatCheck
