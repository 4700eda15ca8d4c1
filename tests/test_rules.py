"""Every shipped rule against its own examples."""

from __future__ import annotations

import pytest

from provcheck.checker import Checker
from provcheck.model import Document
from provcheck.ruleset import Rule, load
from provcheck.settings import Settings

RULES = [rule for rule in load().rules if rule.check.reach == "document"]


def found_by(checker: Checker, rule: Rule, text: str) -> bool:
    return any(finding.rule == rule.name for finding in checker.check(Document(id="x", text=text)).findings)


def alone(rule: Rule) -> Checker:
    """A checker with this rule only: in company, another rule may see the same thing first."""
    return Checker(Settings(select=(rule.name,)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_matches_its_examples(checker: Checker, rule: Rule) -> None:
    by_itself = alone(rule)
    missed = [
        text
        for text in rule.card.examples.match
        if not found_by(by_itself, rule, text) and not found_by(checker, rule, text)
    ]
    assert not missed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_leaves_its_counterexamples(checker: Checker, rule: Rule) -> None:
    by_itself = alone(rule)
    wrong = [
        text
        for text in rule.card.examples.none
        if found_by(by_itself, rule, text) or found_by(checker, rule, text)
    ]
    assert not wrong


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_has_both_kinds_of_examples(rule: Rule) -> None:
    # two need metadata or other documents, which examples cannot give yet: seeds/ and test_sites show them
    assert rule.card.examples.none
    assert rule.card.examples.match or rule.name in (
        "quality/language-mismatch",
        "boilerplate-en/on-every-page",
    )
