"""Formats for other tools: pure functions of the records, valid, and safe with hostile text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet
import pytest

import provcheck
from provcheck.checker import Checker
from provcheck.cli.outputs import parse_outputs
from provcheck.errors import UsageError
from provcheck.model import Document, Group, Problem, Record
from provcheck.reports.cards import RuleCard
from provcheck.reports.ci import GithubReport, JunitReport
from provcheck.reports.markdown import MarkdownReport
from provcheck.reports.sarif import SarifReport
from provcheck.reports.tables import CsvReport, ParquetReport
from provcheck.run import scan_records

HOSTILE = (
    "=cmd|' /C calc'!A0\x00 ::error::no]]><script>alert(1)</script> | `x` \u202e %0A said the ferry captain."
)


@pytest.fixture(scope="module")
def records(seeds: Path) -> list[Record]:
    return [*provcheck.scan_records([str(seeds)])]


def written(make: Callable[[io.BytesIO], object], records: list[Record]) -> bytes:
    stream = io.BytesIO()
    report = make(stream)
    for record in records:
        report.add(record)  # type: ignore[attr-defined]
    report.close()  # type: ignore[attr-defined]
    return stream.getvalue()


def findings(records: list[Record]) -> int:
    return sum(len(getattr(record, "findings", ())) for record in records if not hasattr(record, "verdicts"))


def hostile(checker: Checker) -> list[Record]:
    document = Document(
        id="=evil\n::error::", path="=evil,:%.txt", text=f"{HOSTILE}\n\n{HOSTILE}\n\nLeave a Reply"
    )
    return [checker.check(document).record, Problem(path="a:b,c.txt", reason="no\r\n::error::text\x00")]


def sarif(stream: io.BytesIO) -> SarifReport:
    return SarifReport(stream, {"names/name-drift": RuleCard("name-drift", "{odd} is", "warning", "why")})


def test_sarif_has_every_finding_once_with_its_rule_and_place(records: list[Record]) -> None:
    whole = json.loads(written(sarif, records))
    (run,) = whole["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert whole["version"] == "2.1.0" and len(run["results"]) == findings(records)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"]
        if "region" in place:
            assert place["region"]["startLine"] >= 1 and place["region"]["charLength"] >= 0
    drift = next(rule for rule in rules if rule["id"] == "names/name-drift")
    assert drift["fullDescription"]["text"] == "why"


def test_sarif_fingerprints_do_not_move_with_the_lines(checker: Checker) -> None:
    text = "The ferry sank off Nordhaven on Monday.\n\nLeave a Reply"
    prints = []
    for each in (text, "A new first line of the story that was added later.\n\n" + text):
        record = checker.check(Document(id="a", text=each)).record
        results = json.loads(written(sarif, [record]))["runs"][0]["results"]
        prints.append([r["partialFingerprints"] for r in results if r["ruleId"].startswith("boilerplate")])
    assert prints[0] == prints[1] != []


def test_csv_and_parquet_have_the_same_rows(records: list[Record]) -> None:
    table = list(csv.DictReader(io.StringIO(written(CsvReport, records).decode())))
    rows = pyarrow.parquet.read_table(io.BytesIO(written(ParquetReport, records))).to_pylist()
    assert len(table) == len(rows) == findings(records)
    for cells, row in zip(table, rows, strict=True):
        assert cells["rule"] == row["rule"] and cells["text"].removeprefix("'") == row["text"].removeprefix(
            "'"
        )
    assert any(row["scope"] for row in rows)


def test_a_spreadsheet_runs_nothing(checker: Checker) -> None:
    for cells in csv.reader(io.StringIO(written(CsvReport, hostile(checker)).decode("utf-8"))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_github_commands_cannot_be_forged(checker: Checker) -> None:
    lines = written(GithubReport, hostile(checker)).decode().splitlines()
    assert lines and all(
        line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines
    )
    assert any("file=a%3Ab%2Cc.txt" in line for line in lines)


def test_junit_is_xml_with_one_case_a_document(records: list[Record], checker: Checker) -> None:
    root = ElementTree.fromstring(written(JunitReport, [*records, *hostile(checker)]))
    cases = root.findall(".//testcase")
    assert len(cases) == int(root.attrib["tests"])
    names = {case.attrib["name"] for case in cases}
    assert "ferry-06-roundtrip.txt" in names
    failing = next(case for case in cases if case.attrib["name"] == "ferry-06-roundtrip.txt")
    assert any(f.attrib["type"] == "names/name-drift" for f in failing.findall("failure"))


def test_the_summary_in_markdown(records: list[Record], checker: Checker) -> None:
    text = written(MarkdownReport, records).decode()
    groups = [record for record in records if isinstance(record, Group)]
    assert f"{len(groups)} groups" in text and "## To look at" in text and "## Copies" in text
    evil = written(MarkdownReport, hostile(checker)).decode()
    assert "<script" not in evil and "\u202e" not in evil


@pytest.mark.parametrize("make", [sarif, CsvReport, GithubReport, JunitReport, MarkdownReport])
def test_the_same_records_give_the_same_bytes(
    make: Callable[[io.BytesIO], object], records: list[Record]
) -> None:
    assert written(make, records) == written(make, records)


def test_outputs_that_are_asked_for() -> None:
    both = parse_outputs(["terminal", "sarif=a.sarif"], None)
    assert [(o.format, o.path) for o in both] == [("terminal", None), ("sarif", Path("a.sarif"))]
    assert parse_outputs(["csv"], Path("x.csv"))[0].path == Path("x.csv")


@pytest.mark.parametrize(
    ("formats", "output", "says"),
    [
        (["pdf"], None, "not a format"),
        (["csv", "jsonl"], None, "cannot share standard output"),
        (["csv=x", "jsonl=x"], None, "same file"),
        (["csv=x"], Path("y"), "goes with one format"),
        (["parquet"], None, "needs a file"),
    ],
)
def test_outputs_that_do_not_go(formats: list[str], output: Path | None, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse_outputs(formats, output)


def test_a_carriage_return_ends_no_row(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The ferry sank.\n\nRead more:\r=cmd|'/C calc'!A0\n")
    stream = io.BytesIO()
    report = CsvReport(stream)
    for record in scan_records([str(tmp_path / "a.txt")]):
        report.add(record)
    report.close()
    assert b"\r" not in stream.getvalue() and b"Read more:\n=cmd" in stream.getvalue()
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode())))
    assert all(row["document"] or row["rule"] for row in rows)


def test_a_problem_is_told_with_its_line() -> None:
    problem = Problem(path="a.jsonl", reason="not JSON", where="line 2")
    github = written(GithubReport, [problem]).decode()
    assert "line=2" in github and "not JSON (line 2)" in github
    sarif = json.loads(written(lambda stream: SarifReport(stream, {}), [problem]))
    (notice,) = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notice["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}
    assert "(line 2)" in written(JunitReport, [problem]).decode()
    assert "line 2" in written(MarkdownReport, [problem]).decode()
