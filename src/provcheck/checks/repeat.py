"""`check: repeat`: a paragraph that stands in the document a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.checks.base import Check, Match
from provcheck.model import Span
from provcheck.text import plain_words

_HEAD = 24  # characters


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
        counted = zip(article.written, article.words_in, strict=True)
        lines = [line for line, words in counted if words >= self.min_words]
        heads = [_head(line.text) for line in lines]
        shared = Counter(heads)
        for line, head in zip(lines, heads, strict=True):
            if shared[head] == 1:
                continue
            earlier = first.setdefault(plain_words(line.text), (line.start, line.end))
            if earlier[0] != line.start:
                number = str(article.locate(earlier[0])[0])
                yield Match(line.start, line.end, {"line": number}, related=(earlier,))


def _head(text: str) -> str:
    """The first letters of `plain_words`: most lines differ there, and are read no further."""
    head = plain_words(text[: 2 * _HEAD])[:_HEAD]
    return head if len(head) == _HEAD else plain_words(text)[:_HEAD]


CHECK = RepeatCheck
