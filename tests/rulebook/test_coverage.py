"""Every pattern of a shipped rule should have an example that it alone finds. How many have none may only fall."""

from __future__ import annotations

import re
from collections import Counter

from provcheck.checks.pattern import PatternCheck
from provcheck.rulebook.packs import read_packs

# Patterns without an example of their own, by pack: lower these numbers, never raise them.
BARE = {
    "boilerplate-de": 31,
    "boilerplate-en": 59,
    "boilerplate-es": 17,
    "boilerplate-fr": 24,
    "boilerplate-it": 18,
    "boilerplate-nl": 2,
    "boilerplate-pt": 20,
    "credits": 1,
    "fragments": 1,
    "houses-en": 7,
}
MARKS = re.compile(r"\[\[|\]\](?!\])")


def bare_patterns() -> Counter[str]:
    found: Counter[str] = Counter()
    for pack in read_packs():
        for rule in pack.rules:
            if isinstance(rule.check, PatternCheck):
                texts = [MARKS.sub("", example.text) for example in rule.card.examples.match]
                if rule.check.scope != "document":
                    texts = [line.rstrip("\r") for text in texts for line in text.split("\n")]
                texts += [example.title for example in rule.card.examples.match]
                found[pack.id] += sum(not any(map(each.search, texts)) for each in rule.check.pattern.each())
    return +found


def test_patterns_without_an_example_become_fewer() -> None:
    assert dict(bare_patterns()) == BARE, (
        "a new pattern needs an example; where there are fewer now, lower the number"
    )
