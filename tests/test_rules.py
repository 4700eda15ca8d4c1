"""Every shipped rule against its own examples."""

from __future__ import annotations

import pytest

from provcheck.checker import Checker
from provcheck.model import Document
from provcheck.ruleset import Rule, load

RULES = [rule for rule in load().rules if rule.check.reach == "document"]


def found_by(checker: Checker, rule: Rule, text: str) -> bool:
    return any(finding.rule == rule.name for finding in checker.check(Document(id="x", text=text)).findings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_matches_its_examples(checker: Checker, rule: Rule) -> None:
    missed = [text for text in rule.card.examples.match if not found_by(checker, rule, text)]
    assert not missed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_leaves_its_counterexamples(checker: Checker, rule: Rule) -> None:
    wrong = [text for text in rule.card.examples.none if found_by(checker, rule, text)]
    assert not wrong


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_has_both_kinds_of_examples(rule: Rule) -> None:
    # language-mismatch needs metadata, which examples cannot give yet; seeds/ shows it
    assert rule.card.examples.none
    assert rule.card.examples.match or rule.name == "quality/language-mismatch"
