from __future__ import annotations

from collections.abc import Callable

from provcheck.checker import Result

RULE = "boilerplate-en/under-heading"
STORY = [
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement that it gave out before noon.",
    "It had left Maren at dawn, and the sea was calm for the whole of the way, said the owner of the line.",
]


def taken(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


def test_entries_under_a_heading_are_found(check: Callable[..., Result]) -> None:
    entries = ["Baker wins a prize for bread", "Council sells the harbour"]
    assert taken(check("\n\n".join([*STORY, "Most read", *entries]))) == entries


def test_a_paragraph_broken_into_lines_is_no_list(check: Callable[..., Result]) -> None:
    broken = [
        "The captain, who was the last to leave the ship,",
        "could not say what had happened below the deck, and he",
        "asked the owner of the line to raise it before the",
        "winter comes.",
    ]
    entries = ["Baker wins a prize for bread", "Council sells the harbour"]
    found = check("\n\n".join([*STORY, "Most read", *entries, *broken]))
    assert taken(found) == entries and all(line in found.cleaned for line in broken)


def test_one_title_above_the_story_goes_and_its_subheading_stays(check: Callable[..., Result]) -> None:
    title, on = (
        "Ferry company fined over the lost ponies",
        "The owner asked the court on Tuesday for more time.",
    )
    assert taken(check("\n\n".join([*STORY, "Related stories", title, on]))) == [title]
    assert taken(check("\n\n".join([*STORY, "Related stories", title, "The bill", "2. The market", on]))) == [
        title
    ]
    assert taken(check("\n\n".join([*STORY, "Related stories", "What comes next", on]))) == []


def test_rows_of_data_are_no_titles(check: Callable[..., Result]) -> None:
    title, rows = (
        "Ferry company fined over the lost ponies",
        ["Herring: $1.048,30 a ton", "Cod: $1.081,72 a ton"],
    )
    assert taken(check("\n\n".join([*STORY, "Related stories", title, *rows, STORY[1]]))) == [title]
