"""`provcheck compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from provcheck.cli import common

if TYPE_CHECKING:
    from rich.text import Text

    from provcheck.model import Document, Span
    from provcheck.relations.side_by_side import Comparison
    from provcheck.settings import Settings


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A file; with --in, the id of a document.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other file or id.")],
    source: Annotated[
        list[str] | None, typer.Option("--in", help="Look the two ids up in this file or folder; repeatable.")
    ] = None,
    format: Annotated[
        Literal["terminal", "json"], typer.Option(help="Side by side for people, or one JSON object.")
    ] = "terminal",
    field: common.Fields = None,
    settings: common.SettingsFile = None,
    isolated: common.Isolated = False,
) -> None:
    """Two documents side by side: their relation and its reasons, and what differs, passage by passage."""
    from provcheck.checker import Checker
    from provcheck.relations.side_by_side import compare as compared

    with common.user_errors():
        found = common.configured(settings, isolated, field).settings
        one, other = _documents(a, b, source, found)
        result, left, right = compared(one, other, Checker(found))
    if format == "json":
        import msgspec

        typer.echo(msgspec.json.encode(result).decode())
        return
    _show(result, left.text, right.text)


def _documents(a: str, b: str, source: list[str] | None, settings: Settings) -> tuple[Document, Document]:
    """The two documents. Raises UsageError if one is not there, or is no single document."""
    from msgspec.structs import replace

    from provcheck.errors import UsageError
    from provcheck.intake.files import read_documents
    from provcheck.model import Document, Problem

    if source:
        wanted = {a, b}
        read = (d for d in read_documents(source, settings) if isinstance(d, Document) and d.id in wanted)
        found = {d.id: d for d in read}
        missing = [name for name in (a, b) if name not in found]
        if missing:
            raise UsageError(f"no document has the id {missing[0]!r} in {', '.join(source)}")
        return found[a], found[b]
    documents = []
    for name in (a, b):
        if Path(name).is_dir():
            raise UsageError(f"{name}: is a folder; compare takes two files, or two ids with --in")
        items = list(read_documents([name], settings))
        problem = next((item for item in items if isinstance(item, Problem)), None)
        if problem is not None:
            raise UsageError(f"{problem.path}: {problem.reason}")
        if len(items) != 1:
            raise UsageError(f"{name}: holds {len(items)} documents; name two ids with --in {name}")
        document = items[0]
        assert isinstance(document, Document)
        documents.append(replace(document, id=name))
    if documents[0].id == documents[1].id:
        raise UsageError("compare takes two different documents")
    return documents[0], documents[1]


def _show(result: Comparison, left: str, right: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from provcheck.reports.wording import flat

    console = Console(highlight=False)
    relation = result.relation or "not of one source text"
    style = "bold green" if result.relation else "bold yellow"
    console.print(Text.assemble((relation, style), f"  score {result.score:.2f}"))
    for reason in result.reasons:
        console.print(Text(f"  {reason}", "dim"))
    for finding in result.findings:
        console.print(Text.assemble("  ", (finding.category, "yellow"), f"  {flat(finding.message)}"))
    table = Table(expand=True, header_style="bold", show_lines=True)
    table.add_column(f"A  {flat(result.a)}", ratio=1, overflow="fold")
    table.add_column(f"B  {flat(result.b)}", ratio=1, overflow="fold")
    for passage in result.passages:
        table.add_row(
            _marked(left, passage.a, passage.changed_a, "red", alone=passage.b is None),
            _marked(right, passage.b, passage.changed_b, "green", alone=passage.a is None),
        )
        if passage.moved:
            table.add_row(Text("(moved)", "dim"), Text("(moved)", "dim"))
    console.print(table)


def _marked(text: str, span: Span | None, changed: tuple[Span, ...], style: str, alone: bool) -> Text:
    """A passage with the words that differ marked; all of it where the other side has nothing."""
    from rich.text import Text

    from provcheck.reports.wording import flat

    if span is None:
        return Text("")
    if alone:
        return Text(flat(text[span[0] : span[1]]), style)
    shown, at = Text(), span[0]
    for start, end in changed:
        shown.append(_kept_spaces(text[at:start]))
        shown.append(_kept_spaces(text[start:end]), f"bold {style}")
        at = end
    shown.append(_kept_spaces(text[at : span[1]]))
    return shown


def _kept_spaces(text: str) -> str:
    """As `flat`, with the spaces at the ends kept: the pieces of a passage are put together again."""
    from provcheck.reports.wording import flat

    core = flat(text)
    if not core:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + core + (" " if text[-1].isspace() else "")
