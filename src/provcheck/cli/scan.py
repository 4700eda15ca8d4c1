"""`provcheck scan`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress

    from provcheck.model import Record
    from provcheck.settings import Settings

Format = Literal["terminal", "jsonl"]
Fail = Literal["error", "warning", "note", "never"]


def scan(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders (searched recursively), or - for standard input.",
            show_default=False,
        ),
    ],
    format: Annotated[
        Format, typer.Option(help="A report for people, or one JSON record a line.")
    ] = "terminal",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write here instead; the file appears whole or not at all."),
    ] = None,
    rules: Annotated[
        list[str] | None, typer.Option(help="A rule file or folder of your own; repeatable.")
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(help="Only rules whose name starts so (pack or pack/rule), or of this category."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(help="No rules whose name starts so, or of this category.")
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OURS=THEIRS", help="Field names of JSON Lines, CSV, Parquet: --field text=body."
        ),
    ] = None,
    fail_on: Annotated[
        Fail, typer.Option(help="Exit with 1 if a finding is at or above this level.")
    ] = "error",
    workers: Annotated[
        int, typer.Option(min=0, help="Processes; 0 takes one for each core if there is enough to do.")
    ] = 0,
    no_groups: Annotated[
        bool, typer.Option("--no-groups", help="Examine each document alone; no groups, stories or drift.")
    ] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Say where the time went.")] = False,
) -> None:
    """Examine scraped news: boilerplate, credits, copies, drift."""
    from provcheck.errors import ProvcheckError

    try:
        settings = _settings(rules, select, ignore, field, no_groups)
        count = _workers(workers, inputs)
        failed = _scan(inputs, settings, count, timings, format, output, fail_on)
    except ProvcheckError as error:
        typer.echo(f"provcheck: {error}", err=True)
        raise typer.Exit(2) from None
    except BrokenPipeError:
        _leave_quietly()
    except KeyboardInterrupt:
        typer.echo(
            "provcheck: interrupted; nothing was written" if output else "provcheck: interrupted", err=True
        )
        raise typer.Exit(130) from None
    except OSError as error:
        typer.echo(f"provcheck: {error.filename or output or 'output'}: {error.strerror or error}", err=True)
        raise typer.Exit(2) from None
    raise typer.Exit(failed)


def _scan(
    inputs: list[str],
    settings: Settings,
    workers: int,
    timings: bool,
    format: Format,
    output: Path | None,
    fail_on: Fail,
) -> int:
    """Run the scan, write what it finds; the exit status."""
    from provcheck.model import Summary
    from provcheck.output import written_whole
    from provcheck.run import scan_records

    with ExitStack() as stack:
        stream = stack.enter_context(written_whole(output)) if output else sys.stdout.buffer
        write = _writer(format, stream if output else None)
        bar = _progress_bar(stack, bool(output) or format == "jsonl")
        summary: Summary | None = None
        for record in scan_records(inputs, settings, workers=workers, timings=timings, progress=bar):
            write(record)
            if isinstance(record, Summary):
                summary = record
    assert summary is not None
    return _status(summary, fail_on)


def _writer(format: Format, stream: BinaryIO | None) -> Callable[[Record], None]:
    """A function that writes one record in the chosen format; problems go to standard error always."""
    from rich.console import Console

    from provcheck.model import Problem
    from provcheck.reports.terminal import TerminalReport

    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    if format == "jsonl":
        from provcheck.reports.jsonl import encode

        raw = stream or sys.stdout.buffer
        told = TerminalReport(errors, errors)

        def write(record: Record) -> None:
            raw.write(encode(record))
            if isinstance(record, Problem):
                told.add(record)

        return write
    if stream is None:
        return TerminalReport(Console(highlight=False), errors).add
    import io

    text = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
    report = TerminalReport(Console(file=text, highlight=False, width=120, no_color=True), errors)
    written = report.add
    text_keeper = text  # the wrapper must not close the stream before it is renamed

    def keep(record: Record) -> None:
        written(record)
        text_keeper.flush()

    return keep


def _progress_bar(stack: ExitStack, quiet_output: bool) -> Callable[[str, int], None] | None:
    """Progress on standard error, if that is a terminal and the report does not go to it."""
    if not sys.stderr.isatty() or not quiet_output:
        return None
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar: Progress = stack.enter_context(
        Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f} documents"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
    )
    task = bar.add_task("reading", total=None)

    def tell(stage: str, done: int) -> None:
        bar.update(task, description=stage, completed=done)

    return tell


def _settings(
    rules: list[str] | None,
    select: list[str] | None,
    ignore: list[str] | None,
    field: list[str] | None,
    no_groups: bool,
) -> Settings:
    from provcheck.errors import UsageError
    from provcheck.settings import Settings

    fields: dict[str, str] = {}
    for item in field or []:
        ours, sign, theirs = item.partition("=")
        if not sign or not theirs:
            raise UsageError(f"--field {item}: write it as OURS=THEIRS, for example text=body")
        fields[ours] = theirs
    return Settings(
        rules=tuple(rules or ()),
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        fields=fields,
        link_documents=not no_groups,
    )


def _workers(asked: int, inputs: list[str]) -> int:
    """As many as asked; else one for each core when the inputs are large enough to be worth the start."""
    import os

    if asked:
        return asked
    size = sum(Path(name).stat().st_size for name in inputs if name != "-" and Path(name).is_file())
    many = size > 20_000_000 or any(Path(name).is_dir() and _more_than(Path(name), 2_000) for name in inputs)
    return (os.cpu_count() or 1) if many else 1


def _more_than(folder: Path, count: int) -> bool:
    import os

    seen = 0
    for _, _, files in os.walk(folder):
        seen += len(files)
        if seen > count:
            return True
    return False


def _status(summary: object, fail_on: Fail) -> int:
    from provcheck.model import LEVELS, Summary

    assert isinstance(summary, Summary)
    if not summary.documents:
        return 2
    if fail_on == "never":
        return 0
    return int(any(summary.levels.get(level) for level in LEVELS[LEVELS.index(fail_on) :]))


def _leave_quietly() -> None:
    """The reader of our output went away: not an error, and Python must not say so at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)
