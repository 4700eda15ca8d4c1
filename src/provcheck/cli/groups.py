"""`provcheck groups`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    from provcheck.relations.regroup import Scan


def groups(
    scan: Annotated[
        Path, typer.Argument(metavar="SCAN.jsonl", help="What `provcheck scan --format jsonl` wrote.")
    ],
    threshold: Annotated[
        float | None, typer.Option(help="Group anew at this linkage, 0 to 1; the texts are not read again.")
    ] = None,
    borderline: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=2, help="List the N pairs nearest the threshold, accepted and rejected."
        ),
    ] = None,
) -> None:
    """The groups of a scan as trees; other thresholds, and what lies at the border."""
    from provcheck.relations.regroup import read_scan

    with common.user_errors():
        found = read_scan(scan)
        cut = found.settings.cut if threshold is None else threshold
        if borderline is not None:
            _show_borderline(found, cut, borderline, scan)
        elif threshold is not None:
            _show_regrouped(found, cut)
        else:
            _show_groups(found)


def _show_groups(scan: Scan) -> None:
    from rich.console import Console

    from provcheck.reports.terminal import TerminalReport

    console = Console(highlight=False)
    report = TerminalReport(console, console)
    for group in scan.groups:
        report.add(group)
    documents = sum(len(group.members) for group in scan.groups)
    console.print(f"\n{len(scan.groups):,} groups of {documents:,} documents at {scan.settings.cut:g}")


def _show_regrouped(scan: Scan, threshold: float) -> None:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    from provcheck.relations.regroup import regrouped
    from provcheck.reports.wording import flat, shorten

    console = Console(highlight=False)
    before = {frozenset(member.id for member in group.members) for group in scan.groups}
    found = regrouped(scan, threshold)
    for members in found:
        new = frozenset(members) not in before
        tree = Tree(
            Text.assemble(f"{len(members)} documents", ("  new" if new else "", "bold yellow")),
            guide_style="dim",
        )
        for name in members:
            tree.add(Text.assemble(flat(name), (f"  {shorten(scan.titles.get(name, ''))}", "dim")))
        console.print(tree)
    gone = len(before - {frozenset(members) for members in found})
    console.print(
        f"\n{len(found):,} groups at {threshold:g}; {len(before):,} at {scan.settings.cut:g}, {gone:,} of them otherwise now"
    )


def _show_borderline(scan: Scan, threshold: float, most: int, path: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from provcheck.relations.regroup import borderline
    from provcheck.reports.wording import flat, shorten

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("linkage", "score", "", "A", "B"):
        table.add_column(column)
    passed = True
    for pair in borderline(scan, threshold, most):
        if passed and pair.linkage < threshold:
            table.add_row(Text(f"{threshold:.3f}", "bold"), "", Text("threshold", "bold"), "", "")
            passed = False
        together = Text("one group", "green") if pair.together else Text("apart", "yellow")
        sides = [
            Text.assemble(flat(n), (f"  {shorten(scan.titles.get(n, ''))}", "dim")) for n in (pair.a, pair.b)
        ]
        table.add_row(f"{pair.linkage:.3f}", f"{pair.score:.2f}", together, *sides)
    console = Console(highlight=False)
    console.print(table)
    console.print(
        Text(
            f"look at a pair: provcheck compare A B --in INPUT   ·   regroup: provcheck groups {path} --threshold X",
            "dim",
        )
    )
