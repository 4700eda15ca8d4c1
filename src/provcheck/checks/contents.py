"""`check: contents`: the list of the headings that follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.text.sentences import ends_sentence
from provcheck.text.words import plain_words

_NUMBER = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?")
_MOST_WORDS = 25
_LONGEST = 200  # lines of a list
_BELOW = 2  # lines below a heading, one of which is prose
_SENTENCES = 0.5  # of the entries that may end as sentences
_SHARE = 0.6  # of the entries that must be headings further below: pages leave some out


@dataclass(frozen=True)
class ContentsCheck(Check):
    """Finds the entries of a table of contents: a run of short lines most of which stand again further below, in the same order.

    Letter case, numbers before an entry, spaces and punctuation aside. Lines most of which end as sentences are text that is told twice.

    entries: the fewest lines of a run.
    """

    entries: int = 4

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "line", "entries"})

    def find(self, article: Article) -> Iterable[Match]:
        said = [
            plain_words(_NUMBER.sub("", line.text)) if words <= _MOST_WORDS else ""
            for line, words in zip(article.written, article.words_in, strict=True)
        ]
        for first, last, below in self._runs(said, article.prose_in):
            told = sum(ends_sentence(line.text) for line in article.written[first:last])
            if told > _SENTENCES * (last - first):
                continue
            values = {"line": str(article.written[below].number), "entries": str(last - first)}
            for line in article.written[first:last]:
                yield Match(line.start, line.end, values)

    def _runs(self, said: list[str], told: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Runs of entries as index ranges, end exclusive, and where the heading of the first one stands."""
        later = _later(said)
        at = 0
        while at < len(said):
            below, entries = later[at], list[int]()
            for n in range(at, min(below, at + _LONGEST)):  # the list ends where its first heading stands
                if not said[n]:
                    break
                if later[n] > (later[entries[-1]] if entries else 0):
                    entries.append(n)
            if self._is_list(entries, [later[n] for n in entries], told):
                yield at, entries[-1] + 1, below
                at = entries[-1]
            at += 1

    def _is_list(self, entries: list[int], headings: list[int], told: Sequence[int]) -> bool:
        if len(entries) < self.entries or len(entries) < _SHARE * (entries[-1] - entries[0] + 1):
            return False
        above_prose = sum(any(told[at + 1 : at + 1 + _BELOW]) for at in headings)
        return above_prose >= _SHARE * len(headings)


def _later(said: list[str]) -> list[int]:
    """Where each line stands next; 0 where it does not."""
    found, last = [0] * len(said), dict[str, int]()
    for at in range(len(said) - 1, -1, -1):
        if said[at]:
            found[at] = last.get(said[at], 0)
            last[said[at]] = at
    return found


CHECK = ContentsCheck
