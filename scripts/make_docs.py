"""Write the generated pages: the rule catalogue, the schema of the output, the picture of the README.

usage: python scripts/make_docs.py [--check]     --check writes nothing and fails where a page is out of step
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

from provcheck.authoring.schema import rule_schema
from provcheck.lexicon.agencies import agencies
from provcheck.model import Summary
from provcheck.reports.jsonl import contract_schema
from provcheck.reports.terminal import TerminalReport
from provcheck.rulebook.packs import read_packs
from provcheck.rulebook.rule import Rule
from provcheck.run import scan_records

DOCS = Path(__file__).parents[1] / "docs"


def catalogue() -> str:
    packs = read_packs()
    lines = [
        "# Rule catalogue",
        "",
        "Generated from `rules/` by `make docs`; do not edit. What a rule matches stands in its examples.",
        "",
    ]
    for pack in packs:
        off = "" if pack.enabled else f" Off by default; `--extend-select {pack.id}` turns it on."
        lines += [f"## {pack.id}", "", pack.about + off, ""]
        for rule in pack.rules:
            lines += _entry(rule)
    return "\n".join(lines).rstrip() + "\n"


def command_page() -> str:
    """Every command with what `--help` says, 100 characters wide."""
    import typer

    from provcheck.cli import app

    lines = ["# Commands", "", "Generated from the program by `make docs`; do not edit.", ""]

    def tell(command: Any, name: str, above: Any) -> None:
        context = command.make_context(name, [], parent=above, resilient_parsing=True)
        context.max_content_width = context.terminal_width = 100
        if hasattr(command, "list_commands"):
            for each in command.list_commands(context):
                tell(command.get_command(context, each), each, context)
            return
        lines.extend(
            [f"## {context.command_path}", "", "```text", command.get_help(context).rstrip(), "```", ""]
        )

    tell(typer.main.get_command(app), "provcheck", None)
    return "\n".join(lines).rstrip() + "\n"


def agency_page() -> str:
    lines = [
        "# News agencies",
        "",
        "Generated from `rules/lists/agencies.yaml` by `make docs`; do not edit.",
        "",
        "| agency | also written | country | languages | credited |",
        "| --- | --- | --- | --- | --- |",
    ]
    for agency in sorted(agencies(), key=lambda a: a.name.casefold()):
        others = ", ".join(name for name in agency.names if name != agency.name)
        lines.append(
            f"| {agency.name} | {others} | {agency.country} | {' '.join(agency.languages)} | {agency.custom} |"
        )
    return "\n".join(lines) + "\n"


def _entry(rule: Rule) -> list[str]:
    card = rule.card
    facts = f"{card.category} · {card.action} · {card.level} · {card.confidence} confidence · check `{card.check}`"
    lines = [
        f"### {rule.name}",
        "",
        facts + (f" · only {', '.join(card.languages)}" if card.languages else ""),
        "",
    ]
    if card.why:
        lines += [card.why, ""]
    for title, examples in (("Finds", card.examples.match), ("Leaves", card.examples.none)):
        texts = [example.text for example in examples]
        shown = [text for text in texts if text and len(text) <= 120 and "\n" not in text]
        if shown:
            lines += [f"{title}: " + " · ".join(f"`{text}`" for text in shown[:4]), ""]
    return lines


def picture() -> str:
    """The terminal report on three of the seeds, as SVG."""
    console = Console(record=True, width=108, file=io.StringIO(), highlight=False, force_terminal=True)
    report = TerminalReport(console, console)
    seeds = DOCS.parent / "seeds"
    with tempfile.TemporaryDirectory() as folder:
        for name in ("ferry-01-wire", "ferry-06-roundtrip", "ferry-08-uncredited"):
            for path in sorted(seeds.glob(f"{name}.*")):
                shutil.copy(path, folder)
        for record in scan_records([folder]):
            if not isinstance(record, Summary):
                report.add(record)
    return console.export_svg(title="provcheck scan", unique_id="provcheck")


def pages() -> dict[str, str]:
    schema = json.dumps(contract_schema(), indent=1, ensure_ascii=False, sort_keys=True)
    rules = json.dumps(rule_schema(), indent=1, ensure_ascii=False, sort_keys=True)
    return {
        "rules.md": catalogue(),
        "agencies.md": agency_page(),
        "commands.md": command_page(),
        "scan-1.schema.json": schema + "\n",
        "rules.schema.json": rules + "\n",
        "images/scan.svg": picture(),
    }


def main(check: bool) -> int:
    stale = []
    for name, text in pages().items():
        path = DOCS / name
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, "utf-8")
    if check and stale:
        print(f"out of step with the code: {', '.join(stale)}; run `make docs`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
