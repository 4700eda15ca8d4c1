"""Write the generated pages: docs/rules.md (the rule catalogue) and docs/scan-1.schema.json (the output contract).

usage: python scripts/make_docs.py [--check]     --check writes nothing and fails where a page is out of step
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path

from provcheck.reports.jsonl import contract_schema
from provcheck.rule import Rule
from provcheck.ruleset import load

DOCS = Path(__file__).parents[1] / "docs"


def catalogue() -> str:
    ruleset = load()
    about = {pack.id: pack for pack in ruleset.packs}
    lines = [
        "# Rule catalogue",
        "",
        "Generated from `rules/` by `make docs`; do not edit. What a rule matches stands in its examples.",
        "",
    ]
    for pack, rules in groupby(ruleset.rules, key=lambda rule: rule.pack):
        lines += [f"## {pack}", "", about[pack].about, ""]
        for rule in rules:
            lines += _entry(rule)
    return "\n".join(lines).rstrip() + "\n"


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
    for title, texts in (("Finds", card.examples.match), ("Leaves", card.examples.none)):
        shown = [text for text in texts if len(text) <= 120 and "\n" not in text]
        if shown:
            lines += [f"{title}: " + " · ".join(f"`{text}`" for text in shown[:4]), ""]
    return lines


def pages() -> dict[str, str]:
    schema = json.dumps(contract_schema(), indent=1, ensure_ascii=False, sort_keys=True)
    return {"rules.md": catalogue(), "scan-1.schema.json": schema + "\n"}


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
