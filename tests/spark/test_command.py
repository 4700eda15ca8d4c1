"""`provcheck scan --engine spark`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from provcheck.cli import app


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--engine", "spark"], "needs --output FOLDER"),
        (["--engine", "spark", "-o", "out", "--format", "html", "--timings"], "has no --format, --timings"),
        (["--engine", "spark", "-o", "out", "--spark", "yarn"], "write it as KEY=VALUE"),
        (["--spark", "spark.master=yarn"], "--engine spark"),
    ],
)
def test_what_does_not_go_together_is_said(tmp_path: Path, options: list[str], told: str) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank.")
    done = CliRunner().invoke(app, ["scan", str(tmp_path), *options])
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


def test_a_folder_is_scanned_into_a_folder(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, which is not installed here")
    pytest.importorskip("pyspark", reason="needs provcheck[spark]")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The ferry sank off Nordhaven.\n\nSee also: Storm\n")
    (tmp_path / "in" / "b.txt").write_text("")
    command = [sys.executable, "-m", "provcheck", "scan", "in", "--isolated", "--no-groups"]
    plain = subprocess.run([*command, "--format", "jsonl"], cwd=tmp_path, capture_output=True, check=False)
    options = ["--engine", "spark", "--workers", "1", "--spark", "spark.ui.enabled=false", "--output", "out"]
    done = subprocess.run([*command, *options], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == plain.returncode == 0, done.stderr.decode()
    parts = sorted((tmp_path / "out").glob("*/part-*"))
    assert b"".join(part.read_bytes() for part in parts) == plain.stdout
