"""A baseline knows findings by what they say, not by where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from provcheck.baseline import Baseline, BaselineWriter
from provcheck.errors import UsageError
from provcheck.model import Summary
from provcheck.run import scan_records
from provcheck.settings import Settings

OLD = "The ferry sank off Nordhaven on Monday.\n\nSee also: Herring prices fall"


def summary_of(folder: Path, settings: Settings | None = None) -> Summary:
    *_, last = scan_records([str(folder)], settings)
    assert isinstance(last, Summary)
    return last


def baseline_of(folder: Path, path: Path) -> Settings:
    writer = BaselineWriter()
    for record in scan_records([str(folder)]):
        writer.add(record)
    path.write_bytes(writer.bytes())
    return Settings(baseline=str(path))


def test_only_what_is_new_is_not_known(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(OLD)
    known = baseline_of(source, tmp_path / "base")
    assert sum(summary_of(source, known).known.values()) == sum(summary_of(source).levels.values())
    (source / "a.txt").write_text("A new first line.\n\n" + OLD + "\n\nSee also: Baker wins prize")
    after = summary_of(source, known)
    assert after.levels["warning"] - after.known["warning"] == 1


def test_findings_across_documents_are_known(seeds: Path, tmp_path: Path) -> None:
    known = baseline_of(seeds, tmp_path / "base")
    after = summary_of(seeds, known)
    assert dict(after.known) == dict(after.levels)


def test_what_is_no_baseline(tmp_path: Path) -> None:
    path = tmp_path / "base"
    for text in ("", "something\n", "# provcheck baseline 1: count, key, rule, document\nx\n"):
        path.write_text(text)
        with pytest.raises(UsageError):
            Baseline.read(path)
