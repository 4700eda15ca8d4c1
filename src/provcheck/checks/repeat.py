"""`check: repeat`: a paragraph that stands in the document a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from provcheck.article import Article
from provcheck.checks.base import Check, Match
from provcheck.model import Span
from provcheck.text.lines import Line
from provcheck.text.sentences import CLOSERS, ends_sentence
from provcheck.text.words import plain_words, says_title

_HEAD = 24  # characters
_LIST = 3  # headlines one below the other


@dataclass(frozen=True)
class RepeatCheck(Check):
    """Finds each later copy of a line, letter case, spaces and punctuation aside. Copies of three headlines or more, one below the
    other, are a listing. Questions that are answered may repeat: everybody of whom one is asked says something else.

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
        copies: list[tuple[Line, Span]] = []
        for line, head in zip(lines, heads, strict=True):
            if shared[head] == 1:
                continue
            earlier = first.setdefault(plain_words(line.text), (line.start, line.end))
            if earlier[0] != line.start:
                copies.append((line, earlier))
        answered = _answered(article.written)
        title = article.document.title
        copies = [
            (line, earlier)
            for line, earlier in copies
            if line.start not in answered or says_title(line.text, title)
        ]
        listed = _in_lists(article.written, [line for line, _ in copies])
        for line, earlier in copies:
            number = str(article.locate(earlier[0])[0])
            category = "editorial-listing" if line.start in listed else None
            yield Match(line.start, line.end, {"line": number}, related=(earlier,), category=category)


def _answered(written: Sequence[Line]) -> frozenset[int]:
    """Where those questions start behind which somebody answers."""
    return frozenset(
        line.start
        for line, after in pairwise(written)
        if line.stripped.rstrip(CLOSERS).endswith("?") and ends_sentence(after.text)
    )


def _in_lists(written: Sequence[Line], copies: Sequence[Line]) -> frozenset[int]:
    """Where those start that stand in runs of headlines: a page that lists other stories twice."""
    again = {line.start for line in copies if not ends_sentence(line.text)}
    found, run = set[int](), list[int]()
    for line in written:
        if line.start in again:
            run.append(line.start)
            continue
        found.update(run if len(run) >= _LIST else ())
        run = []
    return frozenset(found.union(run if len(run) >= _LIST else ()))


def _head(text: str) -> str:
    """The first letters of `plain_words`: most lines differ there, and are read no further."""
    head = plain_words(text[: 2 * _HEAD])[:_HEAD]
    return head if len(head) == _HEAD else plain_words(text)[:_HEAD]


CHECK = RepeatCheck
