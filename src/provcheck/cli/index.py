"""`provcheck index`: an archive that remembers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    from provcheck.archive.entry import Entry, Stats, Text
    from provcheck.archive.store import Store
    from provcheck.article import Article
    from provcheck.checker import Checker
    from provcheck.model import Match, Problem

app = typer.Typer(
    no_args_is_help=True,
    help="An archive of all that was ever scanned: each new document is compared with all of it.",
)
At = Annotated[str, typer.Argument(metavar="ARCHIVE", help="A file, or redis://HOST:PORT/NUMBER?name=NAME.")]
Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, or - for JSON Lines.")]
Processes = Annotated[int, typer.Option(min=1, help="Processes that examine documents.")]


@app.command(
    epilog="Examples:  provcheck index build archive.db articles/   ·   provcheck index build archive.db"
)
def build(
    archive: At,
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[INPUT...]", help="What to add at once, if anything.")
    ] = None,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="Compare whole texts, as they were read: no rule runs, so it is faster."
        ),
    ] = False,
    workers: Processes = 1,
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    field: common.Fields = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """Make a new archive."""
    from provcheck.archive.entry import Parameters
    from provcheck.archive.opening import create_store

    with common.user_errors():
        checker = _checker(
            settings, isolated, field, allow_code,
            rules=rules, select=select, extend_select=extend_select, ignore=ignore,
        )  # fmt: skip
        text: Text = "whole" if whole else "body"
        with create_store(archive, Parameters.of(text, checker.settings.groups, checker.rules.info)) as store:
            failed = _add(store, checker, inputs or [], workers) if inputs else 0
    raise typer.Exit(failed)


@app.command(epilog="Example:  provcheck index add archive.db crawl-2026-11-26.jsonl.gz --workers 4")
def add(
    archive: At,
    inputs: Inputs,
    workers: Processes = 1,
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    field: common.Fields = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """Add documents. What is counted as added is safe on the disk, whatever happens then."""
    from provcheck.archive.opening import open_store

    with common.user_errors():
        checker = _checker(
            settings, isolated, field, allow_code,
            rules=rules, select=select, extend_select=extend_select, ignore=ignore,
        )  # fmt: skip
        with open_store(archive) as store:
            failed = _add(store, checker, inputs, workers)
    raise typer.Exit(failed)


@app.command(epilog="Example:  provcheck index query archive.db new.txt   ·   … --format jsonl | jq .matches")
def query(
    archive: At,
    inputs: Inputs,
    format: Annotated[
        Literal["terminal", "jsonl"], typer.Option(help="For people, or a line each.")
    ] = "terminal",
    output: Annotated[Path | None, typer.Option(help="Write to this file, whole or not at all.")] = None,
    workers: Processes = 1,
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    field: common.Fields = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """Which archived documents share their source text with new ones, how, and which passages."""
    from contextlib import ExitStack

    from provcheck.archive.archive import Archive
    from provcheck.archive.opening import open_store
    from provcheck.archiving import read_entries
    from provcheck.model import Problem
    from provcheck.runtime.output import written_whole
    from provcheck.runtime.workers import Workers

    problems = 0
    with common.user_errors(), ExitStack() as stack:
        checker = _checker(
            settings, isolated, field, allow_code,
            rules=rules, select=select, extend_select=extend_select, ignore=ignore,
        )  # fmt: skip
        store = stack.enter_context(open_store(archive))
        _fits(store, checker)
        pool = stack.enter_context(Workers(workers))
        stream = (
            stack.enter_context(written_whole(output, [archive, *inputs])) if output else sys.stdout.buffer
        )
        asked = Archive(store)
        for item in read_entries(inputs, checker, store.parameters, pool):
            if isinstance(item, Problem):
                problems += 1
                _complain(item)
                continue
            article, entry = item
            matches = asked.matches(entry)
            if format == "jsonl":
                stream.write(_line(article, matches))
            else:
                stream.write(_shown(article, matches, store.outcomes([entry]) == ["known"]))
            stream.flush()
    raise typer.Exit(2 if problems else 0)


@app.command()
def stats(archive: At) -> None:
    """How many documents it has, what it was built with, and how large it is."""
    from provcheck.archive.opening import open_store

    with common.user_errors(), open_store(archive) as store:
        for line in _facts(store.stats()):
            typer.echo(line)


@app.command()
def check(archive: At) -> None:
    """Read the whole archive and prove that each document it acknowledged is there, and can be found. Exits with 1 if not."""
    from provcheck.archive.opening import open_store

    with common.user_errors(), open_store(archive) as store:
        found = store.check()
    for mistake in found.mistakes:
        typer.echo(f"provcheck: {archive}: {mistake}", err=True)
    typer.echo(f"{found.documents:,} documents are whole; {len(found.mistakes):,} mistakes")
    raise typer.Exit(1 if found.mistakes else 0)


@app.command()
def migrate(
    archive: At,
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """Bring an archive of an earlier provcheck, or of other rules, to today's."""
    from provcheck.archive.entry import Parameters
    from provcheck.archive.opening import open_store

    with common.user_errors():
        checker = _checker(
            settings, isolated, None, allow_code,
            rules=rules, select=select, extend_select=extend_select, ignore=ignore,
        )  # fmt: skip
        with open_store(archive) as store:
            text = store.parameters.text
            told = store.migrate(Parameters.of(text, checker.settings.groups, checker.rules.info))
    for line in told or ["nothing to do"]:
        typer.echo(line)


def _checker(
    settings: Path | None,
    isolated: bool,
    field: list[str] | None,
    allow_code: bool,
    **options: list[str] | None,
) -> Checker:
    from provcheck.checker import Checker
    from provcheck.rulebook.ruleset import load

    found = common.configured(settings, isolated, field, **options)
    return Checker(found.settings, rules=load(found.settings, allow_code))


def _fits(store: Store, checker: Checker) -> None:
    from provcheck.archive.entry import Parameters

    parameters = store.parameters
    parameters.refuse(Parameters.of(parameters.text, checker.settings.groups, checker.rules.info))


def _add(store: Store, checker: Checker, inputs: list[str], workers: int) -> int:
    """The exit status: 2 if something could not be read or has an id that another text has."""
    from provcheck.archive.archive import Archive
    from provcheck.archiving import read_entries
    from provcheck.model import Problem
    from provcheck.runtime.workers import Workers

    _fits(store, checker)
    counts: Counter[str] = Counter()

    def entries() -> Iterator[Entry]:
        for item in read_entries(inputs, checker, store.parameters, pool):
            if isinstance(item, Problem):
                counts["unreadable"] += 1
                _complain(item)
            else:
                yield item[1]

    with Workers(workers) as pool:
        for entry, outcome in Archive(store).add(entries()):
            counts[outcome] += 1
            if outcome == "changed":
                common.say(f"{entry.id}: the archive has other words under this id; the first were kept")
    typer.echo(
        f"{counts['added']:,} added, {counts['known']:,} were there, {counts['changed']:,} with other words, "
        f"{counts['unreadable']:,} could not be read",
        err=True,
    )
    return 2 if counts["unreadable"] or counts["changed"] else 0


def _complain(problem: Problem) -> None:
    where = f" ({problem.where})" if problem.where else ""
    common.say(f"{problem.id or problem.path}{where}: {problem.reason}")


def _line(article: Article, matches: tuple[Match, ...]) -> bytes:
    import msgspec

    return msgspec.json.encode({"id": article.id, "matches": matches}) + b"\n"


def _shown(article: Article, matches: tuple[Match, ...], itself: bool) -> bytes:
    """itself: whether the archive has this very document, by its id and its words."""
    from provcheck.reports.wording import archived, flat, shorten

    told = flat(article.id)
    if itself:
        told += ": is in the archive itself, with this id and these words"
    if not matches:
        told += f"{';' if itself else ':'} nothing {'else ' if itself else ''}in the archive shares its source text"
    lines = [told]
    for match in matches:
        lines.append(f"  {archived(match)}")
        if match.shared:
            start, end = match.shared[0].a
            lines.append(f"    {start}–{end}: “{shorten(article.text[start:end])}”")
    return ("\n".join(lines) + "\n").encode()


def _facts(found: Stats) -> Iterator[str]:
    kept = found.parameters
    yield f"documents      {found.documents:,}"
    yield f"words          {found.words:,} distinct"
    if found.terms is not None:
        yield f"terms          {found.terms:,}"
    if found.bytes is not None:
        each = f" ({found.bytes / found.documents:,.0f} a document)" if found.documents else ""
        yield f"bytes          {found.bytes:,}{each}"
    yield f"compared       {'bodies, as the rules leave them' if kept.text == 'body' else 'whole texts'}"
    yield f"parameters     shingles of {kept.shingle} words, {kept.permutations} permutations, near {kept.near}"
    yield f"built with     provcheck {kept.version}, schema {kept.schema}"
    for pack in kept.packs:
        yield f"rules          {pack.id} {pack.hash[:12]} ({pack.rules})"
