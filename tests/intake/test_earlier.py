"""Outputs of a scan that lie among what the next one reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from provcheck import Document, Settings
from provcheck.cli import app
from provcheck.intake.earlier import EARLIER
from provcheck.intake.files import read_documents
from provcheck.model import Problem


@pytest.mark.parametrize("name", ["found.jsonl", "found.csv", "report.html"])
def test_the_output_of_an_earlier_scan_is_left_out(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank off Nordhaven on Monday.\n\nShare this article", "utf-8")
    kind = name.rpartition(".")[2]
    done = CliRunner().invoke(
        app, ["scan", str(tmp_path), "--isolated", "--format", f"{kind}={tmp_path / name}"]
    )
    assert done.exit_code == 0, done.output
    items = list(read_documents([str(tmp_path)], Settings()))
    assert [item.id for item in items if isinstance(item, Document)] == ["a.txt"]
    assert [item.reason for item in items if isinstance(item, Problem)] == [EARLIER]
