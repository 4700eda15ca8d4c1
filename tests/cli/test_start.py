"""What a newcomer does first: init, explain; and the hook and the action that others build on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PROVCHECK = [sys.executable, "-m", "provcheck"]
STORY = "The ferry sank off Nordhaven on Monday, the coast guard said in a statement.\n\nSend us a tip at any hour!"


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROVCHECK, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=120
    )


def test_init_is_a_start_that_works(tmp_path: Path) -> None:
    assert run("init", "--pack", "coast", cwd=tmp_path).returncode == 0
    assert run("rules", "test", "coast.yaml", cwd=tmp_path).stdout.strip().endswith("1 passed, 0 failed")
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    done = run("scan", "a.txt", "--format", "jsonl", cwd=tmp_path)
    assert "coast/tip-line" in done.stdout
    again = run("init", "--pack", "coast", cwd=tmp_path)
    assert again.returncode == 2 and "exists already; nothing was written" in again.stderr


def test_init_refuses_a_bad_name(tmp_path: Path) -> None:
    assert "no name of a pack" in run("init", "--pack", "My Pack", cwd=tmp_path).stderr


def test_explain_a_rule_and_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank off Nordhaven.\n\nLeave a Reply", "utf-8")
    run("scan", "a.txt", "--format", "jsonl=found.jsonl", "--format", "sarif=found.sarif", cwd=tmp_path)
    results = json.loads((tmp_path / "found.sarif").read_text("utf-8"))["runs"][0]["results"]
    result = next(r for r in results if r["properties"]["category"] == "comment-form")
    done = run("explain", result["partialFingerprints"]["provcheck/v1"], "--in", "found.jsonl", cwd=tmp_path)
    assert done.returncode == 0 and "a.txt:3" in done.stdout and "silence it" in done.stdout
    assert result["ruleId"] in done.stdout
    assert (
        "name drift" not in done.stdout and run("explain", "names/name-drift", cwd=tmp_path).returncode == 0
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["names/nothing"], "no rule"),
        (["0123456789abcdef"], "name the scan"),
        (["0123456789abcdef", "--in", "no.jsonl"], "no.jsonl"),
    ],
)
def test_explain_what_is_not_there(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = run("explain", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


def shims(folder: Path) -> dict[str, str]:
    """A PATH on which `provcheck` is this one."""
    folder.mkdir()
    script = folder / "provcheck"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m provcheck "$@"\n', "utf-8")
    script.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_the_hook_runs_on_the_files_of_a_commit(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (tmp_path / "provcheck.toml").write_text('fail-on = "warning"\n', "utf-8")
    for name, text in (
        ("good.txt", STORY.split("\n", maxsplit=1)[0] * 8),
        ("bad.txt", "FÃ¤hre fÃ¼r KÃ¼ste. " * 9),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    environment = shims(tmp_path / "bin")
    for name, status in (("good.txt", 0), ("bad.txt", 1)):
        done = subprocess.run(
            [*hook["entry"].split(), name], cwd=tmp_path, env=environment, capture_output=True, timeout=120
        )
        assert done.returncode == status, done.stdout


def test_the_action_scans_annotates_and_summarises(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    scan = next(step for step in action["runs"]["steps"] if step["name"] == "Scan")
    assert set(scan["env"]) == {"PATHS", "ARGUMENTS", "SARIF"} and "${{" not in scan["run"], (
        "inputs come by environment only"
    )
    (tmp_path / "bad.txt").write_text("FÃ¤hre fÃ¼r KÃ¼ste. " * 9, "utf-8")
    environment = {
        **shims(tmp_path / "bin"),
        "PATHS": "bad.txt",
        "ARGUMENTS": "--fail-on warning --isolated",
        "SARIF": "found.sarif",
        "GITHUB_STEP_SUMMARY": "summary.md",
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", scan["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1 and "::warning file=bad.txt,line=1" in done.stdout
    assert "## To look at" in (tmp_path / "summary.md").read_text("utf-8")
    assert json.loads((tmp_path / "found.sarif").read_text("utf-8"))["version"] == "2.1.0"
