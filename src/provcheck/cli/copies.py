"""`provcheck copies`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from provcheck.cli import common


def copies(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, folders, or - for JSON Lines.")
    ],
    threshold: Annotated[
        float, typer.Option(min=0.05, max=1.0, help="Jaccard similarity of the shingles of two near copies.")
    ] = 0.3,
    shingle: Annotated[int, typer.Option(min=1, max=20, help="Words of a shingle.")] = 3,
    permutations: Annotated[int, typer.Option(min=16, max=1024, help="MinHash values of a text.")] = 128,
    output: Annotated[Path | None, typer.Option(help="Write to this file, whole or not at all.")] = None,
    field: common.Fields = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
) -> None:
    """Groups of near copies and nothing else: one JSON array of ids a line. For millions of texts; no rule runs."""
    import msgspec

    from provcheck.groups.nearcopies import near_copies
    from provcheck.intake.files import read_documents
    from provcheck.model import Problem
    from provcheck.reports.wording import counted
    from provcheck.runtime.output import written_whole

    ids: list[str] = []
    problems = 0

    def texts() -> Iterator[str]:
        nonlocal problems
        for item in read_documents(inputs, configured.settings):
            if isinstance(item, Problem):
                problems += 1
                common.say(f"{item.path}: {item.reason}")
            else:
                ids.append(item.id)
                yield item.text

    with common.user_errors():
        configured = common.configured(settings, isolated, field)
        found = near_copies(texts(), threshold=threshold, permutations=permutations, shingle=shingle)
        lines = (msgspec.json.encode([ids[number] for number in group]) + b"\n" for group in found)
        if output is None:
            for line in lines:
                typer.echo(line, nl=False)
        else:
            with written_whole(output, inputs) as stream:
                stream.writelines(lines)
    copied = sum(len(group) for group in found)
    told = f"{counted(len(ids), 'text')}: {counted(len(found), 'group')} of {copied:,} near copies"
    typer.echo(told, err=True)
    if problems:
        raise typer.Exit(2)
