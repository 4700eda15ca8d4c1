"""One rule: what it says of itself, its check, and the findings that its matches become."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from provcheck.article import Article
from provcheck.checks import base
from provcheck.model import Action, Confidence, CrossFinding, Finding, Level, Place, Related
from provcheck.rulefile.examples import Examples

LANGUAGE = re.compile("[a-z]{2}")
PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Card:
    """What every rule says of itself, whatever its check.

    id: the rule's name within its pack: lower-case letters, digits and hyphens.
    check: the kind of its check.
    category: what its findings are; one of the built-in categories or one of your own.
    message: what a finding says; `{text}` and the placeholders of the check are filled in.
    level: `error`, `warning` or `note`.
    confidence: how sure the rule is: `high`, `medium` or `low`.
    action: `remove` (not part of the article), `credit` (says whose it is), or `flag` (look at it).
    languages: ISO 639-1 codes of the texts it looks at; none means all.
    outlets: the outlets it looks at; none means all.
    why: why this is worth finding, in a sentence or two.
    link: an address that says more.
    since: the version of the pack, or the date, that brought the rule.
    examples: texts that the rule must match and texts that it must leave.
    """

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

    def __post_init__(self) -> None:
        odd = next((code for code in self.languages if not LANGUAGE.fullmatch(code)), None)
        if odd is not None:
            raise ValueError(f"`languages` are codes of two letters such as `en`, not `{odd}`")


@dataclass(frozen=True)
class Rule:
    """A rule: its card, its check, and the pack that it came from."""

    pack: str
    card: Card
    check: Any  # a DocumentCheck or a CrossCheck: the protocols of checks.base

    @property
    def name(self) -> str:
        return f"{self.pack}/{self.card.id}"

    @property
    def is_guarded(self) -> bool:
        """Whether its check may run too long or fail: what runs on Python's engine, or is somebody's code."""
        return self.is_plugin or getattr(self.check, "engine", "re2") == "python"

    @property
    def is_plugin(self) -> bool:
        """Whether its check is somebody's code."""
        return self.card.check == "python"

    @property
    def needs(self) -> frozenset[str]:
        """The metadata without which it finds nothing."""
        needs: frozenset[str] = self.check.needs
        return needs

    def at_level(self, level: Level) -> Rule:
        return replace(self, card=replace(self.card, level=level))

    def speaks(self, language: str) -> bool:
        """Whether it looks at texts of a language: its two letters, or `un` for unknown."""
        return not self.card.languages or language in (*self.card.languages, "un")

    def is_of(self, outlet: str | None) -> bool:
        return not self.card.outlets or (outlet or "") in self.card.outlets

    def finding(self, match: base.Match, article: Article) -> Finding:
        """The finding that a match is, with its place in lines and columns."""
        text = article.text[match.start : match.end]
        line, column = article.locate(match.start)
        card = self.card
        return Finding(
            rule=self.name,
            category=match.category or card.category,
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
