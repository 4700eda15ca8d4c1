"""Counts for the summary of a scan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from provcheck.model import CrossFinding, DocumentRecord, Finding, Group, Site, Skip, Story, Summary
from provcheck.rulebook.rule import Rule
from provcheck.settings import Suppression


@dataclass
class Tally:
    """What a scan counted so far; owned by that scan."""

    documents: int = 0
    problems: int = 0
    groups: int = 0
    stories: int = 0
    capped: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    used: set[int] = field(default_factory=set)
    missing: Counter[frozenset[str]] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))  # by rule

    def add(self, record: DocumentRecord, missing: frozenset[str]) -> None:
        """A document, and the metadata that it lacks."""
        self.documents += 1
        self.verdicts[record.verdict] += 1
        self.missing[missing] += 1
        self.add_skipped(record.skipped)
        self.add_findings(record.findings)

    def add_findings(self, findings: Iterable[Finding | CrossFinding]) -> None:
        for finding in findings:
            self.findings[finding.rule] += 1
            self.levels[finding.level] += 1
            if finding.known is True:
                self.known[finding.level] += 1

    def add_across(self, record: Group | Story | Site) -> None:
        self.groups += isinstance(record, Group)
        self.stories += isinstance(record, Story)
        self.add_findings(record.findings)

    def add_suppressed(self, suppressed: Iterable[tuple[int, str]]) -> None:
        """Findings left out: the index of the suppression, and the rule."""
        for index, rule in suppressed:
            self.used.add(index)
            self.suppressed[rule] += 1

    def add_skipped(self, skipped: Iterable[Skip]) -> None:
        """Rules that did not finish."""
        self.skipped.update(skip.rule for skip in skipped)

    def add_seconds(self, seconds: Mapping[str, float]) -> None:
        """What rules took."""
        for rule, spent in seconds.items():
            self.seconds[rule] += spent

    def with_counts_of(self, other: Tally) -> Tally:
        """The counts of two parts of a scan, added up."""
        return Tally(
            **{each.name: _sum(getattr(self, each.name), getattr(other, each.name)) for each in fields(Tally)}
        )

    def summary(
        self,
        rules: Iterable[Rule],
        suppressions: Iterable[Suppression],
        seconds: Mapping[str, float] | None,
    ) -> Summary:
        from msgspec import UNSET

        unused = [s for index, s in enumerate(suppressions) if index not in self.used]
        return Summary(
            documents=self.documents,
            problems=self.problems,
            verdicts=dict(sorted(self.verdicts.items())),
            findings=dict(sorted(self.findings.items())),
            levels=dict(sorted(self.levels.items())),
            groups=self.groups,
            stories=self.stories,
            capped=self.capped,
            known=dict(sorted(self.known.items())),
            suppressed=dict(sorted(self.suppressed.items())),
            unused_suppressions=tuple(f"{s.rule}: {s.reason}" for s in unused),
            unapplied=self._unapplied(rules),
            skipped=dict(sorted(self.skipped.items())),
            seconds=_rounded(seconds) if seconds else UNSET,
            rule_seconds=_rounded(dict(sorted(self.seconds.items(), key=lambda item: -item[1])))
            if seconds
            else UNSET,
        )

    def _unapplied(self, rules: Iterable[Rule]) -> dict[str, int]:
        """Rule -> documents that lack what it needs."""
        found = {
            rule.name: sum(count for missing, count in self.missing.items() if missing & rule.needs)
            for rule in rules
            if rule.needs
        }
        return {name: count for name, count in sorted(found.items()) if count}


def _sum(one: Any, other: Any) -> Any:
    if isinstance(one, set):
        return one | other
    if isinstance(one, (int, Counter)):
        return one + other
    return {rule: one.get(rule, 0.0) + other.get(rule, 0.0) for rule in one.keys() | other.keys()}


def _rounded(seconds: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in seconds.items()}
