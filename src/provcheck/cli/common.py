"""Options that several commands share, and the one way from them to settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from provcheck.settings_file import Configured

Rules = Annotated[list[str] | None, typer.Option(help="A rule file or folder of your own; repeatable.")]
Select = Annotated[
    list[str] | None,
    typer.Option(help="Only rules whose name starts so (pack or pack/rule), or of this category."),
]
ExtendSelect = Annotated[
    list[str] | None, typer.Option(help="These rules, too: packs that are off by default, for example.")
]
Ignore = Annotated[list[str] | None, typer.Option(help="No rules whose name starts so, or of this category.")]
Fields = Annotated[
    list[str] | None,
    typer.Option(metavar="OURS=THEIRS", help="Field names of JSON Lines, CSV, Parquet: --field text=body."),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings", help="This settings file, not the nearest provcheck.toml or [tool.provcheck]."
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no settings file.")]
AllowCode = Annotated[
    bool, typer.Option("--allow-code", help="Let rules of `check: python` run code from files beside them.")
]


def say(told: str) -> None:
    """A line on standard error, without control characters: it may hold what a text or a record says."""
    from provcheck.reports.wording import flat

    typer.echo(f"provcheck: {flat(told)}", err=True)


@contextmanager
def user_errors() -> Iterator[None]:
    """Failures of the user's making end with one clear sentence and exit status 2."""
    from provcheck.errors import ProvcheckError

    try:
        yield
    except ProvcheckError as error:
        typer.echo(f"provcheck: {error}", err=True)
        raise typer.Exit(2) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        typer.echo(f"provcheck: {error.filename or 'output'}: {error.strerror or error}", err=True)
        raise typer.Exit(2) from None


def configured(
    settings: Path | None, isolated: bool, field: list[str] | None = None, **options: Any
) -> Configured:
    """Settings from the nearest file and the options of a command. Lists count as not given when empty."""
    from provcheck.errors import UsageError
    from provcheck.resources import from_here
    from provcheck.settings_file import configure, find_settings

    if settings is not None and isolated:
        raise UsageError("--settings and --isolated do not go together")
    path = None if isolated else settings or find_settings(Path.cwd())
    given = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in options.items()
        if value is not None
    }
    if field:
        given["fields"] = assignments(field, "--field", "OURS=THEIRS", "text=body")
    found = configure(from_here(path) if path else None, given)
    for note in found.notes:
        typer.echo(f"provcheck: {note}", err=True)
    return found


def assignments(given: list[str], option: str, form: str, example: str) -> dict[str, str]:
    """What an option that is given as NAME=VALUE, again and again, says. Raises UsageError."""
    from provcheck.errors import UsageError

    told: dict[str, str] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign or not name or not value:
            raise UsageError(f"{option} {item}: write it as {form}, for example {example}")
        told[name] = value
    return told


def show_settings(found: Configured) -> None:
    """Each setting, its value, and where it came from."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("setting", "value", "from"):
        table.add_column(column, overflow="fold")
    for name, value, where in found.told:
        shown = str(list(value)) if isinstance(value, (list, tuple)) else str(value)
        table.add_row(name, Text(shown), Text(where, "dim" if where == "default" else "green"))
    Console(highlight=False).print(table)


def leave_quietly() -> None:
    """The reader of our output went away: not an error, and Python must not say so at exit."""
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)
