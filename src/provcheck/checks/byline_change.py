"""`check: byline-change`: a copy that lost, replaced or added authors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from provcheck.article import Article
from provcheck.checks.base import Check, CrossMatch, Reach, Spot
from provcheck.drift.bylines import AuthorChange, find_author_changes
from provcheck.names.identity import is_one


@dataclass(frozen=True)
class BylineChangeCheck(Check):
    """Finds members of a group whose authors are not those that two other members or more agree on."""

    reach: ClassVar[Reach] = "group"

    def placeholders(self) -> frozenset[str]:
        return frozenset({"text", "change", "usual"})

    def find_across(self, articles: Sequence[Article]) -> Iterable[CrossMatch]:
        for found in find_author_changes(articles):
            if found.article.body:
                spots = (_place(found), *(Spot(*witness) for witness in found.witnesses))
                usual = ", ".join(found.usual)
                yield CrossMatch(spots, {"change": _told(found), "usual": usual}, usual)


def _place(found: AuthorChange) -> Spot:
    for byline in found.named:
        if byline.end > byline.start:
            return Spot(found.article.id, byline.start, byline.end)
    first = found.article.body[0]
    return Spot(found.article.id, first.start, first.end)


def _told(found: AuthorChange) -> str:
    names = ", ".join(dict.fromkeys(byline.name for byline in found.named))
    if found.change == "lost":
        return f"names {names} alone" if names else "names no author"
    if found.change == "added":
        extra = [b.name for b in found.named if not any(is_one(b.name, usual) for usual in found.usual)]
        return f"also names {', '.join(dict.fromkeys(extra))}"
    return f"names {names} instead"


CHECK = BylineChangeCheck
