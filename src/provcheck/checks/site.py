"""`check: site`: a line that stands in other articles of the same outlet, too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match
from provcheck.text.sentences import ends_sentence

_HEADING_WORDS = 3
_STORY = 0.6  # share of the words in which a recurring sentence may well be the story's own


@dataclass(frozen=True)
class SiteCheck(Check):
    """Finds lines that recur on the outlet, copies of the article itself not counted.

    others: in how many other articles a line must stand.
    prose: a sentence of so many words in the first three fifths must stand in two, because another article may quote this one.
    """

    others: int = 1
    prose: int = 15

    needs: ClassVar[frozenset[str]] = frozenset({"outlet"})

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "others"})

    def find(self, article: Article) -> Iterable[Match]:
        if not article.recurring:
            return
        for at, (line, words, before) in enumerate(
            zip(article.written, article.words_in, article.words_before, strict=True)
        ):
            if self._is_subheading(article, at):
                continue
            others = article.recurring.get(line.number, 0)
            prose = words >= self.prose and ends_sentence(line.text) and before < _STORY * article.words
            if others >= self.others + prose:
                yield Match(line.start, line.end, {"others": str(others)})

    def _is_subheading(self, article: Article, at: int) -> bool:
        """Whether it is one of the headings by which an outlet orders its articles: prose of this one follows."""
        following = article.written[at + 1 : at + 2]
        return (
            bool(following)
            and article.words_in[at] <= _HEADING_WORDS
            and not ends_sentence(article.written[at].text)
            and article.words_in[at + 1] >= self.prose
            and ends_sentence(following[0].text)
            and following[0].number not in article.recurring
        )


CHECK = SiteCheck
