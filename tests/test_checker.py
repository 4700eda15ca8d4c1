from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.checker import Checker, Result
from provcheck.model import Document
from provcheck.settings import Settings

PAGE = "Home > News\n\nThe ferry sank on Monday, the coast guard said in a statement.\n\nSee also  Baker wins\n\nNobody was hurt.\n\nLeave a Reply"


def test_cleaned_loses_only_what_is_no_article(check: Callable[..., Result]) -> None:
    assert (
        check(PAGE).cleaned
        == "The ferry sank on Monday, the coast guard said in a statement.\n\nNobody was hurt."
    )


def test_a_clean_text_comes_back_as_it_was(check: Callable[..., Result]) -> None:
    text = "  The ferry sank.\r\n\r\n\r\nNobody was hurt. \n"
    assert check(text).cleaned == text


def test_offsets_hold_with_wide_characters(check: Callable[..., Result]) -> None:
    text = "😀 “The ferry sank,” said Zażółć.\n\nLeave a Reply"
    (finding,) = [f for f in check(text).findings if f.category == "comment-form"]
    assert text[finding.start : finding.end] == finding.text == "Leave a Reply"
    assert (finding.line, finding.column) == (3, 1)


def test_verdicts(check: Callable[..., Result]) -> None:
    assert check("Leave a Reply").verdict == "drop"
    assert check("The ferry sank off Nordhaven on Monday, and nobody on board was hurt.").verdict == "review"
    assert check("The ferry sank off Nordhaven on Monday, and nobody was hurt. " * 8).verdict == "keep"


def test_provenance_of_a_wire_text(check: Callable[..., Result]) -> None:
    said = check(
        "NORDHAVEN (Reuters) – The ferry sank on Monday, Nikkei Asia reported.\n\n"
        "(Reporting by Ana Brandt in Oslo; Editing by Joe Pike)\n\nPublished in Dawn, June 19th, 2023"
    ).record.provenance
    assert [credit.name for credit in said.agencies] == ["Reuters"]
    assert said.dateline is not None and (said.dateline.place, said.dateline.agency) == (
        "NORDHAVEN",
        "Reuters",
    )
    assert [(b.name, b.role) for b in said.bylines] == [("Ana Brandt", "reporting"), ("Joe Pike", "editing")]
    assert said.publisher is not None and said.publisher.name == "Dawn"
    assert said.published is not None and said.published.date == "2023-06-19"
    assert [credit.name for credit in said.cites] == ["Nikkei Asia"]


def test_a_checker_travels_and_agrees(checker: Checker) -> None:
    document = Document(id="1", text=PAGE)
    again = pickle.loads(pickle.dumps(checker))
    assert again.check(document).record == checker.check(document).record


def test_threads_agree(checker: Checker) -> None:
    documents = [Document(id=str(n), text=PAGE + f"\n\nLine {n}") for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        threaded = [result.record for result in pool.map(checker.check, documents)]
    assert threaded == [checker.check(document).record for document in documents]


def test_lone_surrogates_do_not_stop_the_checker(check: Callable[..., Result]) -> None:
    assert check("The ferry \ud800 sank.\nLeave a Reply").findings


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_is_examined_and_spans_fit(text: str) -> None:
    result = _CHECKER.check(Document(id="x", text=text))
    for finding in result.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text == result.article.text[finding.start : finding.end]
    assert len(result.cleaned) <= len(text)


_CHECKER = Checker()


@pytest.mark.parametrize("workers", [1, 2])
def test_many_documents_come_back_in_order(checker: Checker, workers: int) -> None:
    documents = [Document(id=str(n), text=f"{PAGE}\n\nLine {n}") for n in range(9)]
    found = [result.record for result in checker.check_many(iter(documents), workers)]
    assert found == [checker.check(document).record for document in documents]


def test_many_documents_are_read_as_they_are_needed(checker: Checker) -> None:
    endless = (Document(id=str(n), text=PAGE) for n in count())
    assert [result.record.id for result in islice(checker.check_many(endless), 3)] == ["0", "1", "2"]


def test_an_event_loop_can_wait(checker: Checker) -> None:
    async def both() -> list[Result]:
        return await asyncio.gather(*(checker.acheck(Document(id=str(n), text=PAGE)) for n in range(4)))

    assert [result.cleaned for result in asyncio.run(both())] == [
        checker.check(Document(id="x", text=PAGE)).cleaned
    ] * 4


@pytest.mark.parametrize(
    ("declared", "day"), [("1728382800", "2024-10-08"), ("08/10/2024", None), ("2024", None)]
)
def test_a_declared_day_is_never_replaced_by_another_of_the_text(
    checker: Checker, declared: str, day: str | None
) -> None:
    text = f"{PAGE}\n\nPublished: 20 May, 2025"
    result = checker.check(Document(id="a", text=text, published=declared))
    assert result.record.published == (day or declared)
    assert ("published" in set(result.article.missing_metadata)) is (day is None)


def test_a_rule_of_ones_own_is_told_where_a_shipped_one_says_the_same(tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text(
        "pack: mine\nrules:\n  - {id: letter, check: pattern, category: newsletter, action: remove, level: error, mark: line, "
        "pattern: 'Sign up for our newsletter', message: ours}\n"
    )
    checker = Checker(Settings(rules=(str(pack),)))
    found = checker.check(
        Document(id="a", text="The ferry sank off Nordhaven.\n\nSign up for our newsletter")
    ).findings
    assert [(f.rule, f.level) for f in found if f.category == "newsletter"] == [("mine/letter", "error")]


def test_a_removal_in_a_category_of_credits_is_kept(tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text(
        "pack: mine\nrules:\n  - {id: desk, check: pattern, category: byline, action: remove, mark: line, "
        "pattern: 'Aus der Hafenredaktion', message: ours}\n"
    )
    result = Checker(Settings(rules=(str(pack),))).check(
        Document(id="a", text="Aus der Hafenredaktion\n\nDas Boot sank.")
    )
    assert result.cleaned.strip() == "Das Boot sank."


@pytest.mark.parametrize(
    ("field", "value"), [("text", None), ("published", date(2024, 5, 4)), ("byline", ["A", "B"])]
)
def test_a_field_of_another_type_is_named(field: str, value: object) -> None:
    with pytest.raises(TypeError, match=f"`{field}` of a document is text"):
        Document(**{"id": "a", "text": "The ferry sank.", field: value})  # type: ignore[arg-type]
