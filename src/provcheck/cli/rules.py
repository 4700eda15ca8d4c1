"""`provcheck rules`: what the rules are, what they cost, and whether they do what their examples say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    from provcheck.rulebook.packs import Pack
    from provcheck.rulebook.rule import Rule
    from provcheck.settings_file import Configured

_WIDE = 1_000  # columns: no line of a table is folded in a file or a pipe

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, show, test, time and write rules.")


@app.command("list", epilog="Example:  provcheck rules list credits")
def list_rules(
    prefix: Annotated[str, typer.Argument(help="Only rules whose name starts so, or of this category.")] = "",
    rules: common.Rules = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """All rules: name, category, action, level, check, and whether the settings have it on."""
    from rich.console import Console
    from rich.table import Table

    from provcheck.rulebook.choice import named
    from provcheck.rulebook.ruleset import load
    from provcheck.settings import RuleNames

    with common.user_errors():
        found = common.configured(settings, isolated, rules=rules)
        on = {rule.name: rule for rule in load(found.settings, allow_code).rules}
        every = [on.get(r.name, r) for pack in _packs(found, allow_code) for r in pack.rules]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("rule", "category", "action", "level", "check", ""):
        table.add_column(column, overflow="fold", no_wrap=column in ("rule", "action", "level", ""))
    begins = RuleNames(frozenset())  # a whole name begins others here, too
    shown = [rule for rule in every if not prefix or named(rule, (prefix,), begins)]
    for rule in shown:
        card = rule.card
        state = "" if rule.name in on else "off"
        table.add_row(rule.name, card.category, card.action, card.level, card.check, state)
    if not shown:
        typer.echo(f"provcheck: no rule starts with {prefix!r} or is of that category", err=True)
        raise typer.Exit(2)
    console = Console(highlight=False)
    if not console.is_terminal:  # a file or a pipe is as wide as it needs
        console.width = max(console.width, Console(width=_WIDE).measure(table).maximum)
    console.print(table)


@app.command(epilog="Example:  provcheck rules show boilerplate-en/see-also")
def show(
    name: Annotated[str, typer.Argument(help="The rule's name: pack/rule.")],
    rules: common.Rules = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
) -> None:
    """What a rule finds, why, its examples, and how to silence it."""
    with common.user_errors():
        found = common.configured(settings, isolated, rules=rules)
        every = {rule.name: rule for pack in _packs(found, allow_code) for rule in pack.rules}
    if name not in every:
        from difflib import get_close_matches

        within = [rule for rule in every.values() if name in (rule.pack, rule.card.category)]
        if within:
            typer.echo(
                f"{name} is a {'pack' if within[0].pack == name else 'category'} of {len(within)} rules:\n"
            )
            typer.echo("\n".join(f"  {rule.name}  {rule.card.message}" for rule in within))
            typer.echo(f"\n  silence all: provcheck scan … --ignore {name}; one: provcheck rules show NAME")
            return

        near = get_close_matches(name, every, n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        typer.echo(f"provcheck: no rule {name!r}{hint}", err=True)
        raise typer.Exit(2)
    typer.echo("\n".join(_described(every[name])))


def _described(rule: Rule) -> list[str]:
    card = rule.card
    facts = (
        f"category {card.category}, action {card.action}, level {card.level}, {card.confidence} confidence"
    )
    only = f", languages {', '.join(card.languages)}" if card.languages else ""
    lines = [rule.name, f"  {card.message}", ""]
    lines += [f"  {card.why}", ""] if card.why else []
    lines += [f"  {card.link}", ""] if card.link else []
    lines += [f"  {facts}", f"  check {card.check}{only}"]
    lines += [f"  since {card.since}"] if card.since else []
    lines += [f"  needs {', '.join(sorted(rule.needs))}"] if rule.needs else []
    for title, examples in (
        ("finds what stands in [[ ]], or all", card.examples.match),
        ("leaves", card.examples.none),
    ):
        for example in examples:
            texts = [line for document in example.all for line in document.text.splitlines() if line]
            lines += ["", f"  {title}:", *(f"    {line}" for line in texts)]
    return [
        *lines,
        "",
        f"  silence it: provcheck scan … --ignore {rule.name}",
        f'  or in provcheck.toml: ignore = ["{rule.name}"]; single findings: suppressions = "FILE.yaml"',
    ]


@app.command("test", epilog="Example:  provcheck rules test coast.yaml")
def test_rules(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Rule files or folders; none tests the rules that ship and those of the settings."
        ),
    ] = None,
    allow_code: common.AllowCode = False,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
) -> None:
    """Run every rule on its own examples; exit 1 if one fails or lacks an example."""
    from provcheck.authoring.selftest import RuleTester
    from provcheck.rulebook.packs import read_packs

    with common.user_errors():
        given = tuple(paths or common.configured(settings, isolated).settings.rules)
        tester = RuleTester(given, allow_code)
        shipped = {pack.id for pack in read_packs()} if paths else set()
    tested = [rule for rule in tester.rules if rule.pack not in shipped]
    failed = 0
    skipped: dict[str, int] = {}
    for rule in tested:
        reason = tester.unavailable(rule)
        if reason is not None:
            skipped[reason] = skipped.get(reason, 0) + 1
            continue
        complaints = tester.complaints(rule)
        failed += bool(complaints)
        for complaint in complaints:
            typer.echo(f"{rule.name}: {complaint}")
    for reason, many in skipped.items():
        typer.echo(f"{many} {'rule' if many == 1 else 'rules'} cannot be tested here: {reason}")
    missing = sum(skipped.values())
    left = f", {missing} skipped" if missing else ""
    typer.echo(f"{len(tested) - failed - missing} passed, {failed} failed{left}")
    raise typer.Exit(int(failed > 0))


@app.command(epilog="Example:  provcheck rules new coast/tip-line --output coast.yaml")
def new(
    name: Annotated[str, typer.Argument(help="PACK/RULE: lower-case letters, digits and hyphens.")],
    check: Annotated[
        str, typer.Option(help="The kind of check: pattern, replace, count, list …")
    ] = "pattern",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; PACK.yaml if not said.")
    ] = None,
) -> None:
    """Write a pack with a first rule, its examples passing, to start from."""
    from provcheck.authoring.draft import draft, draft_kinds
    from provcheck.rulebook.packs import is_id

    pack, sign, rule = name.partition("/")
    if not sign or not is_id(pack) or not is_id(rule):
        typer.echo(
            f"provcheck: {name!r} is no name of a rule; write it as pack/rule, for example coast/tip-line",
            err=True,
        )
        raise typer.Exit(2)
    if check not in draft_kinds():
        typer.echo(f"provcheck: no draft for {check!r}; there are {', '.join(draft_kinds())}", err=True)
        raise typer.Exit(2)
    path = output or Path(f"{pack}.yaml")
    with common.user_errors():
        try:
            with path.open("x", encoding="utf-8") as stream:
                stream.write(draft(pack, rule, check))
        except FileExistsError:
            typer.echo(f"provcheck: {path} exists already; nothing was written", err=True)
            raise typer.Exit(2) from None
    typer.echo(f"wrote {path}; next: provcheck rules test {path}")


@app.command(epilog="Example:  provcheck rules schema > provcheck-rules.schema.json")
def schema() -> None:
    """The JSON Schema of a rule file, for editors."""
    import json

    from provcheck.authoring.schema import rule_schema

    typer.echo(json.dumps(rule_schema(), indent=1, ensure_ascii=False, sort_keys=True))


@app.command("time", epilog="Example:  provcheck rules time articles/ --rules coast.yaml")
def time_rules(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="The corpus: files or folders.")],
    rules: common.Rules = None,
    select: common.Select = None,
    extend_select: common.ExtendSelect = None,
    ignore: common.Ignore = None,
    field: common.Fields = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
    allow_code: common.AllowCode = False,
    most: Annotated[int, typer.Option(min=1, help="How many documents to read at most.")] = 2_000,
) -> None:
    """What each rule costs on a corpus, dearest first."""
    from itertools import islice

    from provcheck.authoring.timing import rule_costs
    from provcheck.intake.files import read_documents
    from provcheck.model import Document
    from provcheck.rulebook.ruleset import load

    with common.user_errors():
        found = common.configured(
            settings, isolated, field, rules=rules, select=select, extend_select=extend_select, ignore=ignore
        ).settings
        read = (item for item in read_documents(inputs, found) if isinstance(item, Document))
        documents = list(islice(read, most))
        costs, shared = rule_costs(documents, load(found, allow_code))
    typer.echo(f"{len(documents)} documents; one pass over all patterns: {shared:.3f} s")
    typer.echo(f"{'seconds':>8} {'tried':>7} {'found':>7}  rule")
    for cost in costs:
        typer.echo(f"{cost.seconds:8.3f} {cost.tried:7} {cost.found:7}  {cost.rule}")


def _packs(found: Configured, allow_code: bool) -> list[Pack]:
    from provcheck.rulebook.packs import read_packs

    return read_packs(found.settings.rules, found.settings.shipped_rules, allow_code)
