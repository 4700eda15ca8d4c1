"""The commands beside `scan`: what they print, what they leave, and their exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from provcheck.cli import app

TEXT = "The ferry sank off Nordhaven on Monday, the coast guard said.\n\nSee also: Herring prices fall\n"
RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")


def run(*arguments: str) -> Result:
    return RUNNER.invoke(app, list(arguments))


def test_a_rule_from_draft_to_scan(tmp_path: Path) -> None:
    assert run("rules", "new", "coast/tip-line").exit_code == 0
    assert run("rules", "new", "coast/tip-line").exit_code == 2, "it writes over nothing"
    assert run("rules", "new", "Coast").exit_code == 2
    assert run("rules", "new", "coast/x", "--check", "nothing").exit_code == 2
    tested = run("rules", "test", "coast.yaml")
    assert (tested.exit_code, tested.output) == (0, "1 passed, 0 failed\n")
    (tmp_path / "a.txt").write_text(TEXT + "\nSend us a tip at any hour!\n")
    timed = run("rules", "time", "a.txt", "--rules", "coast.yaml")
    assert timed.exit_code == 0 and "coast/tip-line" in timed.output
    assert "tip-line" in run("scan", "a.txt", "--rules", "coast.yaml").output
    assert json.loads(run("rules", "schema").output)["properties"]["pack"]


def test_a_failing_example_fails_the_test(tmp_path: Path) -> None:
    run("rules", "new", "coast/tip-line")
    path = tmp_path / "coast.yaml"
    path.write_text(path.read_text().replace("Send us a tip at", "Send them a tip at"))
    tested = run("rules", "test", "coast.yaml")
    assert tested.exit_code == 1 and "does not find anything" in tested.output
    path.write_text(path.read_text().replace("check: pattern", "check: patern"))
    assert run("rules", "test", "coast.yaml").exit_code == 2


def test_rules_follow_the_settings(tmp_path: Path) -> None:
    run("rules", "new", "coast/tip-line")
    (tmp_path / "provcheck.toml").write_text("rules = ['coast.yaml']\nignore = ['credits']\n")
    assert "coast/tip-line" in run("rules", "list", "coast").output
    assert "off" in run("rules", "list", "credits").output.splitlines()[1]
    shown = run("scan", "--show-settings").output
    assert "provcheck.toml:2" in shown and "default" in shown
    assert "coast" not in run("rules", "list", "--isolated").output
    assert run("rules", "show", "coast/tip-lime").exit_code == 2
    assert "silence it" in run("rules", "show", "coast/tip-line").output


def test_only_new_findings_fail_a_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("scan", "a.txt", "--fail-on", "warning", "--write-baseline", "base.tsv").exit_code == 1
    assert run("scan", "a.txt", "--fail-on", "warning", "--baseline", "base.tsv").exit_code == 0
    (tmp_path / "a.txt").write_text(TEXT + "\nSee also: Baker wins a prize\n")
    assert run("scan", "a.txt", "--fail-on", "warning", "--baseline", "base.tsv").exit_code == 1


def test_clean_and_restore(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    shown = run("clean", "a.txt", "--diff")
    assert shown.exit_code == 0 and "- See also: Herring prices fall" in shown.output
    assert run("clean", "a.txt").exit_code == 2, "neither --output nor --diff"
    assert run("clean", "a.txt", "--output", "out").exit_code == 0
    assert "Herring" not in (tmp_path / "out" / "a.txt").read_text()
    assert run("clean", "a.txt", "--output", "out").exit_code == 2, "it is not empty"
    assert run("restore", "out", "--output", "back").exit_code == 0
    assert (tmp_path / "back" / "a.txt").read_text() == TEXT
    assert run("restore", "back", "--output", "x").exit_code == 2
    assert run("clean", "nothing.txt", "--output", "y").exit_code == 2


def test_compare(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT.replace("Monday", "Tuesday"))
    shown = run("compare", "a.txt", "b.txt").output
    assert "Monday" in shown and "Tuesday" in shown
    found = json.loads(run("compare", "a.txt", "b.txt", "--format", "json").output)
    assert found["a"] == "a.txt" and found["reasons"]
    lines = [json.dumps({"id": n, "text": TEXT.replace("Monday", n)}) for n in ("one", "two")]
    (tmp_path / "c.jsonl").write_text("\n".join(lines))
    assert run("compare", "one", "two", "--in", "c.jsonl").exit_code == 0
    for wrong in (
        ("one", "three", "--in", "c.jsonl"),
        ("a.txt", "c.jsonl"),
        ("a.txt", "."),
        ("a.txt", "a.txt"),
    ):
        assert run("compare", *wrong).exit_code == 2, wrong


def test_groups(seeds: Path) -> None:
    assert (
        run("scan", str(seeds), "--format", "jsonl", "--output", "s.jsonl", "--fail-on", "never").exit_code
        == 0
    )
    assert "groups of" in run("groups", "s.jsonl").output
    assert "threshold" in run("groups", "s.jsonl", "--borderline", "6").output
    assert "groups at 0.9" in run("groups", "s.jsonl", "--threshold", "0.9").output
    assert run("groups", "s.jsonl", "--threshold", "7").exit_code == 2
    assert run("groups", str(seeds / "ferry-01-wire.txt")).exit_code == 2


def test_near_copies_alone(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", TEXT.upper()), ("c", "Nothing of the kind happened at all.")):
        (tmp_path / f"{name}.txt").write_text(text)
    found = run("copies", ".")
    assert found.exit_code == 0 and '["a.txt","b.txt"]' in found.output
    assert run("copies", ".", "--output", "copies.jsonl").exit_code == 0
    assert (tmp_path / "copies.jsonl").read_text() == '["a.txt","b.txt"]\n'
    assert run("copies", "missing.txt").exit_code == 2


def test_the_time_of_stages_and_rules(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    *_, last = run("scan", ".", "--format", "jsonl", "--timings").stdout.splitlines()
    summary = json.loads(last)
    assert {"examine", "group", "story", "drift"} <= set(summary["seconds"])
    assert {"quality/very-short", "names/quote-drift"} <= set(summary["rule_seconds"])
    assert "rule_seconds" not in json.loads(run("scan", ".", "--format", "jsonl").output.splitlines()[-1])


def test_explain_knows_the_categories_that_the_report_shows() -> None:
    done = CliRunner().invoke(app, ["explain", "see-also"])
    assert done.exit_code == 0
    assert "see-also is a category of" in done.output
    assert "boilerplate-en/see-also-line" in done.output
    assert "credits is a pack of" in CliRunner().invoke(app, ["explain", "credits"]).output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [["rules", "list"], ["rules", "schema"], ["--help"]])
def test_a_full_output_is_one_sentence(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "provcheck", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["provcheck: output: No space left on device"]
