"""One rule: what it says of itself, its check, and the findings that its matches become."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from provcheck.article import Article
from provcheck.checks import base
from provcheck.model import Action, Confidence, CrossFinding, Finding, Level, Place, Related

PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Examples:
    """Texts that a rule must match somewhere, and texts that it must not match."""

    match: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """What every rule says of itself, whatever its check. `languages` are ISO 639-1 codes; none means all."""

    id: str
    check: str
    category: str
    message: str
    level: Level = "warning"
    confidence: Confidence = "high"
    action: Action = "flag"
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    why: str = ""
    link: str = ""
    since: str = ""
    examples: Examples = field(default_factory=Examples)


@dataclass(frozen=True)
class Rule:
    """A rule: its card, its check, and the pack that it came from."""

    pack: str
    card: Card
    check: Any  # a DocumentCheck or a CrossCheck: the protocols of checks.base

    @property
    def name(self) -> str:
        return f"{self.pack}/{self.card.id}"

    def applies_to(self, article: Article) -> bool:
        card = self.card
        if card.outlets and (article.outlet or "") not in card.outlets:
            return False
        return not card.languages or article.language.code[:2] in (*card.languages, "un")

    def finding(self, match: base.Match, article: Article) -> Finding:
        """The finding that a match is, with its place in lines and columns."""
        text = article.text[match.start : match.end]
        line, column = article.locate(match.start)
        card = self.card
        return Finding(
            rule=self.name,
            category=card.category,
            level=card.level,
            confidence=match.confidence or card.confidence,
            action=card.action,
            start=match.start,
            end=match.end,
            line=line,
            column=column,
            text=text,
            message=self._message(
                {"text": _short(text), "suggestion": match.suggestion or "", **match.values}
            ),
            suggestion=match.suggestion,
            related=tuple(Related(article.id, a, b, article.text[a:b]) for a, b in match.related),
        )

    def cross_finding(self, match: base.CrossMatch, articles: Mapping[str, Article]) -> CrossFinding:
        places = tuple(
            Place(
                spot.document,
                spot.start,
                spot.end,
                articles[spot.document].locate(spot.start)[0],
                articles[spot.document].text[spot.start : spot.end],
            )
            for spot in match.spots
        )
        card = self.card
        values = {"text": _short(places[0].text), "suggestion": match.suggestion or "", **match.values}
        return CrossFinding(
            rule=self.name,
            category=card.category,
            level=card.level,
            confidence=match.confidence or card.confidence,
            action=card.action,
            places=places,
            message=self._message(values),
            suggestion=match.suggestion,
        )

    def _message(self, values: dict[str, str]) -> str:
        return PLACEHOLDER.sub(lambda m: values.get(m.group(1), "?"), self.card.message)


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
