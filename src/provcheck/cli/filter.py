"""`provcheck filter`."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, TypeVar

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from provcheck.filtering import Line
    from provcheck.settings_file import Configured


T = TypeVar("T")


class _Terminated(BaseException):
    """SIGTERM came while nothing but the next line was waited for."""


class _Ending:
    """Ends the lines at SIGTERM: at once while the next one is waited for, else after the answer to the line under way."""

    def __init__(self) -> None:
        self.is_near = self._waiting = False

    def asked(self, number: int, frame: FrameType | None) -> None:
        self.is_near = True
        if self._waiting:
            raise _Terminated

    def until(self, lines: Iterator[T]) -> Iterator[T]:
        while not self.is_near:
            self._waiting = True
            line = next(lines, None)
            self._waiting = False
            if line is None:
                return
            yield line


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
    index: Annotated[
        str | None,
        typer.Option(metavar="ARCHIVE", help="Compare each document with this archive (`provcheck index`)."),
    ] = None,
    remember: Annotated[
        bool, typer.Option("--remember", help="Add what is kept or reviewed to the archive.")
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
    from provcheck.errors import UsageError

    with common.user_errors():
        found = common.configured(
            settings, isolated, field, rules=rules, select=select, extend_select=extend_select, ignore=ignore
        )
        if remember and index is None:
            raise UsageError("--remember adds to an archive: say which with --index ARCHIVE")
        counts = _run(found, _Job(policy, dropped, cleaned, allow_code, index, remember))
    told = ", ".join(f"{counts[name]:,} {name}" for name in ("keep", "review", "drop", "unreadable"))
    typer.echo(f"provcheck: {told}", err=True)
    if counts["ended"]:
        raise typer.Exit(128 + signal.SIGTERM)
    if not counts["keep"] + counts["review"] + counts["drop"] and counts["unreadable"]:
        raise typer.Exit(2)


@dataclass(frozen=True)
class _Job:
    """What one call of the command asks for, settings aside."""

    policy: str | None
    dropped: Path | None
    cleaned: bool
    allow_code: bool
    index: str | None
    remember: bool


def _run(found: Configured, job: _Job) -> Counter[str]:
    from contextlib import ExitStack

    from provcheck.archive.archive import Archive
    from provcheck.archive.entry import Parameters
    from provcheck.archive.opening import open_store
    from provcheck.checker import Checker
    from provcheck.filtering import Filter, filter_lines
    from provcheck.intake.streams import Bounds, read_lines
    from provcheck.rulebook.ruleset import load
    from provcheck.runtime import collector
    from provcheck.settings import named_policy

    chosen = named_policy(found.settings, job.policy)
    checker = Checker(found.settings, rules=load(found.settings, job.allow_code))
    collector.settle()
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        kept: BinaryIO = sys.stdout.buffer
        aside = stack.enter_context(job.dropped.open("ab")) if job.dropped is not None else None
        archive = None
        if job.index is not None:
            store = stack.enter_context(open_store(job.index))
            parameters = store.parameters
            parameters.refuse(Parameters.of(parameters.text, checker.settings.groups, checker.rules.info))
            archive = Archive(store)
        judge = Filter(checker, chosen, archive, job.remember)
        ending = _Ending()
        signal.signal(signal.SIGTERM, ending.asked)
        lines = read_lines(sys.stdin.buffer, None, Bounds(found.settings.max_line_bytes))
        try:
            for line in filter_lines(ending.until(lines), judge, found.settings.fields):
                _write(line, kept, aside, counts, job.cleaned)
        except _Terminated:
            pass
        except BrokenPipeError:
            common.leave_quietly()
        finally:
            judge.close()
            if judge.not_added:
                many, first = len(judge.not_added), judge.not_added[0]
                common.say(
                    f"{many:,} not added to the archive, which has other texts under their ids (the first: {first})"
                )
            counts["ended"] += ending.is_near
    return counts


def _write(line: Line, kept: BinaryIO, aside: BinaryIO | None, counts: Counter[str], cleaned: bool) -> None:
    from provcheck.model import Problem

    outcome = line.outcome
    raw = line.encoded(cleaned)
    if isinstance(outcome, Problem):
        counts["unreadable"] += 1
        common.say(f"line {line.number}: {outcome.reason}")
    else:
        counts[outcome.verdict] += 1
    passes = not isinstance(outcome, Problem) and outcome.verdict != "drop"
    stream = kept if passes else aside
    if stream is not None:
        stream.write(raw)
        stream.flush()
