"""Broken rule files: every mistake with its place, none hiding another."""

from __future__ import annotations

import pickle
from pathlib import Path

import msgspec
import pytest

from provcheck.checker import Checker
from provcheck.errors import RuleError
from provcheck.intake.files import read_documents
from provcheck.model import Document
from provcheck.rulebook.ruleset import load
from provcheck.settings import Settings

GOOD = """pack: mine
rules:
  - id: harbour-tip
    check: pattern
    category: newsletter
    action: remove
    pattern: 'send us a tip'
    mark: line
    message: 'asks for tips: {text}'
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(RuleError) as caught:
        load(Settings(rules=(str(path),)))
    return [f"{p.line}:{p.column} {p.message}" for p in caught.value.problems]


def test_a_rule_of_ones_own_runs(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, "utf-8")
    checker = Checker(Settings(rules=(str(path),)))
    result = checker.check(Document(id="1", text="The ferry sank.\nSend us a tip at any hour!"))
    (finding,) = [f for f in result.findings if f.rule == "mine/harbour-tip"]
    assert (finding.line, finding.column, finding.text) == (2, 1, "Send us a tip at any hour!")
    assert result.cleaned == "The ferry sank."


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("category:", "categroy:"), "did you mean `category`"),
        (("check: pattern", "check: patern"), "did you mean `pattern`"),
        (("mark: line", "mark: lines"), "must be one of match, line, follows"),
        (("'send us a tip'", "'send (us'"), "not a valid pattern"),
        (("'send us a tip'", "'x*'"), "can match nothing"),
        (("'send us a tip'", "'{{agencies}} tip'"), "did you mean `agency`"),
        (("{text}", "{txt}"), "unknown placeholder {txt}"),
        (("newsletter", "no"), "YAML reads `no` as true or false"),
        (("newsletter", "2024-01-01"), "YAML reads `2024-01-01` as a date"),
        (("    mark: line\n", "    mark: line\n    max_words: 010\n"), "decimal number"),
        (("    message: 'asks for tips: {text}'\n", ""), "lacks `message`"),
        (("harbour-tip", "Harbour Tip"), "lower-case letters"),
        (("pack: mine", "pack: credits"), "was loaded already"),
        (("    mark: line\n", "    mark: line\n    mark: line\n"), "stands twice"),
        (("rules:", "rules: {}\nrulez:"), "unknown key `rulez`"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    found = problems(tmp_path, GOOD.replace(*change))
    assert any(expected in problem for problem in found), found
    assert not any(problem.startswith("0:0") for problem in found if "loaded already" not in problem)


def test_all_mistakes_of_a_file_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("mark: line", "mark: lines").replace("{text}", "{txt}").replace("category", "kategory")
    )
    assert len(problems(tmp_path, text)) >= 3


@pytest.mark.parametrize("text", ["", "a: [", "- 1", "\x00", "pack: x\nrules: 3\n"])
def test_what_is_no_pack(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    text = GOOD.replace("pattern: 'send us a tip'", "pattern: [a]\n    languages: *a9")
    assert problems(tmp_path, bomb + text)


def test_a_missing_file_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load(Settings(rules=(str(tmp_path / "none.yaml"),)))


def test_select_and_ignore() -> None:
    assert {rule.pack for rule in load(Settings(select=("credits",))).rules} == {"credits"}
    assert "see-also" not in {rule.card.category for rule in load(Settings(ignore=("see-also",))).rules}


def test_errors_and_rule_sets_travel_between_processes(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load(Settings(rules=(str(tmp_path / "none.yaml"),)))
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems
    again = pickle.loads(pickle.dumps(load()))
    assert [rule.name for rule in again.rules] == [rule.name for rule in load().rules]


def test_line_breaks_of_windows_hide_nothing(checker: Checker, seeds: Path) -> None:
    documents = [d for d in read_documents([str(seeds)], checker.settings) if isinstance(d, Document)]
    for document in documents:
        told = []
        for text in (document.text, document.text.replace("\n", "\r\n")):
            result = checker.check(msgspec.structs.replace(document, text=text))
            told.append([(f.rule, f.line, f.text.replace("\r\n", "\n")) for f in result.findings])
        assert told[0] == told[1], document.id
