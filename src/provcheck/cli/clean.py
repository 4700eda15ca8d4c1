"""`provcheck clean` and `provcheck restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    from provcheck.cleaning.clean import Cleaned
    from provcheck.model import Problem


def clean(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files or folders of text, Markdown, JSON Lines, CSV."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="A new folder for the cleaned files; it appears whole or not at all."
        ),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what goes, line by line.")] = False,
    min_confidence: Annotated[
        Literal["high", "medium", "low"],
        typer.Option(help="Remove only what a rule is at least so sure of; high is the most careful."),
    ] = "low",
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    field: common.Fields = None,
    suppressions: Annotated[
        str | None, typer.Option(help="A YAML file of findings that are not to count.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """Write the documents without what is not the article; `provcheck restore` brings the originals back."""
    if output is None and not diff:
        typer.echo("provcheck: name a folder with --output, or look with --diff", err=True)
        raise typer.Exit(2)
    from provcheck.cleaning.clean import clean as cleaned
    from provcheck.model import Problem
    from provcheck.rulebook.ruleset import load

    totals = _Totals()
    with common.user_errors():
        found = common.configured(
            settings,
            isolated,
            field,
            rules=rules,
            select=select,
            extend_select=extend_select,
            ignore=ignore,
            suppressions=suppressions,
        ).settings
        loaded = load(found, allow_code)
        for item in cleaned(inputs, output, found, loaded, min_confidence, workers):
            if isinstance(item, Problem):
                totals.problem(item)
            else:
                totals.add(item)
                if diff and item.spans:
                    _show(item)
    totals.tell(output)
    raise typer.Exit(0 if totals.documents else 2)


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `provcheck clean` wrote.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A new folder for the originals.")],
) -> None:
    """Bring back the originals of a cleaned folder, byte for byte."""
    from provcheck.cleaning.manifest import NOT_CLEANED
    from provcheck.cleaning.manifest import restore as restored
    from provcheck.model import Problem

    done = failed = 0
    with common.user_errors():
        for item in restored(folder, output):
            if isinstance(item, Problem):
                failed += item.reason != NOT_CLEANED
                common.say(f"{item.path}: {item.reason}")
            else:
                done += 1
    typer.echo(f"{done} files restored to {output}" + (f", {failed} not" if failed else ""), err=True)
    raise typer.Exit(2 if failed else 0)


class _Totals:
    """What one run of `clean` says at its end; problems and documents for review are told at once."""

    def __init__(self) -> None:
        self.documents = self.changed = self.review = self.problems = 0
        self.words = self.removed = 0

    def problem(self, problem: Problem) -> None:
        self.problems += 1
        where = f" ({problem.where})" if problem.where else ""
        common.say(f"{problem.path}{where}: {problem.reason}")

    def add(self, item: Cleaned) -> None:
        from provcheck.text.words import count_words

        self.documents += 1
        self.changed += bool(item.spans)
        self.words += count_words(item.text)
        self.removed += sum(count_words(item.text[start:end]) for start, end in item.spans)
        if item.review:
            self.review += 1
            common.say(f"{item.id}: nothing of it is the article; left as it is, for review")

    def tell(self, output: Path | None) -> None:
        from provcheck.reports.wording import counted

        share = self.removed / self.words if self.words else 0
        where = f" · written to {output}" if output else ""
        told = f"{counted(self.documents, 'document')}, {self.changed:,} changed, {share:.1%} of the words removed"
        more = f" · {self.review:,} for review" if self.review else ""
        more += f" · {counted(self.problems, 'problem')}" if self.problems else ""
        typer.echo(told + more + where, err=True)


def _show(item: Cleaned) -> None:
    """The lines that lose something: whole lines with `-`, changed ones before and after."""
    from rich.console import Console
    from rich.text import Text

    from provcheck.reports.wording import flat
    from provcheck.text.lines import split_lines

    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{flat(item.id)}", "bold"))
    for line in split_lines(item.text):
        gone = [
            (max(a, line.start), min(b, line.end)) for a, b in item.spans if a < line.end and b > line.start
        ]
        if not gone or line.blank:
            continue
        kept, position = "", line.start
        for start, end in gone:
            kept += item.text[position:start]
            position = end
        kept += item.text[position : line.end]
        console.print(Text(f"{line.number:>5} - {flat(line.text)}", "red"))
        if kept.strip():
            console.print(Text(f"{line.number:>5} + {flat(kept)}", "green"))
