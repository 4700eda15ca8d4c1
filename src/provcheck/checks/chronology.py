"""`check: chronology`: a line that is dated after the article was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.text.words import count_words

_WORDS_BESIDE_DATE = 3  # "Updated", "Published on", a weekday


@dataclass(frozen=True)
class ChronologyCheck(Check):
    """Finds date lines (a date and at most three other words) later than the day of publication.

    A date inside a sentence may well lie ahead; a date line says when something was published.
    days: how many days after publication still pass: time zones and late editions.
    """

    days: int = 1

    stage: ClassVar[Stage] = 1
    needs: ClassVar[frozenset[str]] = frozenset({"published"})

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "date", "published"})

    def find(self, article: Article) -> Iterable[Match]:
        published = article.published
        if published is None:
            return
        for found in article.dates:
            if (found.date - published).days <= self.days:
                continue
            line = article.line_of(found.start)
            beside = count_words(line.text) - count_words(article.text[found.start : found.end])
            if beside <= _WORDS_BESIDE_DATE:
                values = {"date": found.date.isoformat(), "published": published.isoformat()}
                yield Match(line.start, line.end, values)


CHECK = ChronologyCheck
