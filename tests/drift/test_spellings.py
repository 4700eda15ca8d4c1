"""Names of any kind that one copy spells as no other does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.article import Article
from provcheck.drift.spellings import find_spellings

Make = Callable[..., Article]
STORY = (
    "The ferry left before dawn and was seen by fishermen near the Velmaro lighthouse around noon that day."
)


def odd(article: Make, *texts: str) -> list[tuple[str, str]]:
    return [(s.odd, s.usual) for s in find_spellings([article(t, str(n)) for n, t in enumerate(texts)])]


def test_a_place_respelled(article: Make) -> None:
    assert odd(article, STORY, STORY, STORY.replace("Velmaro", "Felmaro")) == [("Felmaro", "Velmaro")]


def test_a_body_respelled_shows_its_whole_name(article: Make) -> None:
    story = "An inspector of the Nordhaven Velmaro Institute examined the wreck and wrote that its doors had been open."
    assert odd(article, story, story, story.replace("Velmaro", "Welmaro")) == [
        ("Nordhaven Welmaro Institute", "Nordhaven Velmaro Institute")
    ]


def test_a_name_with_both_words_respelled_in_a_sentence_of_its_own(article: Make) -> None:
    others = "Among the guests of the harbour festival was Bezalel Modrich from the islands."
    here = "Nobody had expected that evening to see Bezarel Mudrish in the old town again."
    assert odd(article, others, others, here) == [("Bezarel Mudrish", "Bezalel Modrich")]
    assert odd(article, others, others, here + " Bezalel Modrich is his cousin.") == []


@pytest.mark.parametrize(
    "third",
    [
        STORY,  # no difference
        STORY.replace("Velmaro", "Velmaros"),  # an ending
        STORY.replace("Velmaro", "British"),  # a word that news knows
        STORY.replace("Velmaro", "Karsundo"),  # nothing like it
        STORY.replace("Velmaro", "Felmaro") + " Velmaro has a lighthouse of its own.",  # it has both
        "A tanker from Felmaro brought water to seven villages of the northern coast.",  # another sentence
    ],
)
def test_what_is_no_slip(article: Make, third: str) -> None:
    assert odd(article, STORY, STORY, third) == []


def test_one_against_one_says_nothing(article: Make) -> None:
    assert odd(article, STORY, STORY.replace("Velmaro", "Felmaro")) == []


def test_many_names_take_no_time_to_speak_of(article: Make) -> None:
    names = ". ".join(
        f"Then Ora{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}vel Timsar met the captain of the ferry"
        for n in range(2_000)
    )
    assert odd(article, names, names, names) == []


NAMED = "The visit of Joe Halverson to the harbour town was short, and nobody there remembers it."


@pytest.mark.parametrize(
    ("third", "found"),
    [
        ("Nobody in town recalls what Joe Halferson wanted there.", [("Joe Halferson", "Joe Halverson")]),
        ("Nobody in town recalls what Joe Hálverson wanted there.", []),  # an accent
        ("Nobody in town recalls what Joe Marlowe wanted there.", []),  # another person
        ("Nobody in town recalls what Ida Halferson wanted there.", []),  # beside another word
        ("Nobody in town recalls what Joe Halferson told Joe Halverson there.", []),  # both
    ],
)
def test_beside_the_same_word_of_a_name_no_common_sentence_is_needed(
    article: Make, third: str, found: list[tuple[str, str]]
) -> None:
    assert odd(article, NAMED, NAMED, third) == found
