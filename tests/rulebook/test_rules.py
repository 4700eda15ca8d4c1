"""Every shipped rule against its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from provcheck.authoring.selftest import RuleTester
from provcheck.errors import RuleError
from provcheck.rulebook.packs import read_packs
from provcheck.rulebook.rule import Rule
from provcheck.rulebook.ruleset import load
from provcheck.settings import Settings

TESTER = RuleTester()


@pytest.mark.parametrize("rule", TESTER.rules, ids=lambda rule: rule.name)
def test_rule_does_what_its_examples_say(rule: Rule) -> None:
    assert TESTER.complaints(rule) == []


def test_the_shipped_packs_are_read_with_care_here() -> None:
    """Users' scans trust them, so that they start at once."""
    assert read_packs(careful=True)


def complaints(tmp_path: Path, rules: str) -> dict[str, list[str]]:
    path = tmp_path / "mine.yaml"
    path.write_text("pack: mine\nrules:\n" + rules, "utf-8")
    tester = RuleTester([str(path)])
    return {rule.card.id: tester.complaints(rule) for rule in tester.rules if rule.pack == "mine"}


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    said = complaints(
        tmp_path,
        "  - {id: a, check: pattern, category: c, message: m, pattern: herring, examples: {match: [cod], none: [a herring]}}\n"
        "  - {id: b, check: pattern, category: c, message: m, pattern: herring}\n"
        "  - {id: c, check: pattern, category: c, message: m, pattern: herring, examples: {match: ['a [[herring pie]]'], none: [cod]}}\n",
    )
    assert [text.split(" '")[0] for text in said["a"]] == [
        "does not find anything in its example",
        "should leave",
    ]
    assert len(said["b"]) == 2
    assert said["c"] == ["finds 'herring' in its example 'a [[herring pie]]', not what is marked there"]


def test_without_marks_the_whole_text_must_be_found(tmp_path: Path) -> None:
    rule = "  - {id: a, check: pattern, category: c, message: m, pattern: herring, examples: {match: [X], none: [cod]}}\n"
    assert complaints(tmp_path, rule.replace("X", "herring")) == {"a": []}
    assert complaints(tmp_path, rule.replace("X", "a herring"))["a"]


def test_examples_give_metadata_and_other_documents(tmp_path: Path) -> None:
    rules = """
  - id: title
    check: pattern
    category: c
    message: 'shouts: {text}'
    scope: title
    pattern: '!$'
    examples:
      match: [{title: 'Ferry sinks!', text: The ferry sank.}]
      none: [{title: Ferry sinks, text: 'The ferry sank!'}]
  - id: outlet
    check: consistency
    category: c
    message: 'elsewhere {usual}'
    within: site
    variants: {Nordhaven: Nordhaven, Nordhafen: Nordhafen}
    examples:
      match:
        - documents:
            - {source: A, text: 'The ferry left Nordhaven.'}
            - {source: A, text: 'It came back to Nordhaven.'}
            - {source: A, text: 'It sank off [[Nordhafen]].'}
      none:
        - documents: [{source: A, text: Nordhaven}, {source: A, text: 'To Nordhaven.'}]
"""
    assert complaints(tmp_path, rules) == {"title": [], "outlet": []}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("pack: x\nrules: " + "[" * 50_000, "levels are nested"),
        ("pack: x\nrules:\n  - pattern: &a [*a]\n", "an alias stands within"),
    ],
    ids=["brackets", "alias"],
)
def test_a_tangled_pack_is_a_mistake_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    """The first ended the process, the second the stack."""
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(RuleError) as caught:
        load(Settings(rules=(str(tmp_path / "x.yaml"),)))
    assert reason in str(caught.value) and "x.yaml:" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("languages: [english]", "codes of two letters such as `en`, not `english`"),
        ("min_words: 10\n    max_words: 5", "`min_words` is above `max_words`"),
        ("max_words: -1", "not below 0"),
    ],
)
def test_a_rule_that_could_never_match_is_a_mistake(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "x.yaml").write_text(
        f"pack: x\nrules:\n  - id: a\n    check: pattern\n    category: c\n    message: m\n    pattern: tip\n    {line}\n"
    )
    with pytest.raises(RuleError) as caught:
        load(Settings(rules=(str(tmp_path / "x.yaml"),)))
    assert reason in str(caught.value)
