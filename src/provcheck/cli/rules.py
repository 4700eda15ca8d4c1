"""`provcheck rules`: what the rules are, and whether they do what their examples say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from provcheck.rule import Rule
    from provcheck.ruleset import RuleSet

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, show and test rules.")

Extra = Annotated[
    list[str] | None, typer.Option("--rules", help="A rule file or folder of your own; repeatable.")
]


@app.command("list", epilog="Example:  provcheck rules list credits")
def list_rules(
    prefix: Annotated[str, typer.Argument(help="Only rules whose name starts so, or of this category.")] = "",
    rules: Extra = None,
) -> None:
    """All rules: name, category, action, level, check."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("rule", "category", "action", "level", "check"):
        table.add_column(column, no_wrap=True)
    found = [
        r for r in _load(rules).rules if not prefix or r.name.startswith(prefix) or r.card.category == prefix
    ]
    for rule in found:
        table.add_row(rule.name, rule.card.category, rule.card.action, rule.card.level, rule.card.check)
    if not found:
        typer.echo(f"provcheck: no rule starts with {prefix!r} or is of that category", err=True)
        raise typer.Exit(2)
    Console(highlight=False).print(table)


@app.command(epilog="Example:  provcheck rules show boilerplate-en/see-also")
def show(
    name: Annotated[str, typer.Argument(help="The rule's name: pack/rule.")], rules: Extra = None
) -> None:
    """What a rule finds, why, its examples, and how to silence it."""
    loaded = _load(rules)
    rule = next((rule for rule in loaded.rules if rule.name == name), None)
    if rule is None:
        from difflib import get_close_matches

        near = get_close_matches(name, [rule.name for rule in loaded.rules], n=1, cutoff=0.4)
        typer.echo(
            f"provcheck: no rule {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""), err=True
        )
        raise typer.Exit(2)
    typer.echo("\n".join(_described(rule)))


def _described(rule: Rule) -> list[str]:
    card = rule.card
    lines = [rule.name, f"  {card.message}", ""]
    lines += [f"  {card.why}", ""] if card.why else []
    lines.append(
        f"  category {card.category}, action {card.action}, level {card.level}, {card.confidence} confidence"
    )
    lines.append(
        f"  check {card.check}" + (f", languages {', '.join(card.languages)}" if card.languages else "")
    )
    for title, texts in (("finds", card.examples.match), ("leaves", card.examples.none)):
        for text in texts:
            lines += ["", f"  {title}:", *(f"    {line}" for line in text.splitlines() if line)]
    return [*lines, "", f"  silence it: provcheck scan … --ignore {rule.name}"]


@app.command("test", epilog="Example:  provcheck rules test coast.yaml")
def test_rules(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Rule files or folders; none tests the rules that ship.")
    ] = None,
) -> None:
    """Run every rule on its own examples; exit 1 if one fails or lacks an example."""
    from provcheck.ruletest import test_rule

    shipped = {rule.name for rule in _load(None).rules}
    tested = [rule for rule in _load(paths).rules if not paths or rule.name not in shipped]
    failed = 0
    for rule in tested:
        complaints = test_rule(rule, paths or ())
        failed += bool(complaints)
        for complaint in complaints:
            typer.echo(f"{rule.name}: {complaint}")
    typer.echo(f"{len(tested) - failed} passed, {failed} failed")
    raise typer.Exit(int(failed > 0))


def _load(paths: list[str] | None) -> RuleSet:
    from provcheck.errors import ProvcheckError
    from provcheck.ruleset import load

    try:
        return load(paths or ())
    except ProvcheckError as error:
        typer.echo(f"provcheck: {error}", err=True)
        raise typer.Exit(2) from None
