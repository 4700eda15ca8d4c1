"""`check: roster`: a name that is likely a slip for one of the known persons of the roster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from provcheck.article import Article
from provcheck.checks.base import Check, Match, Stage


@dataclass(frozen=True)
class RosterCheck(Check):
    """Finds names that are spelled nearly as a known person's (setting `roster`), and not as the roster has them.

    of: `bylines` (only of persons who write for the article's outlet, where the roster says so) or `persons` of the text.
    """

    of: Literal["bylines", "persons"] = "persons"

    stage: ClassVar[Stage] = 3

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "reason", "role"})

    def find(self, article: Article) -> Iterable[Match]:
        if not article.roster:
            return
        for name, start, end in self._names(article):
            meant = article.roster.meant(name, article.outlet if self.of == "bylines" else None)
            if meant is not None:
                person, reason = meant
                role = f" ({person.role})" if person.role else ""
                yield Match(start, end, {"reason": reason, "role": role}, person.name)

    def _names(self, article: Article) -> Iterable[tuple[str, int, int]]:
        if self.of == "bylines":
            return [(b.name, b.start, b.end) for b in article.provenance.bylines if b.end > b.start]
        return [
            (m.name, m.start, m.end)
            for person in article.persons
            for m in person.mentions
            if m.name == person.name
        ]


CHECK = RosterCheck
