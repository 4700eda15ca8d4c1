"""Reports made from one template are no copies that differ."""

from __future__ import annotations

from collections.abc import Callable

from provcheck.article import Article
from provcheck.drift.figures import find_figure_drift
from provcheck.drift.templates import find_templated

Make = Callable[..., Article]

TEMPLATE = (
    "{name} on Tuesday reported net income of ${a} million in its second quarter. The company, which is based in Maren, said it had profit of {b} "
    "cents a share in the period. The results beat what the analysts of the coast had expected by {c} percent this time. The firm posted revenue "
    "of ${d} million in the period, also more than forecast. Its shares have risen {e} percent since the beginning of the year, according to the exchange."
)
ADDED = " The mayor spoke to the crew at noon. Nobody could say why it sank. The divers go down again in the morning."


def report(name: str, *figures: int) -> str:
    return TEMPLATE.format(name=name, **dict(zip("abcde", figures, strict=True)))


def test_earnings_of_two_companies(article: Make) -> None:
    articles = [
        article(report("Harbour Oak", 12, 31, 4, 220, 9), "a"),
        article(report("Coast Rope", 40, 85, 7, 610, 21), "b"),
    ]
    assert find_templated(articles) == {("a", "b")}
    assert list(find_figure_drift(articles)) == []


def test_a_copy_with_another_toll_is_none(article: Make) -> None:
    first = (
        "The ferry sank off Nordhaven with 60 people aboard, and 12 of them are missing, the guard said."
        + ADDED
    )
    later = first.replace("12 of them", "15 of them")
    articles = [article(first, "a"), article(later, "b")]
    assert find_templated(articles) == frozenset()
    assert [(drift.odd, drift.usual) for drift in find_figure_drift(articles)] == [("15", "12")]
