"""Sentences of quotes that differ by a "not"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.article import Article
from provcheck.drift.negations import find_negations
from provcheck.drift.utterances import utterances_of

Make = Callable[..., Article]


def found(make: Make, *texts: str) -> list[tuple[str, str, bool]]:
    articles = [make(text, str(number)) for number, text in enumerate(texts)]
    return [(n.odd.article.id, n.odd.text, n.added) for n in find_negations(utterances_of(articles))]


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        (
            "I will not be the harbourmaster of those who paid.",
            "I will be the harbourmaster of those who paid.",
        ),
        ("We are not against lighthouses. We are against paying.", "We are against lighthouses."),
        ("I did not come here to rest on the quay.", "I came here to rest on the quay."),
        ("No one has died in the harbour town.", "One has died in the harbour town."),
    ],
)
def test_a_lost_negation(article: Make, said: str, cut: str) -> None:
    story = "The ferry came in late.\n\n“{}” Captain Ana Brandt told reporters on Monday."
    assert found(article, story.format(said), story.format(cut)) == [("1", cut, False)]
    assert found(article, story.format(said), story.format(said)) == []


def test_the_form_that_fewer_have_is_odd(article: Make) -> None:
    story = "“We will {}sell the lighthouse to anybody,” Captain Ana Brandt said."
    assert found(article, story.format(""), story.format("not "), story.format("")) == [
        ("1", "We will not sell the lighthouse to anybody,", True)
    ]


def test_what_is_no_contrary(article: Make) -> None:
    story = "“We will {}sell the lighthouse to anybody,” {} said."
    assert not found(article, story.format("", "Ana Brandt"), story.format("not ", "Piotr Walczak"))
    both = story.format("", "Ana Brandt") + "\n\n" + story.format("not ", "Ana Brandt")
    assert not found(article, both, story.format("not ", "Ana Brandt"))
    assert not found(
        article, "He saw no “reason to leave the harbour”.", "“No reason to leave the harbour,” he said."
    )
    assert not found(article, "“I do not know it,” she said.", "“I know it,” she said.")
