from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from provcheck.checker import Checker, Result
from provcheck.model import Document

STORY = (
    "The council of Nordhaven voted on Tuesday to rebuild the east pier, which was closed after a storm in the spring.\n\n"
    "“The pier is what this town was built around, and nobody will take it from us,” said Mayor Ilse Brandvold.\n\n"
    "The work will start in May and cost two million euros of the coastal fund, she said."
)
RULE = "boilerplate-en/pull-quote"
QUOTE = "“The pier is what this town was built around” – Ilse Brandvold"


def pulled(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


def test_a_quote_that_stood_before_is_found_and_names_its_place(check: Callable[..., Result]) -> None:
    found = check(f"{STORY}\n\n{QUOTE}\n\nThe fishermen of the island were not asked.")
    assert pulled(found) == [QUOTE]
    assert found.cleaned.count("what this town was built around") == 1
    (finding,) = (each for each in found.findings if each.rule == RULE)
    assert finding.related[0].text.startswith("“The pier is what")


def test_what_the_story_repeats_later_opens_it(check: Callable[..., Result]) -> None:
    assert not pulled(check(f"{QUOTE}\n\n{STORY}"))


def test_the_headline_and_lines_without_an_end_stay(check: Callable[..., Result]) -> None:
    heading = "The work will start in May and cost two million euros"
    assert not pulled(check(f"{STORY}\n\n{heading}\n\nThe fishermen were not asked."))
    assert not pulled(check(f"{STORY}\n\n{heading}.\n\nThe fishermen were not asked.", title=heading))


@given(
    lines=st.lists(
        st.sampled_from(
            ["a b c d e f g h i.", "x a b c d e f g h i. y z w v u t s.", "“a b c d e f g h i”", "n"]
        ),
        max_size=8,
    )
)
def test_whatever_repeats_one_of_them_stays(checker: Checker, lines: list[str]) -> None:
    found = checker.check(Document(id="x", text="\n\n".join(lines)))
    if any("a b c" in line for line in lines):
        assert "a b c d e f g h i" in found.cleaned
