from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.checker import Result

RULE = "boilerplate-en/closing-bio"
PIECE = [
    "The council met on Monday and voted for the sale of the old harbour to a company from the capital, which will close it.",
    "The mayor said that the sale would bring the town the money that it needs for the school and for the road to the north.",
    "The opposition said that the price was too low, and that it would ask a court to look at the contract before it is signed by both.",
    "Nobody asked those who fish there, and nobody will, for the town has learned to live without them and their boats.",
    "That is how a town sells what it is.",
]


def bios(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


@pytest.mark.parametrize(
    "line",
    [
        "- Lea Moll is a professor of public policy at Nordhaven and a former secretary of labour.",
        "Lea Moll is an attorney in Maren County.",
        "Dr. Lea K. Moll, Ph.D., is the founder of the Coast Institute.",
        "Lea Moll teaches at the University of Nordhaven.",
    ],
)
def test_who_wrote_it_is_found_and_becomes_the_author(line: str, check: Callable[..., Result]) -> None:
    found = check("\n\n".join([*PIECE, line]), title="What a harbour is worth")
    assert bios(found) == [line]
    assert [(each.name.split()[-1], each.role) for each in found.article.provenance.bylines] == [
        ("Moll", "author")
    ]


def test_a_byline_above_does_not_hide_it(check: Callable[..., Result]) -> None:
    line = "Lea Moll is an attorney in Maren County."
    assert bios(check("\n\n".join(["By Lea Moll", *PIECE, line]))) == [line]


def test_those_of_whom_the_story_speaks_stay(check: Callable[..., Result]) -> None:
    line = "Lea Moll is an attorney in Maren County."
    assert not bios(check("\n\n".join([*PIECE, "Moll sued the town in May.", line])))
    assert not bios(check("\n\n".join([*PIECE, line]), title="Lea Moll sues"))
    assert not bios(check("\n\n".join([*PIECE[:3], line, *PIECE, *PIECE])))


@pytest.mark.parametrize(
    "line",
    [
        "Lea Moll is the outsider in the best director category.",
        "Lea Moll is a fisherman.",
        "“Lea Moll is a writer,” she said.",
    ],
)
def test_other_last_lines_stay(line: str, check: Callable[..., Result]) -> None:
    assert not bios(check("\n\n".join([*PIECE, line])))
