"""The last lines of the report for people: what was found, in numbers, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from provcheck.model import Summary
from provcheck.reports.wording import counted, flat

_RULES_SHOWN = 25
_RULES_TIMED = 12


def summary_table(summary: Summary) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    ranked = sorted(summary.findings.items(), key=lambda pair: (-pair[1], pair[0]))
    for rule, count in ranked[:_RULES_SHOWN]:
        table.add_row(f"{count:,}", Text(rule))
    if len(ranked) > _RULES_SHOWN:
        table.add_row("", Text(f"… and {len(ranked) - _RULES_SHOWN} more rules", "dim"))
    lines = [Text(line, "dim") for line in _asides(summary)]
    return Lines(headline(summary), Padding(table, (0, 0, 0, 2)), *lines)


def headline(summary: Summary) -> Text:
    """How many documents, what became of them, how many groups and stories, in one line."""
    verdicts = ", ".join(f"{count:,} {name}" for name, count in summary.verdicts.items())
    return Text.assemble(
        (counted(summary.documents, "document"), "bold"),
        f" ({verdicts})" if verdicts else "",
        f" · {counted(summary.groups, 'group')} · {counted(summary.stories, 'story', 'stories')}",
        (f" · {counted(summary.problems, 'problem')}", "bold red") if summary.problems else "",
    )


def _asides(summary: Summary) -> Iterator[str]:
    """What a reader should know about the counts, a sentence each."""
    if summary.known:
        known = sum(summary.known.values())
        yield f"{counted(known, 'finding')} {'is' if known == 1 else 'are'} known from the baseline and not shown"
    if summary.suppressed:
        hidden = sum(summary.suppressed.values())
        yield f"{counted(hidden, 'finding')} {'was' if hidden == 1 else 'were'} suppressed"
    for unused in summary.unused_suppressions:
        yield f"a suppression met nothing: {flat(unused)}"
    if summary.unapplied:
        rules = ", ".join(f"{rule} ({count:,})" for rule, count in summary.unapplied.items())
        yield f"documents without the metadata that a rule needs: {rules}"
    for rule, count in summary.skipped.items():
        yield f"{rule} did not finish on {counted(count, 'document')}"
    if summary.capped:
        yield f"{summary.capped:,} common words and buckets found no candidates (groups.common)"
    yield from times(summary)


def times(summary: Summary) -> Iterator[str]:
    """Where the time went, if that was asked for: by stage, and by rule."""
    if isinstance(summary.seconds, dict):
        yield "seconds: " + ", ".join(f"{name} {value:.2f}" for name, value in summary.seconds.items())
    if isinstance(summary.rule_seconds, dict):
        dearest = list(summary.rule_seconds.items())[:_RULES_TIMED]
        yield "seconds of the dearest rules: " + ", ".join(f"{name} {value:.2f}" for name, value in dearest)
