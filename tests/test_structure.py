"""Generated pages are in step with the code, and the README's code runs."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import jsonschema
import pytest

import provcheck
from provcheck.reports.jsonl import encode

ROOT = Path(__file__).parents[1]


def test_generated_pages_are_in_step() -> None:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "scripts" / "make_docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stale = [
        name for name, text in module.pages().items() if (ROOT / "docs" / name).read_text("utf-8") != text
    ]
    assert not stale, "run `make docs`"


def test_every_record_fits_the_published_schema(seeds: Path) -> None:
    schema = json.loads((ROOT / "docs" / "scan-1.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for record in provcheck.scan_records([str(seeds)]):
        validator.validate(json.loads(encode(record)))


@pytest.mark.parametrize(
    "code", re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
)
def test_code_of_the_readme_runs(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert "The ferry sank." in capsys.readouterr().out
