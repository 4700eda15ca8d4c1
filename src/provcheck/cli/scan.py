"""`provcheck scan`."""

from __future__ import annotations

import sys
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from provcheck.cli import common
from provcheck.cli.outputs import Output, open_writers, parse_outputs, tell_briefly

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress

    from provcheck.settings_file import Configured

Fail = Literal["error", "warning", "note", "never"]
Engine = Literal["plain", "spark"]


def scan(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders (searched recursively), or - for standard input.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=FILE]",
            help="terminal, jsonl, html, sarif, github, junit, csv, parquet or markdown; several with a file each.",
            show_default="terminal",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write here instead; the file appears whole or not at all."
        ),
    ] = None,
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    field: common.Fields = None,
    fail_on: Annotated[
        Fail | None,
        typer.Option(help="Exit with 1 if a finding is at or above this level; error if not said."),
    ] = None,
    suppressions: Annotated[
        str | None, typer.Option(help="A YAML file of findings that are not to be told.")
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(help="A file of known findings; only new ones fail the run.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="Write all findings of this scan here, as a baseline.")
    ] = None,
    roster: Annotated[
        str | None, typer.Option(help="A YAML file of persons whose names are known; their spellings win.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes; 0 takes one for each core if there is enough to do.")
    ] = 0,
    no_groups: Annotated[
        bool, typer.Option("--no-groups", help="Examine each document alone; no groups, stories or drift.")
    ] = False,
    index: Annotated[
        str | None,
        typer.Option(metavar="ARCHIVE", help="Compare each document with this archive (`provcheck index`)."),
    ] = None,
    remember: Annotated[
        bool, typer.Option("--remember", help="Add the documents to the archive when the scan ends.")
    ] = False,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep what was examined here; after an interruption the same command goes on.",
        ),
    ] = None,
    timings: Annotated[bool, typer.Option("--timings", help="Say where the time went.")] = False,
    engine: Annotated[
        Engine,
        typer.Option(help="spark: `provcheck[spark]` and Java; --output names a new folder for the records."),
    ] = "plain",
    spark: Annotated[
        list[str] | None,
        typer.Option(
            "--spark", metavar="KEY=VALUE", help="A setting of Spark: spark.master=yarn. Repeatable."
        ),
    ] = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    show_settings: Annotated[
        bool,
        typer.Option(
            "--show-settings", help="Say what each setting is and where it came from; scan nothing."
        ),
    ] = False,
    allow_code: common.AllowCode = False,
) -> None:
    """Examine scraped news: boilerplate, credits, copies, drift."""
    from provcheck.errors import UsageError

    try:
        with common.user_errors():
            found = common.configured(
                settings,
                isolated,
                field,
                rules=rules,
                select=select,
                extend_select=extend_select,
                ignore=ignore,
                fail_on=fail_on,
                suppressions=suppressions,
                baseline=baseline,
                roster=roster,
                link_documents=False if no_groups else None,
            )
            if show_settings:
                common.show_settings(found)
                raise typer.Exit
            if not inputs:
                typer.echo("provcheck: name a file or a folder to scan, or - for standard input", err=True)
                raise typer.Exit(2)
            if remember and index is None:
                raise UsageError("--remember adds to an archive: say which with --index ARCHIVE")
            if spark and engine != "spark":
                raise UsageError("--spark sets what --engine spark runs by: add that")
            if engine == "spark":
                from provcheck.cli.scan_on_spark import scan_on_spark

                others = {
                    "--format": format not in (None, [], ["jsonl"]), "--write-baseline": write_baseline, "--index": index,
                    "--resume": resume, "--timings": timings,
                }  # fmt: skip
                refused = [name for name, given in others.items() if given]
                summary = scan_on_spark(inputs, output, workers, spark or [], refused, found, allow_code)
                raise typer.Exit(_status(summary, found.fail_on))
            job = _Job(
                inputs,
                _workers(workers, inputs),
                timings,
                parse_outputs(format or ["terminal"], Path(output) if output else None),
                write_baseline,
                allow_code,
                index,
                remember,
                resume,
            )
            failed = _scan(job, found)
    except BrokenPipeError:
        common.leave_quietly()
    except KeyboardInterrupt:
        more = f"; the same command with --resume {resume} goes on" if resume else ""
        typer.echo(f"provcheck: interrupted; no file was written{more}", err=True)
        raise typer.Exit(130) from None
    raise typer.Exit(failed)


@dataclass(frozen=True)
class _Job:
    """What one call of the command asks for, settings aside."""

    inputs: list[str]
    workers: int
    timings: bool
    outputs: tuple[Output, ...]
    write_baseline: Path | None
    allow_code: bool
    index: str | None
    remember: bool
    resume: Path | None


def _scan(job: _Job, found: Configured) -> int:
    """Run the scan, write what it finds; the exit status."""
    from provcheck.baseline import BaselineWriter
    from provcheck.model import Summary
    from provcheck.rulebook.ruleset import load
    from provcheck.run import scan_records
    from provcheck.runtime import collector
    from provcheck.runtime.journal import Journal
    from provcheck.runtime.output import written_whole

    rules = load(found.settings, job.allow_code)
    collector.settle()
    journal = Journal(job.resume, _note) if job.resume is not None else None
    collected = BaselineWriter() if job.write_baseline else None
    summary: Summary | None = None
    with ExitStack() as stack:
        opened = open_writers(job.outputs, rules, stack, job.inputs)
        bar = _progress_bar(stack, not any(o.format == "terminal" and o.path is None for o in job.outputs))
        records = scan_records(
            job.inputs,
            found.settings,
            workers=job.workers,
            timings=job.timings,
            progress=bar,
            rules=rules,
            watch=opened.watch,
            archive=job.index,
            remember=job.remember,
            journal=journal,
        )
        while summary is None:
            record = next(records)
            opened.write(record)
            if collected is not None:
                collected.add(record)
            if isinstance(record, Summary):
                summary = record
    if collected is not None and job.write_baseline is not None:
        with written_whole(job.write_baseline, job.inputs) as stream:
            stream.write(collected.bytes())
    deque(records, maxlen=0)  # the archive remembers when all that was written is safe
    if journal is not None:
        journal.done()
    tell_briefly(summary, job.outputs)
    return _status(summary, found.fail_on)


def _note(told: str) -> None:
    typer.echo(f"provcheck: {told}", err=True)


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
    from provcheck.reports.wording import counted

    assert isinstance(summary, Summary)
    if not summary.documents:
        return 2
    if fail_on == "never":
        return 0
    new = {level: count - summary.known.get(level, 0) for level, count in summary.levels.items()}
    failing = [counted(new[level], level) for level in LEVELS[LEVELS.index(fail_on) :] if new.get(level)]
    if failing:
        common.say(
            f"failed by {' and '.join(failing)} (--fail-on {fail_on}; what is to be removed counts, too)"
        )
    return int(bool(failing))
