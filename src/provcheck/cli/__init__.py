"""The command line: the only place that prints, prompts or exits. One module a command."""

from __future__ import annotations

from typing import Annotated

import typer

from provcheck.cli import clean, compare, copies, explain, filter, groups, index, rules, scan, serve

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,  # rich help takes twice the time to start
    pretty_exceptions_enable=False,
    help="A linter for scraped news: what is not the article, whose article it is, its copies, and what changed.",
)


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        from provcheck._version import __version__

        typer.echo(f"provcheck {__version__}")
        raise typer.Exit


app.command(
    short_help="Examine articles: what is no article, whose, copies, drift.",
    epilog="Examples:  provcheck scan articles/   ·   provcheck scan crawl.jsonl.gz --format jsonl --output found.jsonl"
    "   ·   cat crawl.jsonl | provcheck scan -",
)(scan.scan)
app.command(
    short_help="Write the articles without what is not theirs.",
    epilog="Examples:  provcheck clean articles/ --diff   ·   provcheck clean crawl.jsonl --output cleaned/",
)(clean.clean)
app.command(
    short_help="Judge a stream of JSON Lines, one by one.",
    epilog="Examples:  crawler | provcheck filter --dropped dropped.jsonl > kept.jsonl   ·   provcheck filter --policy tag < crawl.jsonl",
)(filter.filter)
app.command(
    short_help="Put two documents side by side.",
    epilog="Examples:  provcheck compare wire.txt copy.txt   ·   provcheck compare 17 42 --in crawl.jsonl",
)(compare.compare)
app.command(
    short_help="Find near copies, and nothing else.",
    epilog="Examples:  provcheck copies crawl.jsonl.gz --output copies.jsonl   ·   provcheck copies articles/ --threshold 0.7",
)(copies.copies)
app.command(
    short_help="Show the groups of a scan; try other thresholds.",
    epilog="Examples:  provcheck groups found.jsonl   ·   provcheck groups found.jsonl --borderline 20",
)(groups.groups)
app.command(
    short_help="Bring back the originals of a cleaned folder.",
    epilog="Example:  provcheck restore cleaned/ --output originals/",
)(clean.restore)
app.command(
    short_help="Say what a rule or a finding means.",
    epilog="Examples:  provcheck explain names/name-drift   ·   provcheck explain 1f0c9a7be2d34518 --in found.jsonl",
)(explain.explain)
app.command(
    short_help="Write a first provcheck.toml and a pack of rules.",
    epilog="Example:  provcheck init corpus/ --pack coast",
)(explain.init)
app.command(short_help="Answer over HTTP.", epilog="Example:  provcheck serve --port 8750")(serve.serve)
app.add_typer(index.app, name="index", short_help="Keep an archive of all that was ever scanned.")
app.add_typer(rules.app, name="rules")
