"""Every shipped rule against its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from provcheck.rule import Rule
from provcheck.ruleset import load
from provcheck.ruletest import test_rule as complaints_of


@pytest.mark.parametrize("rule", load().rules, ids=lambda rule: rule.name)
def test_rule_does_what_its_examples_say(rule: Rule) -> None:
    assert complaints_of(rule) == []


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "pack: mine\nrules:\n"
        "  - {id: a, check: pattern, category: c, message: m, pattern: herring, examples: {match: [cod], none: [a herring]}}\n"
        "  - {id: b, check: pattern, category: c, message: m, pattern: herring}\n"
    )
    a, b = (rule for rule in load([str(path)]).rules if rule.pack == "mine")
    assert [c.split(" '")[0] for c in complaints_of(a, [str(path)])] == [
        "does not find anything in its example",
        "should leave",
    ]
    assert len(complaints_of(b, [str(path)])) == 2
