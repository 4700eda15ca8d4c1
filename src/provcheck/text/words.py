"""Words of a text: as readers count them, as titles and sentences are compared by them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"\w+")
# A word as a reader counts it: inner apostrophes and hyphens do not split it.
READER_WORD = re.compile(r"\w+(?:['’\-‑]\w+)*")
# Scripts that put no spaces between words: Thai, Japanese, Chinese.
DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
KEPT_LENGTH = 1_000  # code points of a sentence that is kept for its copies; a table on one line is not
_CONTENT_LETTERS, _CONTENT_SHARE, _CONTENT_LEAST = 6, 0.5, 4
_NOT_WORD = re.compile(r"\W+")
_HEADLINE = 3  # words at least


def count_words(text: str) -> int:
    """Words as a reader counts them; in scripts without spaces, characters divided by two, about a word."""
    if text.isascii():
        return len(READER_WORD.findall(text))
    dense = len(DENSE.findall(text))
    return len(READER_WORD.findall(DENSE.sub(" ", text) if dense else text)) + (dense + 1) // 2


def plain_words(text: str) -> str:
    """A text in lower case, whatever stands between its words as one space."""
    return _NOT_WORD.sub(" ", text).strip().casefold()


def says_title(line: str, title: str | None) -> bool:
    """Whether a line says a title, behind which the name of the site may stand."""
    said = WORD.findall(line.casefold())
    return len(said) >= _HEADLINE and WORD.findall((title or "").casefold())[: len(said)] == said


def content_of(sentence: str) -> frozenset[str]:
    """The lower-case words of more than three letters, cut to six: what a sentence tells, names and numbers aside."""
    return _content_of(sentence) if len(sentence) <= KEPT_LENGTH else content_words(WORD.findall(sentence))


@lru_cache(1 << 13)
def _content_of(sentence: str) -> frozenset[str]:
    """Of sentences that copies of a story have in common."""
    return content_words(WORD.findall(sentence))


def content_words(words: Iterable[str]) -> frozenset[str]:
    """The same of a sentence whose words (of `WORD`) are known."""
    return frozenset(w[:_CONTENT_LETTERS] for w in words if len(w) > 3 and w.islower())


def share_content(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences are one: half of the shorter's content words, of at least four, stand in the longer."""
    shorter = min(len(one), len(other))
    return shorter >= _CONTENT_LEAST and len(one & other) >= _CONTENT_SHARE * shorter
