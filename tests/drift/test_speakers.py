"""Who said it, and who did not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck.article import Article
from provcheck.drift.quotes import find_lone_quotes
from provcheck.drift.speakers import find_misattributions, speaker_of

Make = Callable[..., Article]
WORDS = "We saw the water in the hold at noon and turned back to the harbour at once"


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS},” said Captain Ana Brandt.",
        f"“{WORDS},” Ana Brandt, the captain of the ferry, said. Ana Brandt said no more.",
        f"“{WORDS}!” Captain Ana Brandt later told the court in Nordhaven.",
        f"Captain Ana Brandt told the judges in Nordhaven: “{WORDS}.”",
        f"Captain Ana Brandt said, “{WORDS}.” Minister Piotr Walczak was silent.",
        f"Minister Piotr Walczak met Captain Ana Brandt. Ana Brandt told reporters: “{WORDS}.”",
        f"“So be it,” Captain Ana Brandt said. “{WORDS}.”",
    ],
)
def test_the_speaker_beside_a_quote(article: Make, text: str) -> None:
    made = article(text)
    speaker = speaker_of(made, made.quotes[-1])
    if "the captain of the ferry" in text:  # an apposition stands between name and verb: not guessed
        assert speaker is None
        return
    assert speaker is not None and speaker.name == "Ana Brandt"
    assert made.text[speaker.start : speaker.end] in ("Ana Brandt", "Brandt")


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS}.” Minister Piotr Walczak said that he believed it.",  # the quote ended before
        f"“{WORDS},” she told Minister Piotr Walczak on Monday.",  # the one who was told
        f"Minister Piotr Walczak said the law would “{WORDS}” if it passed.",  # words inside his sentence
        f"“{WORDS},” stated a letter addressed to Minister Piotr Walczak.",
    ],
)
def test_nobody_is_guessed(article: Make, text: str) -> None:
    made = article(text)
    assert speaker_of(made, made.quotes[0]) is None


def test_another_speaker_is_found(article: Make) -> None:
    one, two = f"“{WORDS},” said Captain Ana Brandt.", f"Captain Ana Brandt told the court: “{WORDS}.”"
    odd = f"“{WORDS},” said engineer Piotr Walczak."
    articles = [article(text, str(n)) for n, text in enumerate((one, two, odd))]
    (found,) = find_misattributions(articles)
    assert (found.utterance.article.id, found.speaker.name, found.usual) == (
        "2",
        "Piotr Walczak",
        "Ana Brandt",
    )
    assert list(find_misattributions(articles[1:])) == [], "one against one says nothing"


@pytest.mark.parametrize("other", ["Ms Brandt", "Captain Anna Brandt", "Captain Ana Brandt-Walczak"])
def test_the_same_person_otherwise_named(article: Make, other: str) -> None:
    texts = [f"“{WORDS},” said Captain Ana Brandt."] * 2 + [
        f"Captain Ana Brandt spoke. “{WORDS},” said {other}."
    ]
    assert list(find_misattributions([article(t, str(n)) for n, t in enumerate(texts)])) == []


def test_a_quote_that_one_copy_has_alone(article: Make) -> None:
    story = (
        "The ferry sank off Nordhaven on Monday with sixty people aboard, and fishermen saved all of them."
    )
    lone = f"{story} “My brother never wanted to board that rusty ship again,” a widow added."
    told = f"{story} “Fishermen saved all sixty people aboard the ferry on Monday,” she said."
    articles = [article(text, str(n)) for n, text in enumerate((story, lone, told))]
    found = [[q.text for q in quotes] for quotes in find_lone_quotes(articles)]
    assert found == [["My brother never wanted to board that rusty ship again,"]]


def test_others_may_say_who_it_was_by_a_pronoun(article: Make) -> None:
    quote = "“We saw the water in the hold at noon and turned back to the harbour at once,”"
    meant = f"Captain Ana Brandt said the ferry was late.\n\n{quote} she said."
    odd = f"Captain Ana Brandt said the ferry was late.\n\n{quote} said engineer Piotr Walczak."
    articles = [article(text, str(n)) for n, text in enumerate((meant, meant, odd))]
    assert [(m.speaker.name, m.usual) for m in find_misattributions(articles)] == [
        ("Piotr Walczak", "Ana Brandt")
    ]
    several = meant.replace("Captain", "Minister Lea Moll and Captain")
    assert not list(
        find_misattributions([article(text, str(n)) for n, text in enumerate((several, several, odd))])
    )
