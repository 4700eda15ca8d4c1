"""`check: closing-bio`: the lines about the author with which opinion pieces end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import PROSE_WORDS, Article
from provcheck.checks.base import Check, Match, Stage, speaks_of
from provcheck.text.patterns import Pattern
from provcheck.text.words import count_words

_FEWEST = 80  # words of the article before it
_MOST = 60  # words of a line about an author


@dataclass(frozen=True)
class ClosingBioCheck(Check):
    """Finds lines among the last of the body that say what somebody is of whom the article does not speak.

    pattern: such a line; its group `name` is the person. Who is named in the title, or by surname anywhere before, is of the story.
    lines: how many lines at the end are looked at, prose about others ends the search; credits and what other rules found aside.
    """

    pattern: Pattern
    lines: int = 4

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "name"})

    def find(self, article: Article) -> Iterable[Match]:
        before = dict(zip((line.start for line in article.written), article.words_before, strict=True))
        for line in reversed(article.body[-self.lines :]):
            hit = next(iter(self.pattern.finditer(line.text)), None)
            if hit is None:
                if count_words(line.text) >= PROSE_WORDS:  # the story ends here
                    return
                continue
            if before[line.start] < _FEWEST or count_words(line.text) > _MOST:
                return
            name = hit.groups["name"]
            if not speaks_of(
                article, name.split()[-1], (other for other in article.body if other.start < line.start)
            ):
                yield Match(line.start, line.end, {"name": name})


CHECK = ClosingBioCheck
