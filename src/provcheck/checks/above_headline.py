"""`check: above-headline`: the menus, paths and mastheads above the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.provenance.creditline import read_credit_line
from provcheck.text.sentences import ends_sentence

_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.6  # of the words of a headline and a title, the share that both have: a title may end in the name of the site
_FEWEST = 3  # words of a headline that is known by its words


@dataclass(frozen=True)
class AboveHeadlineCheck(Check):
    """Finds the short lines above the headline, which is the line before the story that says what the title of the record says.

    Credits, sentences and lines that were found already are left out.

    max_words: the most words of a line.
    """

    max_words: int = 10

    stage: ClassVar[Stage] = 1
    needs: ClassVar[frozenset[str]] = frozenset({"title"})

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        headline = _headline(article)
        if headline is None:
            return
        body = {line.start for line in article.body}
        rows = zip(article.written[:headline], article.words_in, strict=False)
        values = {"line": str(article.written[headline].number)}
        for line, words in rows:
            if words > self.max_words or line.start not in body or ends_sentence(line.text):
                continue
            said = read_credit_line(line.text)
            if said is None or not (said.day or said.names):
                yield Match(line.start, line.end, values)


def _headline(article: Article) -> int | None:
    """The index of the headline among the written lines; of several the one most like the title, and of equals the last."""
    title = set(_WORD.findall((article.document.title or "").casefold()))
    best, found = _ALIKE, None
    for at, (line, prose) in enumerate(zip(article.written, article.prose_in, strict=True)):
        if prose:
            break
        said = set(_WORD.findall(line.text.casefold()))
        if len(said) >= _FEWEST and (alike := len(said & title) / len(said | title)) >= best:
            best, found = alike, at
    return found


CHECK = AboveHeadlineCheck
