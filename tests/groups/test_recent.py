"""Near copies in a stream, and how much of it is remembered."""

from __future__ import annotations

from collections.abc import Callable

from provcheck.article import Article
from provcheck.groups.recent import Recent
from provcheck.groups.sketch import sketch
from provcheck.settings import GroupSettings

STORY = "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard of the island said in a statement."


def test_a_near_copy_is_found_until_it_is_forgotten(article: Callable[..., Article]) -> None:
    recent = Recent(window=2, near=0.5)
    values = [recent.values_of(sketch(article(text), GroupSettings())) for text in (
        STORY, STORY.replace("Monday", "Sunday"),
        "A court in the capital heard on Tuesday how the museum kept two sets of books for eleven years, a clerk told.",
        "Tides along the northern shore will rise by two metres before dawn, and the harbour master has closed the pier.",
    )]  # fmt: skip
    assert recent.copy_of(values[1]) is None
    recent.remember("a", values[0])
    found = recent.copy_of(values[1])
    assert found is not None and found[0] == "a" and 0.5 <= found[1] < 1
    assert recent.copy_of(values[2]) is None
    recent.remember("b", values[2])
    recent.remember("c", values[3])
    assert recent.copy_of(values[1]) is None, "two are remembered, and it was the third"


def test_short_texts_are_like_many(article: Callable[..., Article]) -> None:
    recent = Recent(window=5, near=0.5)
    assert recent.values_of(sketch(article("The ferry sank off Nordhaven."), GroupSettings())) is None
    recent.remember("a", None)
    assert recent.copy_of(None) is None
