from __future__ import annotations

from collections.abc import Callable

from provcheck.checker import Result

RULE = "boilerplate-en/contents"
HEADINGS = ["What was sold", "What the town gets", "What the mayor says", "What comes next"]
PROSE = [
    "The quays and the two sheds behind them were sold to a company from the capital.",
    "The town gets two million, which it needs for the school and for the road to the north.",
    "The mayor says that nobody else had made an offer since the spring of last year.",
    "A court will look at the contract before it is signed by the two sides in May.",
]
OPENING = "The council of Nordhaven has sold the harbour, and this is what it means for those who live there and for those who fish."
STORY = [each for pair in zip(HEADINGS, PROSE, strict=True) for each in pair]


def listed(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


def test_numbered_entries_are_found_and_the_headings_stay(check: Callable[..., Result]) -> None:
    entries = [f"- {n}. {heading.upper()}" for n, heading in enumerate(HEADINGS, 1)]
    found = check("\n\n".join([OPENING, *entries, *STORY]))
    assert listed(found) == entries
    assert all(heading in found.cleaned for heading in HEADINGS)


def test_an_entry_whose_heading_is_gone_belongs_to_it(check: Callable[..., Result]) -> None:
    entries = [HEADINGS[0], "Who loses", *HEADINGS[1:]]
    assert listed(check("\n\n".join([OPENING, *entries, *STORY]))) == entries


def test_lists_without_text_below_and_short_ones_stay(check: Callable[..., Result]) -> None:
    assert not listed(check("\n\n".join([OPENING, *HEADINGS, *PROSE, *HEADINGS])))
    assert not listed(check("\n\n".join([OPENING, *HEADINGS[:3], *STORY])))
    assert not listed(check("\n\n".join([OPENING, *STORY])))


def test_sentences_that_stand_there_twice_are_no_contents(check: Callable[..., Result]) -> None:
    told = [f"{heading} is not known to the council." for heading in HEADINGS]
    again = [each for pair in zip(told, PROSE, strict=True) for each in pair]
    assert not listed(check("\n\n".join([OPENING, *told, *again])))
