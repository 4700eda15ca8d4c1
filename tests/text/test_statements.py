"""Sentences that are told, and those with which a page asks its reader for something."""

from __future__ import annotations

import pytest

from provcheck import Checker, Document
from provcheck.text.statements import asking_part, is_statement

STORY = (
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement that it gave out before noon.\n\n"
    "The captain could not say what had happened below the deck, and all of the passengers were brought ashore by fishing boats.\n\n"
)
LAST = "The owner will keep all its ships in port until the cause is known, and the spring festival will be held in June instead."
MORE = "\n\nThe council of the town met on Tuesday and voted for a new ferry, which will be built in Maren."


@pytest.mark.parametrize(
    "line",
    [
        "Residents can sign up for free alerts at the town hall.",
        "Meta took the posts down since they violated its community standards.",
        "Die Bewohner des Hafens können sich im Rathaus anmelden.",
    ],
)
def test_what_addresses_nobody_is_a_statement(line: str) -> None:
    assert is_statement(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for free alerts at the town hall.",
        "The harbour was closed. Follow the Coast Mail on Telegram for more.",
        "Our reporters were at the harbour all night.",
        "Residents can sign up for free alerts",  # no sentence
        "It sank.",  # too short to tell
        "Melden Sie sich hier für den Brief der Stadt an.",
    ],
)
def test_what_asks_or_does_not_end_is_none(line: str) -> None:
    assert not is_statement(line)


def test_the_part_that_asks_goes_to_the_end_of_the_paragraph() -> None:
    text = f"{LAST} Follow us on Facebook and Twitter. Thank you."
    start = text.index("Follow")
    assert asking_part(text, start, start + 9) == (start, len(text))


def test_a_few_words_before_it_belong_to_what_asks() -> None:
    text = "There is more where that came from. Follow us on Facebook."
    assert asking_part(text, text.index("Follow"), len(text)) == (0, len(text))


@pytest.mark.parametrize(
    "asked",
    [
        "Follow us on Facebook and Twitter.",
        "Sign up for our newsletter here.",
        "Do you have a story? Email us at desk@coast.example.",
        "This story has not been edited by Coast Mail staff.",
        "© 2024 Coast Mail. All rights reserved.",
    ],
)
def test_a_paragraph_keeps_its_story_when_something_is_glued_to_its_end(asked: str) -> None:
    cleaned = Checker().check(Document(id="a", text=f"{STORY}{LAST} {asked}")).cleaned
    assert LAST in cleaned
    assert asked not in cleaned


@pytest.mark.parametrize(
    "line",
    [
        "If you see a downed power line, stay at least 35 feet away and contact City Utilities.",
        "Residents can submit a written comment on the plan until Sept. 5.",
        "The letter says:",
        "What do you think about when you swim?",
        "Phoning customers who have an account in Canada took the bank a month.",
        "He made a small donation to help the family of the captain.",
        "Hikers must request permission from the park service.",
        "The names of the children may not be published for legal reasons.",
        "Let these cookies cool on a rack before they are filled with jam.",
        "The new law enters into force on 1 January 2026.",
        "Latest on injuries",
        "Listen — nobody comes to Leeds for the weather.",
        "2. Max Verstappen (NED/Red Bull)",
    ],
)
def test_lines_of_stories_that_only_sound_like_the_page_stay(line: str) -> None:
    assert line in Checker().check(Document(id="a", text=f"{STORY}{line}{MORE}")).cleaned
