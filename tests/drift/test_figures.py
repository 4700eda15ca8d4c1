"""Figures of every kind, compared where sentences are one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.article import Article
from provcheck.drift.facts import find_facts, same_value
from provcheck.drift.figures import find_figure_drift

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("Rescuers counted 112 children on the beach near the old lighthouse.", "childr", 112),
        ("The owner paid $3.5 million for the ferry in the spring of that year.", "$", 3.5e6),
        ("The owner paid 40 million euros for the ferry in spring, he said.", "€", 40e6),
        ("Captain Ana Brandt, 54, steered the ferry into the storm that night.", "age", 54),
        ("The 54-year-old captain Ana Brandt steered the ferry into the storm.", "age", 54),
        ("It was the third accident of the ferry on this coast, police said.", "rank accide", 3),
        ("The court will hear the owners of the ferry on August 22, police said.", "date", 822),
        ("The ferry had been built in 1998 by a yard that no longer exists.", "year of", 1998),
        ("About 40 per cent of the passengers could not swim, the guard said.", "percent", 40),
        ("It was a journey of nearly three hours to the harbour, passengers said.", "hour", 3),
    ],
)
def test_what_a_figure_counts(article: Make, text: str, unit: str, value: float) -> None:
    found = [(fact.unit, fact.value) for fact in find_facts(article(text))]
    assert (unit, value) in found


@pytest.mark.parametrize(
    "text",
    [
        "It took an hour more than the owners of the ferry had expected.",
        "He scored 3-2 on penalties that evening in the town.",
        "Call 555 0100 or come to the harbour office in the morning.",
    ],
)
def test_what_is_no_figure(article: Make, text: str) -> None:
    assert not [fact for fact in find_facts(article(text)) if fact.unit in ("hour", "penalt", "year of")]


def drifts(article: Make, *texts: str) -> list[tuple[str, str]]:
    articles = [article(text, str(number)) for number, text in enumerate(texts)]
    return [(found.odd, found.usual) for found in find_figure_drift(articles)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("112 children", "121 children"),
        ("$3 million", "$5 million"),
        ("third storm", "fourth storm"),
        ("August 22", "August 28"),
        ("40 per cent", "60 per cent"),
    ],
)
def test_the_odd_value_in_one_sentence_of_three_copies(article: Make, was: str, now: str) -> None:
    right = f"The coast guard counted {was} among the losses when the harbour of Nordhaven flooded, officials reported."
    assert drifts(article, right, right.replace(was, now), right) == [(now, was)]
    assert drifts(article, right, right, right) == []


def test_the_age_of_a_person_needs_no_common_sentence(article: Make) -> None:
    one = "Captain Ana Brandt, 54, steered the ferry into the storm that night, the court heard."
    two = "Ana Brandt, 54, has been the captain of the ferry for many years, her lawyer said."
    odd = "The judges listened for an hour to Captain Ana Brandt, 45, before they withdrew."
    assert drifts(article, one, two, odd) == [("45", "54")]


def test_other_sentences_have_other_figures(article: Make) -> None:
    one = (
        "The coast guard counted 112 children among the passengers when the ferry left Nordhaven before dawn."
    )
    other = "A school nearby sent 40 children to sing at the memorial service that the mayor had announced."
    assert drifts(article, one, other, one) == []


def test_the_newest_toll_of_many_is_not_told_a_hundred_times(article: Make) -> None:
    texts = [
        f"The coast guard counted {n} passengers among the dead when the ferry sank near Nordhaven harbour."
        for n in (10, 10, 12, 12, 12, 14)
    ]
    assert drifts(article, *texts) == [("10 passengers", "12 passengers"), ("14 passengers", "12 passengers")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("about 20", "100", False),
        ("about 60", "100", False),
        ("about 30", "128", False),
        ("about 100", "128", True),
        ("over seven", "seven and a half", True),
    ],
)
def test_a_rough_figure_agrees_within_its_own_last_digit(
    article: Make, one: str, other: str, same: bool
) -> None:
    told = "Rescuers counted {} people on the beach near the old lighthouse that night."
    a, b = (next(iter(find_facts(article(told.format(each))))) for each in (one, other))
    assert same_value(a, b) is same
    assert same_value(b, a) is same


@pytest.mark.parametrize("text", ["They met in Marseille 3 times.", "The mayor 12 people chose."])
def test_words_that_begin_like_a_month_are_none(article: Make, text: str) -> None:
    assert not [fact for fact in find_facts(article(text)) if fact.unit == "date"]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("The court gave the owner two years and four months for the accident.", "month", 28),
        ("It is the third-largest harbour on this coast, the minister said.", "rank larges", 3),
        ("The state paid 5 crore rupees to the families of the passengers.", "rupee", 5e7),
    ],
)
def test_figures_in_other_words(article: Make, text: str, unit: str, value: float) -> None:
    assert (unit, value) in [(fact.unit, fact.value) for fact in find_facts(article(text))]


def test_short_sentences_that_differ_in_the_figure_alone(article: Make) -> None:
    told = (
        "The ferry sank on Monday with many people aboard.\n\nThe yard employs {} workers in Nordhaven town."
    )
    articles = [article(told.format(many), str(n)) for n, many in enumerate((450, 450, 540))]
    (drift,) = find_figure_drift(articles)
    assert (drift.odd, drift.usual) == ("540 workers", "450 workers")


@pytest.mark.parametrize(
    ("was", "now"),
    [("6.4 percentage points", "6.4%"), ("5,200 hectares", "5,200 acres"), ("$3 million", "€3 million")],
)
def test_one_number_with_another_unit(article: Make, was: str, now: str) -> None:
    right = (
        f"The share of the Harbour Front grew by {was} since the general election, the officials reported."
    )
    assert drifts(article, right, right.replace(was, now), right) == [(now, was)]


def test_a_conversion_is_no_drift(article: Make) -> None:
    told = "The blaze in the hills of Nordhaven has consumed {} since Saturday, the fire service reported."
    assert drifts(article, told.format("5,200 hectares"), told.format("12,850 acres")) == []


def test_an_age_is_not_that_of_whom_the_sentence_goes_on_to(article: Make) -> None:
    text = "The 46-year-old engineer replaces Joe Pike, who led the harbour office for eleven years."
    assert not [fact for fact in find_facts(article(text)) if fact.unit == "age"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("14.82 million kronor", "14.82 billion kronor"),
        ("150 basis points", "150 percent"),
        ("September 30", "September 13"),
        ("2:18:58", "2:18:85"),
    ],
)
def test_a_short_sentence_is_told_by_all_its_other_words(article: Make, was: str, now: str) -> None:
    right = f"Its sales grew to {was}."
    assert drifts(article, right, right.replace(was, now), right) == [(now, was)]


def test_a_rare_number_with_another_unit_in_other_words(article: Make) -> None:
    right = "Fires have burned 42,300 hectares in the hills this month, the service said."
    odd = "In the hills the flames consumed 42,300 acres since the beginning of the month."
    assert drifts(article, right, right, odd) == [("42,300 acres", "42,300 hectares")]
    few = "Fires have burned 40 hectares in the hills this month, the service said."
    assert drifts(article, few, few, odd.replace("42,300", "40")) == []
