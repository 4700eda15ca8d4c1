"""What an outlet repeats from article to article."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck import sites
from provcheck.checker import Checker
from provcheck.model import Document
from provcheck.sites import learn_sites

FOOT = "The Coastal Herald brings you the news of the bay, six days a week"


def page(number: int, body: str, host: str = "herald.example") -> Document:
    return Document(
        id=str(number), text=f"{body}\n\n{FOOT}\n\nEdition {number}", url=f"https://www.{host}/{number}"
    )


def removed(document: Document, *others: Document) -> list[str]:
    checker = Checker(sites=learn_sites([document, *others]))
    return [f.text for f in checker.check(document).findings if f.rule == "boilerplate-en/on-every-page"]


ONE = page(
    1,
    "The ferry sank off Nordhaven on Monday with sixty people aboard, and nobody was hurt at all.\n\n"
    "Fishermen brought them ashore one by one, wrapped in blankets that smelled of herring, while the church bells "
    "rang and the mayor stood on the quay with a list in his hand and counted aloud until he reached the last name.",
)
TWO = page(
    2, "Herring prices fell again on Tuesday, to the lowest since the war, the fishermen of Maren said."
)


def test_lines_of_two_articles_are_found_and_digits_do_not_matter() -> None:
    assert removed(ONE, TWO) == [FOOT, "Edition 1"]


def test_another_outlet_does_not_count() -> None:
    assert removed(ONE, page(3, "Herring prices fell again.", host="other.example")) == []


def test_copies_of_the_article_do_not_count() -> None:
    assert removed(ONE, page(4, ONE.text.rsplit("\n\n", 2)[0])) == []


def test_a_lead_that_one_other_article_quotes_is_spared() -> None:
    lead = ONE.text.split("\n")[0]
    quoting = page(
        5,
        "The owner of the line spoke on Friday about the accident and its causes, at length. "
        "He had come from the city by train, he said, and had not slept since Monday night.\n\n"
        "Nobody would tell him who had been at the wheel. He asked for the papers of the ship.\n\n" + lead,
    )
    assert lead not in removed(ONE, quoting, TWO)
    assert lead in removed(quoting, ONE, TWO), "further down it is a teaser"


def test_headings_by_which_an_outlet_orders_its_articles_stay() -> None:
    sinking, prices = (article.text.partition(FOOT)[0] for article in (ONE, TWO))
    traders = "Traders from the capital had bought half of the catch before the boats were in, and sold it on the same night to a factory in the north that makes meal of it."
    one = page(1, f"Key facts\n\n{sinking}Get the app")
    two = page(2, f"Key facts\n\n{prices}{traders}\n\nGet the app")
    assert removed(one, two) == ["Get the app", FOOT, "Edition 1"]


def test_without_outlets_nothing_recurs() -> None:
    bare = [Document(id=str(n), text=f"Text number {n}.\n\n{FOOT}") for n in range(3)]
    assert len(learn_sites(bare).keys) == 0


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 9))
def test_lines_that_stand_once_are_set_aside_and_no_other(numbers: list[int], block: int) -> None:
    keys = np.array(numbers, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sites, "_BLOCK", block)
        kept = sites._may_recur(keys)
    assert all(kept[at] for at, number in enumerate(numbers) if numbers.count(number) > 1)
    assert kept.sum() <= sum(numbers.count(number) > 1 for number in numbers) + 2, "few others share a slot"


def test_nothing_to_learn_from() -> None:
    assert len(learn_sites([]).keys) == 0
