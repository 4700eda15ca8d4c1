"""What changed between documents of one story, and what did not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provcheck import Checker, Document
from provcheck.article import Article
from provcheck.drift.figures import find_figure_drift
from provcheck.drift.names import find_name_drift
from provcheck.drift.numerals import parse_number
from provcheck.drift.quotes import find_quote_drift
from provcheck.provenance.owners import nearness

Make = Callable[..., Article]


def names(article: Make, *texts: str) -> list[tuple[str, str]]:
    return [
        (d.odd, d.usual) for d in find_name_drift([article(text, str(n)) for n, text in enumerate(texts)])
    ]


def test_the_same_office_under_another_name(article: Make) -> None:
    right = "Chinese Foreign Minister Qin Gang met his guest in Beijing on Sunday."
    assert names(article, right, right, right.replace("Qin", "Chen")) == [("Chen Gang", "Qin Gang")]


def test_the_same_sentence_with_another_spelling(article: Make) -> None:
    right = "Captain Piotr Walczak was the last to leave the sinking vessel that night, rescuers said."
    assert names(article, right, right, right.replace("Piotr Walczak", "Peter Valchak")) == [
        ("Peter Valchak", "Piotr Walczak")
    ]


def test_a_surname_beside_the_same_person(article: Make) -> None:
    right = "Talks between Antony Blinken and Qin Gang began. Mr Blinken and Mr Qin shook hands in the hall of the house."
    wrong = "Secretary Antony Blinken arrived early. Talks between Blinken and Kane made little progress, an official said."
    assert ("Kane", "Qin") in names(article, right, right, wrong)


def test_another_person_is_no_drift(article: Make) -> None:
    one = "Chinese Foreign Minister Qin Gang met his guest in Beijing on Sunday."
    other = "Taiwan Premier Chen Xinjin told reporters that the island watches the talks closely."
    assert names(article, one, one, other) == []


def test_an_article_with_both_names_means_two_persons(article: Make) -> None:
    both = "Transport Minister Ana Brandt spoke on Monday. Former Transport Minister Anna Brand answered her in the hall."
    one = "Transport Minister Ana Brandt spoke on Monday about the ferries of the bay and their owners."
    assert names(article, both, one, one) == []


def quotes(article: Make, *texts: str) -> list[str]:
    return [d.change for d in find_quote_drift([article(text, str(n)) for n, text in enumerate(texts)])]


def test_changed_words_of_a_quote(article: Make) -> None:
    one = "“They agreed to schedule a reciprocal visit at a mutually suitable time,” he said."
    other = "He said that “they agreed to plan a return trip at a mutually appropriate time”."
    (change,) = quotes(article, one, other)
    assert "“schedule” became “plan”" in change and "“suitable” became “appropriate”" in change


@pytest.mark.parametrize(
    "other",
    [
        "He said “a reciprocal visit at a mutually suitable time” was near.",  # a cut
        "“THEY agreed to schedule a reciprocal visit — at a mutually suitable time!” he said.",  # case and marks
        "“The weather was fine and the sea was calm all night,” she said.",  # another quote
    ],
)
def test_what_is_no_change(article: Make, other: str) -> None:
    assert (
        quotes(
            article,
            "“They agreed to schedule a reciprocal visit at a mutually suitable time,” he said.",
            other,
        )
        == []
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "We can't accept 40% of the harbour's costs.",
            "We can not accept 40 per cent of the harbour’s costs.",
        ),
        (
            "It’s a rumour, and we’re organising the harbour.",
            "It is a rumor, and we are organizing the harbor.",
        ),
        (
            "The harbour must be dredged, and the owners know it very well, before the winter storms come.",
            "The harbour must be dredged … before the winter storms come.",
        ),
    ],
)
def test_what_copy_editors_change_is_no_drift(article: Make, one: str, other: str) -> None:
    assert quotes(article, f"“{one}” she said.", f"“{other}” she said.") == []


def test_fragments_that_all_copies_have_do_not_hide_a_changed_word(article: Make) -> None:
    whole = "“The harbour must be dredged before the winter storms come, whatever the owners of the ferry say,” she said."
    changed = whole.replace("winter", "summer")
    fragment = "She spoke of “whatever the owners of the ferry say” again."
    texts = [changed, fragment, fragment + " Really.", fragment + " Indeed.", whole, whole + " Twice."]
    assert quotes(article, *texts) == ["“winter” became “summer”"]


def test_a_quote_that_a_hundred_copies_have_is_compared_with_the_odd_one(article: Make) -> None:
    usual = "“The harbour must be dredged before the winter storms come to this coast,” she said."
    assert quotes(article, *[usual] * 100, usual.replace("winter", "summer")) == ["“winter” became “summer”"]


def test_words_are_odd_where_fewer_have_them(article: Make) -> None:
    """Three versions, no two alike: each is odd at the one place where it stands alone."""
    base = "The harbour must be dredged before the winter storms come to this coast"
    one, other = base.replace("dredged", "deepened"), base.replace("storms", "gales")
    texts = [f"“{version},” she said." for version in (base, one, other)]
    assert sorted(quotes(article, *texts)) == ["“dredged” became “deepened”", "“storms” became “gales”"]


def figures(article: Make, *texts: str) -> list[tuple[str, str]]:
    return [
        (d.odd, d.usual) for d in find_figure_drift([article(text, str(n)) for n, text in enumerate(texts)])
    ]


def test_figures_that_disagree(article: Make) -> None:
    right = "Rescuers needed seven and a half hours to bring all passengers of the ferry ashore at Nordhaven."
    wrong = "It took rescuers five hours to bring all passengers of the ferry ashore at Nordhaven."
    assert figures(article, right, right, wrong) == [("five hours", "seven and a half hours")]


def test_roundings_and_spellings_agree(article: Make) -> None:
    one = "Rescuers needed seven and a half hours to bring all passengers of the ferry ashore at Nordhaven."
    for same in ("7-1/2 hours", "over seven hours", "7½ hours"):
        assert figures(article, one, one.replace("seven and a half hours", same)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("7-1/2", 7.5), ("1,200", 1200), ("seven and a half", 7.5), ("two million", 2e6), ("twenty-one", 21), ("half an", 0.5),
     ("3.5 million", 3.5e6), ("a", 1), ("two hundred and five", 205), ("7½", 7.5), ("many", None)],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert parse_number(text) == value


def test_a_surname_with_an_office_that_another_holds(article: Make) -> None:
    right = "Chinese Foreign Minister Qin Gang met his guest in Beijing on Sunday and spoke for hours."
    wrong = (
        "The guest from Washington was met in the old hall by Chinese Foreign Minister Kane on a cold Sunday."
    )
    assert names(article, right, right, wrong) == [("Kane", "Qin Gang")]
    assert names(article, right, right, wrong.replace("Chinese", "Danish")) == []
    assert names(article, right, right, wrong.replace("Kane", "Qin")) == []


AWKWARD = {
    "capitals": "CHINESE FOREIGN MINISTER QIN GANG MET HIS GUEST ON SUNDAY. QIN GANG SAID NO MORE. " * 40,
    "no capitals": "chinese foreign minister qin gang met his guest on sunday. qin gang said no more. " * 40,
    "other scripts": "Министр иностранных дел Цинь Ган встретил гостя в воскресенье. 秦刚会见了客人。" * 40,
    "one name": "Captain Ana Brandt said so. " * 500,
    "two spellings of one name": "Captain Ana Brandt said so. Captain Anna Brandt said so. " * 250,
    "results": "\n".join(
        f"{n}. Marta Hol{n % 90}e (NOR) 1:{n % 60:02d}.{n % 10}  Ida Breks (SWE) {n}" for n in range(1_500)
    ),
    "list": ", ".join(
        f"{a}{b}ra {c}{d}lund" for a in "ABCDEFGH" for b in "aeiou" for c in "KLMNPRSTVW" for d in "aeiou"
    ),
}


@pytest.mark.parametrize("kind", AWKWARD)
def test_awkward_texts_give_no_flood(article: Make, kind: str) -> None:
    texts = [AWKWARD[kind], AWKWARD[kind].replace("Brandt", "Brand").replace("Hol", "Hul"), AWKWARD[kind]]
    articles = [article(text, str(number)) for number, text in enumerate(texts)]
    assert len(list(find_name_drift(articles))) <= 2
    assert len(list(find_quote_drift(articles))) == 0
    assert len(list(find_figure_drift(articles))) <= 2


def test_spaces_and_hyphens_make_no_drift(article: Callable[..., Article]) -> None:
    told = "President {} said on Monday that the ferry of Nordhaven was safe, and President {} left."
    names = ("Noor-ul-Haq Sharif", "Noorul Haq Sharif", "Noorul Haq Sharif")
    assert list(find_name_drift([article(told.format(n, n), str(i)) for i, n in enumerate(names)])) == []


def test_one_word_of_a_short_quote_that_says_little(article: Make) -> None:
    said = "“I know what to do. I have no dry wood to do it with,” she said."
    assert quotes(article, said, said.replace("dry", "good"), said) == ["“dry” became “good”"]


def test_names_that_share_most_letters_are_held_against_each_other(article: Make) -> None:
    right = "Union leader Hristo Zhelyazkov said on Monday that the builders would go on."
    odd = "Union leader Christo Jeliazkov said on Monday that the builders would go on."
    assert names(article, right, right, odd) == [("Christo Jeliazkov", "Hristo Zhelyazkov")]


def test_customs_of_houses_are_no_drift(article: Make) -> None:
    right = "Insolvency administrator Jürgen Pfänder said on Monday that the bank was closed."
    assert names(article, right, right, right.replace("ü", "ue").replace("ä", "ae")) == []
    assert names(article, right, right, right.replace("ü", "u").replace("ä", "a")) == []


def test_who_stands_nearest_the_source_is_right_in_a_tie(article: Make) -> None:
    right = "OSLO (Reuters) - Energy Minister Marija Lonska met the governor of the province in the town hall on Monday."
    wrong = right.replace("OSLO (Reuters) - ", "").replace("Marija Lonska", "Maria Lonsca")
    copy, wire = article(wrong, "a-copy"), article(right, "wire")
    ordered = sorted([copy, wire], key=nearness)
    assert [each.id for each in ordered] == [
        "a-copy",
        "wire",
    ]  # without their provenance, which the checker tells
    checked = [Checker().check(Document(id=each.id, text=each.text)).article for each in (copy, wire)]
    ordered = sorted(checked, key=nearness)
    assert [each.id for each in ordered] == ["wire", "a-copy"]
    assert [(d.odd, d.usual, d.certain) for d in find_name_drift(ordered)] == [
        ("Maria Lonsca", "Marija Lonska", False)
    ]


def test_forms_of_one_name_stand_together_against_a_slip(article: Make) -> None:
    said = "Energy Minister {} met the governor of the province in the town hall on Monday."
    given = ("Marija Lončarević", "Marija Loncarevic", "Maria Lonsarevich")
    assert names(article, *map(said.format, given)) == [("Maria Lonsarevich", "Marija Lončarević")]
    given = ("Kim Yung-ho", "Yung-ho Kim", "Kim Young-hu")
    assert [odd for odd, _ in names(article, *map(said.format, given))] == ["Kim Young-hu"]


def test_house_style_in_the_numbers_of_a_quote_is_no_change(article: Make) -> None:
    first = "“We sent twenty-five boats and a hundred men to the 1,000 people on the pier,” the captain of the guard said."
    second = first.replace("twenty-five", "25").replace("a hundred", "100").replace("1,000", "1000")
    assert list(find_quote_drift([article(first, "0"), article(second, "1")])) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("killed 39 and", "killed 93 and"),
        ("arrested 12 people after a raid in", "arrested 21 people after a raid in"),
        ("voted 214-98 in", "voted 241-98 in"),
        ("paid $240.1 bln in", "paid $204.1 bln in"),
        ("waited three hours and 20 minutes in", "waited two hours and 20 minutes in"),
    ],
)
def test_numbers_of_every_kind_in_one_sentence(article: Make, was: str, now: str) -> None:
    said = "The police of the island said that they {} the old engine hall at the harbour."
    texts = [said.format(was), said.format(was), said.format(now)]
    found = list(find_figure_drift([article(text, str(n)) for n, text in enumerate(texts)]))
    assert len(found) == 1
    assert {fact.article.id for fact in found[0].facts[:1]} == {"2"}
