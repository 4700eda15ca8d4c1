"""What each rule costs on a corpus."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from provcheck.checker import Checker
from provcheck.checks.base import STAGES
from provcheck.model import Document
from provcheck.rulebook.rule import Rule
from provcheck.rulebook.ruleset import RuleSet
from provcheck.settings import Settings


@dataclass(frozen=True)
class Cost:
    """Seconds that a rule's own search took, on how many documents it was tried, and what it found."""

    rule: str
    seconds: float
    tried: int
    found: int


def rule_costs(documents: Iterable[Document], rules: RuleSet) -> tuple[list[Cost], float]:
    """The cost of each document rule, dearest first, and the seconds of the common pass over all patterns.

    Each rule is run on the article as the checker left it, so that views shared by several rules (language,
    sentences) are made before the clock starts; rules over groups and stories are not timed.
    """
    checker = Checker(Settings(), rules=rules)
    single = [rule for rule in rules.rules if rule.check.reach == "document"]
    spent = {rule.name: [0.0, 0, 0] for rule in single}
    common = 0.0
    for document in documents:
        article = checker.check(document).article
        article.sentences, article.quotes, article.readability, article.persons, article.dates  # noqa: B018
        started = time.perf_counter()
        tried = [rule for stage in STAGES for rule in rules.candidates(article, stage)]
        common += time.perf_counter() - started
        for rule in tried:
            started = time.perf_counter()
            found = _count(rule, article)
            row = spent[rule.name]
            row[0] += time.perf_counter() - started
            row[1] += 1
            row[2] += found
    costs = [Cost(name, row[0], int(row[1]), int(row[2])) for name, row in spent.items()]
    return sorted(costs, key=lambda cost: (-cost.seconds, cost.rule)), common


def _count(rule: Rule, article: object) -> int:
    return sum(1 for _ in rule.check.find(article))
