"""`provcheck filter`."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    from types import FrameType

    from provcheck.filtering import Line
    from provcheck.settings_file import Configured


class _Terminated(BaseException):
    """SIGTERM: what is under way is finished and flushed first."""


def filter(
    policy: Annotated[
        str | None,
        typer.Option(help="default, tag (drops nothing), strict, or one of [policies] in the settings."),
    ] = None,
    dropped: Annotated[
        Path | None,
        typer.Option(help="Append what is dropped here, with its reasons, and lines that cannot be read."),
    ] = None,
    cleaned: Annotated[
        bool, typer.Option("--cleaned", help="Add the text without what is to be removed.")
    ] = False,
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    field: common.Fields = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """JSON Lines in, what is kept out, in order, each record with a field `provcheck`.

    Reads standard input, answers line by line, and needs the same memory for any number of lines.
    """
    with common.user_errors():
        found = common.configured(
            settings, isolated, field, rules=rules, select=select, extend_select=extend_select, ignore=ignore
        )
        counts = _run(found, policy, dropped, cleaned, allow_code)
    told = ", ".join(f"{counts[name]:,} {name}" for name in ("keep", "review", "drop", "unreadable"))
    typer.echo(f"provcheck: {told}", err=True)
    if counts["ended"]:
        raise typer.Exit(128 + signal.SIGTERM)
    if not counts["keep"] + counts["review"] + counts["drop"] and counts["unreadable"]:
        raise typer.Exit(2)


def _run(
    found: Configured, policy: str | None, dropped: Path | None, cleaned: bool, allow_code: bool
) -> Counter[str]:
    from contextlib import ExitStack

    from provcheck.checker import Checker
    from provcheck.filtering import Filter, filter_lines
    from provcheck.intake.streams import Bounds, read_lines
    from provcheck.ruleset import load
    from provcheck.settings import named_policy

    chosen = named_policy(found.settings, policy)
    checker = Checker(found.settings, rules=load(found.settings, allow_code))
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        kept: BinaryIO = sys.stdout.buffer
        aside = stack.enter_context(dropped.open("ab")) if dropped is not None else None
        signal.signal(signal.SIGTERM, _terminate)
        lines = read_lines(sys.stdin.buffer, None, Bounds(found.settings.max_line_bytes))
        try:
            for line in filter_lines(lines, Filter(checker, chosen), found.settings.fields):
                _write(line, kept, aside, counts, cleaned)
        except _Terminated:
            counts["ended"] = 1
        except BrokenPipeError:
            common.leave_quietly()
    return counts


def _write(line: Line, kept: BinaryIO, aside: BinaryIO | None, counts: Counter[str], cleaned: bool) -> None:
    from provcheck.model import Problem

    outcome = line.outcome
    raw = line.encoded(cleaned)
    if isinstance(outcome, Problem):
        counts["unreadable"] += 1
        typer.echo(f"provcheck: line {line.number}: {outcome.reason}", err=True)
    else:
        counts[outcome.verdict] += 1
    passes = not isinstance(outcome, Problem) and outcome.verdict != "drop"
    stream = kept if passes else aside
    if stream is not None:
        stream.write(raw)
        stream.flush()


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated
