from __future__ import annotations

from collections.abc import Callable

from provcheck.checker import Result

STORY = (
    "The council of Nordhaven voted on Tuesday to rebuild the east pier, which was closed after a storm.\n\n"
    "Mayor Ilse Brandvold said the work would start in May and cost two million euros of the coastal fund."
)
RULE = "boilerplate-en/above-headline"


def above(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


def test_the_menu_goes_and_the_credits_stay(check: Callable[..., Result]) -> None:
    text = f"Tankers\n\nDry cargo\n\n8 March 2024, 16:20\n\nPier to be rebuilt in May\n\n{STORY}"
    assert above(check(text, title="Pier to be rebuilt in May | Coast Mail")) == ["Tankers", "Dry cargo"]


def test_of_two_lines_like_the_title_the_last_is_the_headline(check: Callable[..., Result]) -> None:
    text = f"Pier to be rebuilt in May\n\nTankers\n\nPier to be rebuilt in May\n\n{STORY}"
    assert above(check(text, title="Pier to be rebuilt in May")) == ["Pier to be rebuilt in May", "Tankers"]


def test_without_a_title_or_its_line_nothing_is_above(check: Callable[..., Result]) -> None:
    text = f"Tankers\n\nPier to be rebuilt in May\n\n{STORY}"
    assert not above(check(text))
    assert not above(check(text, title="Ferries leave for the islands"))
