"""tests/voices/digests.jsonl holds invented pages all of which is the article: digests, live reports, round-ups, pages of several authors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from provcheck.checker import Checker, Result
from provcheck.model import Document

RULE = "boilerplate-en/another-story"
TITLE = "Ferry sinks off Nordhaven"
STORY = [
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement that it gave out before noon.",
    "It had left Maren at dawn, and the sea was calm for the whole of the way, said the owner of the line.",
    "The captain, who was the last to leave it, could not say what had happened below the deck, and all were brought ashore by fishing boats.",
    "Nobody was hurt, and the ship will be raised before the winter, she said at the quay on Tuesday.",
    "The harbour of Nordhaven stays closed until the divers have looked at the hull.",
]
OTHER = [
    "Bakers of the coast want more rye",
    "The harvest was wet for the third year",
    "Updated 2 min 49 sec ago",
    "Coast News",
    "MAREN: The bakers of the coast have asked the farmers of the plain for more rye than they grow.",
    "The farmers have none to sell to the bakers after the wet harvest of this year, their union said.",
    "A loaf costs a third more than two years ago, and the bakers of the coast fear for their trade and for the young who learn it.",
    "They will meet the farmers in May to talk about prices, and about a mill that both could own, said the head of their union.",
]


DIGESTS = (Path(__file__).parents[1] / "voices" / "digests.jsonl").read_text("utf-8").splitlines()


def taken(found: Result) -> list[str]:
    return [finding.text for finding in found.findings if finding.rule == RULE]


def test_a_story_below_the_story_is_found_to_the_end_of_the_page(check: Callable[..., Result]) -> None:
    found = check("\n\n".join(STORY + OTHER), title=TITLE)
    assert taken(found)[0] == OTHER[0] and taken(found)[-1] == OTHER[-1]
    assert found.cleaned.strip() == "\n\n".join(STORY)


def test_a_section_and_an_author_open_one_too(check: Callable[..., Result]) -> None:
    other = ["Business", OTHER[0], "By Lea Moll", *OTHER[4:]]
    assert taken(check("\n\n".join(STORY + other), title=TITLE)) == other


def test_its_agency_is_not_the_agency_of_the_article(check: Callable[..., Result]) -> None:
    other = [*OTHER[:3], "AFP", *OTHER[4:]]
    assert not check("\n\n".join(STORY + other), title=TITLE).article.provenance.agencies


def test_an_introduction_above_the_article_itself_stays(check: Callable[..., Result]) -> None:
    assert not taken(check("\n\n".join(STORY + OTHER), title="Bakers of the coast want rye - Coast News"))
    assert not taken(check("\n\n".join(STORY + OTHER)))  # without a title nobody knows


def test_the_article_that_goes_on_below_a_teaser_stays(check: Callable[..., Result]) -> None:
    text = [*STORY, *OTHER[:5], *STORY[::-1]]
    assert not taken(check("\n\n".join(text), title=TITLE))


def test_subheadings_and_posts_stay(check: Callable[..., Result]) -> None:
    assert not taken(check("\n\n".join([*STORY, OTHER[0], *OTHER[4:]]), title=TITLE))
    post = ["What the bakers of the coast wrote", "— Lea Moll (@leamoll) August 23, 2025", *OTHER[4:]]
    assert not taken(check("\n\n".join(STORY + post), title=TITLE))


@pytest.mark.parametrize("page", [json.loads(line) for line in DIGESTS], ids=lambda page: page["genre"])
def test_digests_live_reports_and_profiles_stay(page: dict[str, Any], checker: Checker) -> None:
    found = checker.check(Document(id="test", text="\n\n".join(page["lines"]), title=page["title"]))
    named = {finding.rule for finding in found.findings}
    assert not named & {RULE, "boilerplate-en/closing-bio", "boilerplate-en/reader-comments"}


def test_the_standfirst_below_the_title_opens_no_other_story(check: Callable[..., Result]) -> None:
    page = [*STORY, "Bakers of the coast want more rye", *OTHER[1:2], "By Lea Moll", *OTHER[2:]]
    assert not taken(check("\n\n".join(page), title="Bakers of the coast want more rye - Coast News"))
