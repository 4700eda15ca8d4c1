"""Rules against their own examples."""

from __future__ import annotations

from collections.abc import Sequence

from provcheck.checker import Checker
from provcheck.model import Document
from provcheck.rule import Rule
from provcheck.settings import Settings

# These need metadata or other documents, which an example cannot give yet.
_BEYOND_EXAMPLES = frozenset({"site"})


def test_rule(rule: Rule, paths: Sequence[str] = ()) -> list[str]:
    """What is wrong with a rule, in sentences; an empty list if it does what its examples say.

    A rule runs alone and among all others: alone, it may lack what others tell it; among others, one of them
    may see the same thing first. `paths` are the files that it needs besides the shipped ones.
    """
    if rule.check.reach != "document":
        return []
    checkers = [
        Checker(Settings(rules=tuple(paths), select=(rule.name,))),
        Checker(Settings(rules=tuple(paths))),
    ]
    complaints = [
        f"does not find anything in its example {text!r}{_instead(checkers[1], text)}"
        for text in rule.card.examples.match
        if not any(_findings(checker, rule, text) for checker in checkers)
    ]
    for text in rule.card.examples.none:
        wrong = [found for checker in checkers for found in _findings(checker, rule, text)]
        if wrong:
            complaints.append(f"should leave {text!r}, but finds {wrong[0]!r}")
    if not rule.card.examples.none:
        complaints.append("has no example of what it must leave (`examples: none`)")
    metadata = rule.card.check in _BEYOND_EXAMPLES or "declared_language" in getattr(rule.check, "when", "")
    if not rule.card.examples.match and not metadata:
        complaints.append("has no example of what it must find (`examples: match`)")
    return complaints


def _findings(checker: Checker, rule: Rule, text: str) -> list[str]:
    return [f.text for f in checker.check(Document(id="example", text=text)).findings if f.rule == rule.name]


def _instead(checker: Checker, text: str) -> str:
    others = sorted({f.rule for f in checker.check(Document(id="example", text=text)).findings})
    return f" (others that do: {', '.join(others)})" if others else ""
