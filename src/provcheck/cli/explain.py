"""`provcheck explain` and `provcheck init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provcheck.cli import common, rules

if TYPE_CHECKING:
    from provcheck.reports.rows import Row

_DIGITS = 16  # of a fingerprint
_SETTINGS = """# Settings of provcheck: docs/settings.md says what each means. `provcheck scan --show-settings` tells what holds.
rules = ["{pack}.yaml"]
fail-on = "error"            # error, warning, note, never

[levels]
# "names/lone-quote" = "off"

[policy]
drop-below-words = 8
review-below-words = 50
"""


def explain(
    what: Annotated[
        str, typer.Argument(metavar="RULE-OR-FINDING", help="pack/rule, or the 16 digits of a finding.")
    ],
    scan: Annotated[
        Path | None, typer.Option("--in", help="The scan (JSON Lines) that the finding stands in.")
    ] = None,
    own: common.Rules = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """What a rule is for, or a single finding: its place, its reason, the other places, and how to silence it.

    The digits of a finding stand in SARIF files and baselines; they stay the same when lines move.
    """
    if not _is_fingerprint(what):
        rules.show(what, own, settings, isolated, allow_code)
        return
    with common.user_errors():
        found = _find(what, scan)
    if found is None:
        typer.echo(f"provcheck: {scan} has no finding {what}", err=True)
        raise typer.Exit(2)
    typer.echo(f"{found.document}:{found.line}  {found.message}\n")
    typer.echo(f"  {' '.join(found.text.split())}\n")
    for place in found.others[:10]:
        where = f"{place.document}:{place.line}" if place.line else place.document
        typer.echo(f"  {where}  {' '.join(place.text.split())}")
    typer.echo("")
    rules.show(found.rule, own, settings, isolated, allow_code)


def _is_fingerprint(what: str) -> bool:
    return len(what) == _DIGITS and all(c in "0123456789abcdef" for c in what)


def _find(fingerprint: str, scan: Path | None) -> Row | None:
    import msgspec

    from provcheck.errors import UsageError
    from provcheck.model import Record
    from provcheck.reports.rows import Rows

    if scan is None:
        raise UsageError("name the scan that the finding stands in: --in found.jsonl")
    decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)
    rows = Rows()
    with scan.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                record = decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise UsageError(f"{scan}:{number}: is no record of a scan: {error}") from None
            for row in rows.of(record):
                if row.fingerprint == fingerprint:
                    return row
    return None


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")] = Path(),
    pack: Annotated[str, typer.Option(help="The name of your first pack of rules.")] = "local",
) -> None:
    """Write provcheck.toml and a first pack with one rule and its examples, to start from."""
    from provcheck.authoring.draft import draft
    from provcheck.errors import UsageError
    from provcheck.rulebook.packs import is_id

    with common.user_errors():
        if not is_id(pack):
            raise UsageError(f"{pack!r} is no name of a pack: lower-case letters, digits and hyphens")
        files = {
            folder / "provcheck.toml": _SETTINGS.format(pack=pack),
            folder / f"{pack}.yaml": draft(pack, "tip-line", "pattern"),
        }
        there = [path for path in files if path.exists()]
        if there:
            raise UsageError(f"{there[0]} exists already; nothing was written")
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            with path.open("x", encoding="utf-8") as stream:
                stream.write(text)
    typer.echo(f"wrote {' and '.join(str(path) for path in files)}")
    there_first = f"  cd {folder}\n" if folder != Path() else ""
    typer.echo(f"next:\n{there_first}  provcheck rules test {pack}.yaml\n  provcheck scan articles/")
