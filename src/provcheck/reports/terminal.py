"""The report for people: findings with their text marked, groups and stories as trees, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console, RenderableType
from rich.console import Group as Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from provcheck.model import (
    Candidates,
    CrossFinding,
    DocumentRecord,
    Finding,
    Group,
    Header,
    Link,
    Problem,
    Record,
    Site,
    Story,
    Summary,
)
from provcheck.reports.totals import summary_table
from provcheck.reports.wording import archived, counted, flat, shorten

_MARK = {"remove": "red", "credit": "cyan", "flag": "yellow"}
_LEVEL = {"error": "bold red", "warning": "yellow", "note": "dim"}
_VERDICT = {"keep": "green", "review": "yellow", "drop": "red"}
_FEW = 20  # scans of more documents show only those with something to look at
_SAME_RUN = 4  # lines (blank ones counted) between two findings of one run
_MEMBERS_SHOWN, _CROSS_SHOWN, _MATCHES_SHOWN = 12, 30, 5


class TerminalReport:
    """Writes records to a console as they come. The only state is what the summary needs."""

    def __init__(self, console: Console, problems: Console, quiet_credits: bool = True) -> None:
        self._console = console
        self._problems = problems
        self._quiet_credits = quiet_credits
        self._written = 0
        self._held_back = 0

    def add(self, record: Record) -> None:
        """Show one record."""
        shows: dict[type, Callable[..., None]] = {
            DocumentRecord: self._document,
            Problem: self._problem,
            Group: self._group,
            Story: self._story,
            Site: self._site,
            Summary: self._summary,
            Header: lambda header: None,
            Candidates: lambda candidates: None,
        }
        shows[type(record)](record)

    def _problem(self, problem: Problem) -> None:
        where = f" ({problem.where})" if problem.where else ""
        name = "" if not problem.id or problem.path.endswith(problem.id) else problem.id
        label = f"{problem.path}{': ' + name if name else ''}"
        self._problems.print(
            Text.assemble(("problem ", "bold red"), (flat(label), "bold"), f"{where}: {flat(problem.reason)}")
        )

    def _document(self, record: DocumentRecord) -> None:
        shown = [
            f
            for f in record.findings
            if f.known is not True and (f.action != "credit" or not self._quiet_credits)
        ]
        for skip in record.skipped:
            self._problems.print(
                Text.assemble(
                    ("skipped ", "bold red"),
                    (skip.rule, "bold"),
                    f" on {flat(record.id)}: {flat(skip.reason)}",
                )
            )
        self._written += 1
        if (
            self._written > _FEW
            and not any(f.level != "note" and f.action == "flag" for f in record.findings)
            and record.verdict == "keep"
            and not record.matches
        ):
            self._held_back += 1
            return
        self._console.print()
        self._console.print(_heading(record))
        credits = _credits(record)
        if credits:
            self._console.print(Padding(credits, (0, 0, 0, 2)))
        if shown:
            self._console.print(Padding(_finding_table(shown), (0, 0, 0, 2)))
        for match in record.matches[:_MATCHES_SHOWN]:
            told = Text.assemble(("archive ", "bold magenta"), archived(match))
            self._console.print(Padding(told, (0, 0, 0, 2)))
        if len(record.matches) > _MATCHES_SHOWN:
            more = f"  … and {len(record.matches) - _MATCHES_SHOWN} more in the archive"
            self._console.print(Text(more, "dim"))

    def _group(self, group: Group) -> None:
        tree = Tree(
            Text.assemble(
                ("group ", "bold magenta"),
                (group.id, "dim"),
                f"  {len(group.members)} documents share one source text",
            ),
            guide_style="dim",
        )
        best: dict[str, Link] = {}
        for link in reversed(group.links):
            for name in (link.a, link.b):
                best[name] = link
        for member in group.members[:_MEMBERS_SHOWN]:
            nearest = best.get(member.id)
            score = _link_words(nearest)
            style = "bold green" if member.role == "likely-origin" else ""
            tree.add(Text.assemble((flat(member.id), style), (f"  {member.role}", "cyan"), (score, "dim")))
        if len(group.members) > _MEMBERS_SHOWN:
            tree.add(Text(f"… and {len(group.members) - _MEMBERS_SHOWN} more", "dim"))
        origin = group.origin.document or "undecided"
        branch = tree.add(
            Text.assemble(
                "origin: ",
                (flat(origin), "bold"),
                (f" ({group.origin.confidence} confidence)" if group.origin.document else "", "dim"),
            )
        )
        for reason in group.origin.evidence[:4]:
            branch.add(Text(flat(reason), "dim"))
        _add_cross(tree, group.findings)
        self._print_tree(tree)

    def _story(self, story: Story) -> None:
        tree = Tree(
            Text.assemble(
                ("story ", "bold blue"),
                (story.id, "dim"),
                f"  {len(story.documents)} documents report one event",
            ),
            guide_style="dim",
        )
        for name in story.documents[:_MEMBERS_SHOWN]:
            tree.add(Text(flat(name)))
        if len(story.documents) > _MEMBERS_SHOWN:
            tree.add(Text(f"… and {len(story.documents) - _MEMBERS_SHOWN} more", "dim"))
        for reason in story.evidence:
            tree.add(Text(flat(reason), "dim"))
        _add_cross(tree, story.findings)
        self._print_tree(tree)

    def _site(self, site: Site) -> None:
        tree = Tree(
            Text.assemble(
                ("outlet ", "bold yellow"), flat(site.outlet), f"  {counted(len(site.documents), 'document')}"
            ),
            guide_style="dim",
        )
        _add_cross(tree, site.findings)
        self._print_tree(tree)

    def _print_tree(self, tree: Tree) -> None:
        self._console.print()
        self._console.print(tree)

    def _summary(self, summary: Summary) -> None:
        if self._held_back:
            self._console.print()
            self._console.print(
                Text(
                    f"{self._held_back:,} documents with nothing to look at are not shown (--format jsonl has them)",
                    "dim",
                )
            )
        self._console.print()
        self._console.print(summary_table(summary))


def _link_words(link: Link | None) -> str:
    if link is None:
        return ""
    return f"  {link.relation} {link.score:.2f}, contained {max(link.containment_a, link.containment_b):.0%}"


def _heading(record: DocumentRecord) -> Text:
    language = record.language.code
    facts = [
        f"{record.words:,} words",
        language,
        *([record.published] if record.published else []),
        *([record.source] if record.source else []),
    ]
    if record.boilerplate_share:
        facts.append(f"{record.boilerplate_share:.0%} not article")
    return Text.assemble(
        (flat(record.id), "bold"),
        "  ",
        (record.verdict, _VERDICT[record.verdict]),
        ("  " + " · ".join(map(flat, facts)), "dim"),
    )


def _credits(record: DocumentRecord) -> Text | None:
    said = record.provenance
    parts = []
    if said.agencies:
        parts.append("agency " + ", ".join(credit.name for credit in said.agencies))
    if said.dateline is not None and said.dateline.place:
        parts.append(f"dateline {said.dateline.place}")
    if said.publisher is not None:
        parts.append(f"published in {said.publisher.name}")
    if said.published is not None:
        parts.append(f"dated {said.published.date}")
    if said.bylines:
        names = list(dict.fromkeys(byline.name for byline in said.bylines))
        parts.append("by " + ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else ""))
    if said.cites:
        parts.append("cites " + ", ".join(credit.name for credit in said.cites))
    return Text(flat(" · ".join(parts)), "cyan") if parts else None


def _finding_table(findings: Sequence[Finding]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for run in _runs(findings):
        first, last = run[0], run[-1]
        lines = f"{first.line}" if first.line == last.line else f"{first.line}–{last.line}"
        quoted = Text(
            shorten(first.text), _MARK[first.action] + (" strike" if first.action == "remove" else "")
        )
        rest = len(run) - 1
        more = Text(f"  and {rest} more line{'s' if rest > 1 else ''}", "dim") if rest else Text()
        table.add_row(lines, Text(first.category, _LEVEL[first.level]), Lines(quoted + more, *_reason(first)))
    return table


def _reason(finding: Finding) -> Iterable[RenderableType]:
    """Why, for what a person must judge; removals name themselves."""
    if finding.action == "flag":
        note = "" if finding.confidence == "high" else f" ({finding.confidence} confidence)"
        yield Text(flat(finding.message) + note, "dim")


def _runs(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings to be shown as one: removals of one category on lines that follow each other."""
    open_runs: dict[str, list[Finding]] = {}
    runs: list[list[Finding]] = []
    for finding in findings:
        run = open_runs.get(finding.category) if finding.action == "remove" else None
        if run is not None and finding.line - run[-1].line <= _SAME_RUN:
            if finding.line != run[-1].line:
                run.append(finding)
            continue
        run = [finding]
        runs.append(run)
        open_runs[finding.category] = run
    return runs


def _add_cross(tree: Tree, everything: Sequence[CrossFinding]) -> None:
    findings = [finding for finding in everything if finding.known is not True]
    for finding in findings[:_CROSS_SHOWN]:
        place = finding.places[0]
        head = Text.assemble(
            (finding.category, _LEVEL[finding.level]),
            "  ",
            (shorten(place.text), "yellow"),
            "  ",
            flat(finding.message),
            ("" if finding.confidence == "high" else f" ({finding.confidence} confidence)", "dim"),
        )
        branch = tree.add(head)
        branch.add(Text(flat(f"{place.document}:{place.line}"), "dim"))
        others = Counter(p.document for p in finding.places if p.document != place.document)
        for other in finding.places:
            if others.pop(other.document, 0):
                branch.add(
                    Text.assemble(
                        (flat(f"{other.document}:{other.line}"), "dim"), " ", (shorten(other.text), "green")
                    )
                )
    if len(findings) > _CROSS_SHOWN:
        tree.add(Text(f"… and {len(findings) - _CROSS_SHOWN} more findings", "dim"))
