"""Where the records of a scan go: one writer for each `--format`, to a file or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

if TYPE_CHECKING:
    from provcheck.article import Article
    from provcheck.model import Record, Summary
    from provcheck.rulebook.ruleset import RuleSet

FORMATS = ("terminal", "jsonl", "html", "sarif", "github", "junit", "csv", "parquet", "markdown")
_NEEDS_FILE = ("html", "parquet")


@dataclass(frozen=True)
class Output:
    """One format and the file that it goes to; None is standard output."""

    format: str
    path: Path | None


class Writer(Protocol):
    """Takes the records of a scan in their order; `close` writes what was waiting."""

    def add(self, record: Record) -> None: ...

    def close(self) -> None: ...


def parse_outputs(formats: Iterable[str], output: Path | None) -> tuple[Output, ...]:
    """The outputs that `--format NAME` or `--format NAME=FILE` and `--output FILE` ask for.

    Raises UsageError for an unknown format, two outputs for one place, and a format that needs a file.
    """
    from provcheck.errors import UsageError

    found = []
    for said in formats:
        name, _, path = said.partition("=")
        if name not in FORMATS:
            raise UsageError(f"--format {name}: not a format; known: {', '.join(FORMATS)}")
        found.append(Output(name, Path(path) if path else None))
    open_ended = [each for each in found if each.path is None]
    if output is not None:
        if len(open_ended) != 1:
            raise UsageError(
                "--output goes with one format; give the others a file each: --format sarif=found.sarif"
            )
        found = [Output(each.format, each.path or output) for each in found]
    elif len(open_ended) > 1:
        raise UsageError(
            "two formats cannot share standard output; give one a file: --format sarif=found.sarif"
        )
    for each in found:
        if each.path is None and each.format in _NEEDS_FILE:
            raise UsageError(
                f"--format {each.format} needs a file: --format {each.format}=FILE or --output FILE"
            )
    paths = [each.path for each in found if each.path is not None]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice is not None:
        raise UsageError(f"{twice}: two formats would write the same file")
    return tuple(found)


@dataclass(frozen=True)
class Opened:
    """`write` gives one record to every output; `watch`, if any output shows texts, an article before its record."""

    write: Callable[[Record], None]
    watch: Callable[[Article], None] | None


def open_writers(
    outputs: Iterable[Output], rules: RuleSet, stack: ExitStack, inputs: Sequence[str] = ()
) -> Opened:
    """The outputs as one; files appear whole when the stack closes well, and never in the place of one of the inputs. Problems also go to standard error, once."""
    from rich.console import Console

    from provcheck.model import Problem
    from provcheck.reports.terminal import TerminalReport
    from provcheck.runtime.output import written_whole

    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    told = TerminalReport(errors, errors)
    outputs = tuple(outputs)
    writers: list[Writer] = []
    for output in outputs:
        stream = stack.enter_context(written_whole(output.path, inputs)) if output.path else sys.stdout.buffer
        writer = _writer(output, stream, rules)
        stack.push(_closing(writer))
        writers.append(writer)
    silent = not any(each.format == "terminal" for each in outputs)

    def write(record: Record) -> None:
        for writer in writers:
            writer.add(record)
        if silent and isinstance(record, Problem):
            told.add(record)

    watching = [writer.watch for writer in writers if hasattr(writer, "watch")]

    def watch(article: Article) -> None:
        for each in watching:
            each(article)

    return Opened(write, watch if watching else None)


def tell_briefly(summary: Summary, outputs: Sequence[Output]) -> None:
    """What a scan whose records went elsewhere says on standard error: the times that were asked for, and to a person what was written."""
    from rich.console import Console

    from provcheck.reports.totals import headline, times

    if any(output.format == "terminal" for output in outputs):
        return
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    paths = [str(output.path) for output in outputs if output.path is not None]
    if paths and sys.stderr.isatty():
        console.print(headline(summary).append(f" · written: {', '.join(paths)}"))
    for line in times(summary):
        console.print(line, markup=False)


def _closing(writer: Writer) -> Callable[..., None]:
    def close(kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            writer.close()

    return close


def _writer(output: Output, stream: BinaryIO, rules: RuleSet) -> Writer:
    if output.format == "terminal":
        return _Terminal(stream if output.path else None)
    if output.format == "jsonl":
        return _Jsonl(stream)
    if output.format == "html":
        from provcheck.reports.html import HtmlReport

        return HtmlReport(stream)
    if output.format == "sarif":
        from provcheck.reports.cards import RuleCard

        cards = {
            rule.name: RuleCard(rule.card.category, rule.card.message, rule.card.level, rule.card.why)
            for rule in rules.rules
        }
        from provcheck.reports.sarif import SarifReport

        return SarifReport(stream, cards)
    from provcheck.reports import ci, markdown, tables

    plain: dict[str, Callable[[BinaryIO], Writer]] = {
        "github": ci.GithubReport,
        "junit": ci.JunitReport,
        "csv": tables.CsvReport,
        "parquet": tables.ParquetReport,
        "markdown": markdown.MarkdownReport,
    }
    return plain[output.format](stream)


class _Jsonl:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, record: Record) -> None:
        from provcheck.reports.jsonl import encode

        self._stream.write(encode(record))

    def close(self) -> None:
        pass


class _Terminal:
    """The report for people on the terminal, or without colours, 120 characters wide, in a file."""

    def __init__(self, stream: BinaryIO | None) -> None:
        import io

        from rich.console import Console

        from provcheck.reports.terminal import TerminalReport

        errors = Console(stderr=True, soft_wrap=True, highlight=False)
        self._text: io.TextIOWrapper | None = None
        console = Console(highlight=False)
        if stream is not None:
            self._text = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
            console = Console(file=self._text, highlight=False, width=120, no_color=True)
        self.add: Callable[[Record], None] = TerminalReport(console, errors).add

    def close(self) -> None:
        if self._text is not None:
            self._text.detach()
