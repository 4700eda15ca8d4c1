"""`check: byline-variant`: one author, spelled in more than one way within a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage
from provcheck.model import Byline
from provcheck.names.compare import compare_names

_RANK = {"reporting": 0, "additional-reporting": 1, "writing": 2, "editing": 3, "author": 4}


@dataclass(frozen=True)
class BylineVariantCheck(Check):
    """Finds credited names that are likely one person's, spelled otherwise elsewhere in the credits.

    The sign-off's first spelling is taken for right: sign-offs are copied, author boxes are written by the site.
    score: the least score of `compare_names` (0 to 1) for two spellings of one name.
    """

    score: float = 0.75

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:
            raise ValueError("`score` lies between 0 and 1")

    stage: ClassVar[Stage] = 1

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "reason", "line"})

    def find(self, article: Article) -> Iterable[Match]:
        credited = [b for b in article.provenance.bylines if b.end > b.start and " " in b.name]
        knows = article.roster.knows
        ranked = sorted(credited, key=lambda b: (not knows(b.name), _RANK[b.role], b.start))
        settled: list[Byline] = []
        for entry in ranked:
            if knows(entry.name):
                settled.append(entry)
                continue
            for earlier in settled:
                match = compare_names(earlier.name, entry.name)
                if (
                    entry.name != earlier.name
                    and match.relation not in ("same", "different")
                    and match.score >= self.score
                ):
                    line = str(article.locate(earlier.start)[0])
                    reason = "; ".join(match.reasons)
                    span = ((earlier.start, earlier.end),)
                    yield Match(entry.start, entry.end, {"reason": reason, "line": line}, earlier.name, span)
                    break
            else:
                settled.append(entry)


CHECK = BylineVariantCheck
