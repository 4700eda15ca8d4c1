"""`check: doubled`: a line that says the same words twice over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.checks.base import Check, Match
from provcheck.text.sentences import ends_sentence
from provcheck.text.words import says_title


@dataclass(frozen=True)
class DoubledCheck(Check):
    """Finds lines whose second half repeats the first, word for word: the title of a link and, glued to it, what its picture says to those who
    cannot see it. Of the headline and of sentences only the second half is marked: what was glued to itself is to stay once.

    min_words: halves with fewer words may be a refrain ("No more war! No more war!").
    """

    min_words: int = 4

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text"})

    def find(self, article: Article) -> Iterable[Match]:
        for line, count in zip(article.written, article.words_in, strict=True):
            words = line.text.split() if count >= 2 * self.min_words else []
            middle = len(words) // 2
            if len(words) < 2 * self.min_words or words[:middle] != words[middle:] or words[-1].endswith("!"):
                continue
            start, end = line.start + line.text.index(words[0]), line.start + len(line.text.rstrip())
            half = " ".join(words[:middle])
            if says_title(half, article.document.title) or (ends_sentence(half) and not half.endswith("?")):
                yield Match(self._second(line.text, words) + line.start, end, category="duplicate-paragraph")
            else:
                yield Match(start, end)

    @staticmethod
    def _second(text: str, words: Sequence[str]) -> int:
        """Where the second half of a line starts, in code points."""
        at = 0
        for word in words[: len(words) // 2]:
            at = text.index(word, at) + len(word)
        return text.index(words[0], at)


CHECK = DoubledCheck
