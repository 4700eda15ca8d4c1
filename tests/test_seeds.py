"""The scan of seeds/ against the tables beside them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import provcheck
from provcheck.model import Report

CATEGORIES = """breadcrumb byline see-also related-stub editorial-listing social-promo social-embed share-icons newsletter
comment-form cookie-notice copyright-notice advertisement navigation standards-line author-box author-bio caption
photo-credit publication-date dateline source-credit publisher-credit sign-off duplicate-paragraph temporal-anomaly
encoding fragment language-mismatch readability byline-variance name-variant name-drift quote-drift fact-drift
uncredited-copy""".split()


@pytest.fixture(scope="module")
def report(seeds: Path) -> Report:
    return provcheck.scan([str(seeds)])


def rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def findings_of(report: Report) -> list[tuple[str, str, str]]:
    found = [(d.id, f.category, f.text) for d in report.documents for f in d.findings]
    for record in (*report.groups, *report.stories):
        found += [(f.places[0].document, f.category, f.places[0].text) for f in record.findings]
    return [(document, category, " ".join(text.split())) for document, category, text in found]


def test_everything_planted_is_found(report: Report, seeds: Path) -> None:
    found = findings_of(report)
    missing = [
        row
        for row in rows(seeds / "PLANTED.tsv")
        if not any(
            d == row["document"] and c == row["category"] and t.startswith(row["text"]) for d, c, t in found
        )
    ]
    assert not missing


def test_nothing_else_is_found(report: Report, seeds: Path) -> None:
    planted = rows(seeds / "PLANTED.tsv")
    extra = [
        (document, category, text)
        for document, category, text in findings_of(report)
        if not any(
            r["document"] == document and r["category"] == category and text.startswith(r["text"])
            for r in planted
        )
    ]
    assert not extra


def test_every_category_of_the_contract_is_planted(seeds: Path) -> None:
    assert {row["category"] for row in rows(seeds / "PLANTED.tsv")} == set(CATEGORIES)


def test_groups_and_roles(report: Report, seeds: Path) -> None:
    expected = {(row["group"], row["document"], row["role"]) for row in rows(seeds / "GROUPS.tsv")}
    names = {group.members[0].id: group for group in report.groups}
    found = {(first, member.id, member.role) for first, group in names.items() for member in group.members}
    assert found == expected


def test_the_ferry_is_one_story_with_its_independent_report(report: Report) -> None:
    story = next(s for s in report.stories if "ferry-01-wire.txt" in s.documents)
    assert "ferry-10-independent.txt" in story.documents
    assert not any("ferry-10-independent.txt" in {m.id for m in g.members} for g in report.groups)


def test_the_wire_copy_is_the_origin(report: Report) -> None:
    group = next(g for g in report.groups if any(m.id == "ferry-01-wire.txt" for m in g.members))
    assert group.origin.document == "ferry-01-wire.txt"
    assert group.origin.evidence
