"""What an output needs to know of a rule that a finding does not say."""

from __future__ import annotations

from dataclasses import dataclass

from provcheck.model import Level


@dataclass(frozen=True)
class RuleCard:
    """A rule's category, its message with placeholders, its level, and why it is worth finding."""

    category: str
    message: str
    level: Level
    why: str
