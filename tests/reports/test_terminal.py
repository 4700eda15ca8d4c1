from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

import provcheck
from provcheck.model import Document, Problem
from provcheck.reports.terminal import TerminalReport


def shown(records: list[object], width: int = 100) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    report = TerminalReport(console, console)
    for record in records:
        report.add(record)  # type: ignore[arg-type]
    return out.getvalue()


def test_the_report_of_the_seeds_is_as_it_was(seeds: Path) -> None:
    """Golden file: after a change that is meant, delete it and run the test once."""
    golden = Path(__file__).parents[1] / "golden" / "terminal-seeds.txt"
    text = (
        "\n".join(line.rstrip() for line in shown(list(provcheck.scan_records([str(seeds)]))).splitlines())
        + "\n"
    )
    if not golden.exists():
        golden.write_text(text, "utf-8")
        pytest.fail("the golden file was written anew; look at it and commit it")
    assert text == golden.read_text("utf-8")


def test_nothing_from_a_document_controls_the_terminal() -> None:
    hostile = "The ferry \x1b[31msank\x1b]0;title\x07 off \u202eNordhaven [bold]on[/bold] Monday."
    record = (
        provcheck.Checker()
        .check(Document(id="a\x1b[2J\nb", text=hostile + "\n\nLeave a \x1b[31mReply"))
        .record
    )
    text = shown([record, Problem(path="x\x1b[2J", reason="[red]no\x1b")])
    assert "\x1b" not in text and "\u202e" not in text and "\x07" not in text


def test_many_documents_show_only_what_needs_a_look() -> None:
    checker = provcheck.Checker()
    clean = "The ferry sank off Nordhaven on Monday, and nobody was hurt. " * 8
    records = [checker.check(Document(id=f"d{n}", text=clean)).record for n in range(40)]
    assert shown(list(records)).count("keep") == 20
