from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from provcheck.checker import Checker, Result
from provcheck.model import Document

RULE = "boilerplate-en/doubled-title"
STORY = (
    "The council of Nordhaven voted on Tuesday to rebuild the east pier, which was closed after a storm.\n\n"
)


def doubled(found: Result) -> list[tuple[str, str]]:
    return [(finding.category, finding.text) for finding in found.findings if finding.rule == RULE]


def test_a_link_glued_to_the_words_of_its_picture_goes_whole(check: Callable[..., Result]) -> None:
    line = "Is the Coast Road Dead?  Is the Coast Road Dead?"
    assert doubled(check(f"{STORY}  {line} ")) == [("related-stub", line)]


def test_a_sentence_and_the_headline_stay_once(check: Callable[..., Result]) -> None:
    again = "Nobody was hurt on the pier. Nobody was hurt on the pier."
    assert doubled(check(STORY + again)) == [("duplicate-paragraph", "Nobody was hurt on the pier.")]
    title = "East Pier to Be Rebuilt After the Storm"
    found = check(f"{title} {title}\n\n{STORY}", title=title)
    assert doubled(found) == [("duplicate-paragraph", title)]
    assert found.cleaned.startswith(title)


def test_refrains_and_short_lines_stay(check: Callable[..., Result]) -> None:
    for line in (
        "Not one more house! Not one more house!",
        "Day after day, day after day",
        "Pay now pay now",
    ):
        assert doubled(check(STORY + line)) == []


@given(st.lists(st.sampled_from(["Pier", "of", "the", "East", "a", "aa"]), min_size=1, max_size=12))
def test_what_is_found_is_one_of_two_equal_halves_or_both(words: list[str]) -> None:
    line = " ".join(words + words)
    found = Checker().check(Document(id="1", text=STORY + line))
    for _, text in doubled(found):
        assert text in (line, " ".join(words))
