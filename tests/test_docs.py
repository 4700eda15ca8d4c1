"""The Python of the README and the docs runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [
    pytest.param(match.group(1), id=f"{path.name}-{number}")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for number, match in enumerate(BLOCK.finditer(path.read_text("utf-8")), 1)
]


@pytest.mark.parametrize("code", BLOCKS)
def test_code_runs(code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "docs", "exec"), {"__name__": "docs"})
    assert "Traceback" not in capsys.readouterr().out


def test_every_page_stands_in_the_navigation() -> None:
    said = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [path.name for path in (ROOT / "docs").glob("*.md") if f": {path.name}" not in said] == []
