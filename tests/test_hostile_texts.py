"""Texts and metadata made to end a scan, or to take all of its time."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

import pytest

from provcheck.article import Article
from provcheck.checker import Checker, Result
from provcheck.checks.base import Check
from provcheck.drift.figures import find_figure_drift
from provcheck.model import Document, PageMetadata, Problem
from provcheck.names.compare import compare_names
from provcheck.names.letters import name_words
from provcheck.names.mentions import Mention, gather_persons
from provcheck.run import Examine

STORY = "The ferry sank near the old lighthouse on Monday, the coast guard said in a short statement to reporters."


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "line",
    ["Published: 31 December 9999", "They left yesterday (June 12), the guard said.", "1 January 0001"],
)
def test_the_ends_of_the_calendar(checker: Checker, day: str, line: str) -> None:
    result = checker.check(Document(id="a", text=f"{STORY}\n\n{line}", published=day))
    assert not result.record.skipped


@pytest.mark.parametrize("address", ["http://[abc/x", "http://a\u2100b.example/"])
def test_what_is_no_address(checker: Checker, address: str) -> None:
    page = PageMetadata(canonical=address, original=address, published="2024-05-01T10:00:00Z")
    document = Document(id="a", text=f"{STORY}\n\nPublished: 3 May 2024", url=address, metadata=page)
    result = checker.check(document)
    assert not result.record.skipped and result.record.source is None
    found = {finding.rule for finding in result.findings}
    assert "chronology/page-date" in found and "credits/page-address" not in found


def test_a_number_of_three_hundred_digits(article: Callable[..., Article]) -> None:
    told = "Rescuers counted {} people on the beach near the old lighthouse that night."
    assert (
        list(find_figure_drift([article(told.format("9" * 310), "a"), article(told.format(12), "b")])) == []
    )


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(random.Random(7).randbytes(60_000)).decode(),
        "a" + "." * 60_000 + "a",
        "a" + "-" * 60_000 + "a",
        "a b" + "." * 60_000 + "a",
        "People can sign up for our newsletter " + "- " * 30_000 + "in the town hall.",
        "„Wir sind sehr froh über die neue Fähre im Hafen" + "(“" * 30_000 + ", sagte die Reederin am Abend",
        "By ANA BRANDT," + "\u00a0" * 60_000 + "AP Diplomatic Writer",
        "Ana Brandt // 21 October " + "- " * 30_000 + " 2022 at 8:12 am // Reply",
        "\n".join(["Advertisement", STORY] * 3_000),
        "\n".join([STORY] * 5 + ["Leave a reply", "I think you are wrong about my ferry, dont you?"] * 3_000),
        "\n".join([STORY] * 5 + ["Rye for the bakers of it", "Updated 25 August 2025", STORY] * 2_000),
        "\n".join([STORY] * 5 + ["Reuters", "", "Source: Coast Wire", STORY] * 2_000),
        "\n".join([STORY] * 5 + [f"skipper{n} on May 4, 2024 3:12 PM\nI knew it was a wreck, you did too." for n in range(2_000)]),
        "\n".join(f"Heading {n} of the list" for n in range(4_000)) * 2,
        "Bob " + "Tehsa" * 40 + "v said so. Rob " + "Tehsa" * 40 + "v said so.",
        "Bob A" + "bcdelm" * 2_000 + " said so. Rob A" + "bcdeln" * 2_000 + " said so.",
    ],
    ids=["blob", "dots", "dashes", "words-and-dots", "asking", "quotation-marks", "spaces", "stamp", "advertisements", "forms", "stories", "sources", "posts", "contents", "syllables", "long-names"],
)  # fmt: skip
def test_time_grows_with_the_length_alone(checker: Checker, text: str) -> None:
    """Each took minutes, or years, while an expression or a loop grew with the square of it."""
    result = checker.check(Document(id="a", text=f"{STORY}\n\n{text}\n\n{STORY}", title="Ferry sinks"))
    assert not result.record.skipped


def test_words_of_names_are_cut() -> None:
    assert len(name_words("x" * 10_000)[0]) == 40
    assert compare_names("A " + "x" * 10_000, "A " + "x" * 9_000).relation == "same"


def test_tables_of_figures_do_not_multiply(article: Callable[..., Article]) -> None:
    lines = "\n".join(
        f"The local council district number {n} counted {{}} houses damaged by the flood."
        for n in range(1_000, 1_600)
    )
    articles = [article(lines.replace("{}", many), many) for many in ("31", "47")]
    assert sum(1 for _ in find_figure_drift(articles)) < 10


def test_many_names_without_owners() -> None:
    full = [Mention(f"Ana B{n}x", 2 * n, 2 * n + 1, None, True) for n in range(3_000)]
    alone = [Mention(f"C{n}y", 10_000 + n, 10_000 + n, None, True) for n in range(3_000)]
    assert len(gather_persons([*full, *alone])) == 6_000


class Broken(Check):
    def find(self, article: Article):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("as it happens")


def test_a_mistake_of_ours_costs_one_rule(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(rule for rule in checker.rules.rules if rule.name == "lines/learned")
    monkeypatch.setattr(type(rule.check), "find", Broken.find)
    record = checker.check(Document(id="a", text=STORY)).record
    assert [skip.rule for skip in record.skipped] == ["lines/learned"]
    assert "ZeroDivisionError: as it happens" in record.skipped[0].reason


def test_a_mistake_of_ours_costs_one_document(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Result:
        raise ZeroDivisionError("as it happens")

    monkeypatch.setattr(Checker, "check", broken)
    told = Examine(checker)(Document(id="a", text=STORY, path="a.txt"))
    assert isinstance(told, Problem) and told.path == "a.txt" and "ZeroDivisionError" in told.reason
