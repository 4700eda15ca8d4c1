"""tests/voices holds invented pages: articles.jsonl turn personal and are all article; pages.jsonl end in comments."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from provcheck.checker import Checker, Result
from provcheck.model import Document

VOICES = Path(__file__).parents[1] / "voices"
RULES = ("boilerplate-en/reader-comments", "boilerplate-en/thread")
REPORT = [
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement that it gave out before noon.",
    "It had left Maren at dawn, according to officials of the harbour, and the captain told the police that he could not say what had happened.",
    "All of the passengers were brought ashore by fishing boats from the island, the spokesman said, and three were taken to the hospital.",
    "The company said that it would raise the ship before the winter and that it had asked an engineer from the capital to look at the hull.",
]
COMMENTS = [
    "I took that boat last year and it was a wreck even then, you could see the rust!!",
    "Why am I not surprised... they never listen to us, do they?",
    "exactly. My cousin worked there and nobody cared. Just wait, you will pay for it in the end",
    "Oh please. It's not their fault if you don't know what you're talking about.",
    "So who is to blame then, if I may ask? We all know it",
]


def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (VOICES / name).read_text("utf-8").splitlines()]


def told(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule in RULES]


def test_comments_without_a_heading_are_found_to_the_last(check: Callable[..., Result]) -> None:
    assert told(check("\n\n".join(REPORT + COMMENTS))) == COMMENTS


def test_the_report_alone_and_the_comments_alone_stay(check: Callable[..., Result]) -> None:
    assert not told(check("\n\n".join(REPORT)))
    assert not told(check("\n\n".join(COMMENTS * 3)))


def test_comments_that_an_editor_could_have_printed_stay_without_a_heading(
    check: Callable[..., Result],
) -> None:
    edited = [
        line[0].upper() + line[1:].replace("!!", ".").replace("...", ",").rstrip(".") + "."
        for line in COMMENTS
    ]
    assert not told(check("\n\n".join(REPORT + edited)))
    assert edited[1] not in check("\n\n".join([*REPORT, "Leave a comment", *edited])).cleaned


@pytest.mark.parametrize("record", records("articles.jsonl"), ids=lambda record: record["genre"])
def test_articles_that_turn_personal_stay(record: dict[str, Any], checker: Checker) -> None:
    found = checker.check(Document(id="test", text="\n\n".join(record["lines"]), title=record["title"]))
    assert not told(found)


def test_nothing_above_the_comments_is_taken(checker: Checker) -> None:
    found = 0
    for record in records("pages.jsonl"):
        lines = record["lines"]
        result = checker.check(Document(id="test", text="\n\n".join(lines), title=record["title"]))
        article = set(lines[: record["comments_from"]])
        assert not article.intersection(told(result)), record["title"]
        found += bool(told(result))
    assert found >= 8  # most of these threads are too well typed to be told from the article


def test_one_who_tells_of_himself_at_length_is_no_thread(check: Callable[..., Result]) -> None:
    essay = [
        f"I wanted my own boat, and I wanted it to be my {n}. one, so I sold what I had and my wife told me that I was mad , lol. I knew that I was, "
        "and I bought it, and I gave it my name, because I could not wait for what my father had left me."
        for n in range(2, 9)
    ]
    assert not told(check("\n\n".join(REPORT + essay)))
