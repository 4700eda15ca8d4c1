"""Figures are textstat's own; textstat itself, given the same syllable table, is the oracle."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.quality import readability
from provcheck.quality.readability import METRICS, measure

TEXTS = [
    "The ferry sank off Nordhaven on Monday. Nobody was hurt, the coast guard said!",
    "“It's over,” she said. The rescuers' boats weren't needed: they'd gone home at 2 a.m. - tired.",
    "Interdepartmental authorisation notwithstanding institutional responsibilities",
    "One. Two. Three four five six. ... ?! a b",
    "Wow",
]


@pytest.fixture(autouse=True)
def offline_textstat(monkeypatch: pytest.MonkeyPatch) -> None:
    """textstat would fetch its dictionary; it gets ours, in its shape: word -> [[phones]], stressed ones end in a digit."""
    from textstat.backend.counts import _count_syllables

    class Table(dict[str, Any]):
        def __missing__(self, word: str) -> list[list[str]]:
            return [["A0"] * readability._words_of("en").facts(word)[0]]

    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda lang: Table())


def same(text: str) -> None:
    import textstat

    ours = measure(text, "en")
    for metric in METRICS:
        assert ours[metric] == pytest.approx(getattr(textstat, metric)(text), abs=1e-3), metric


@pytest.mark.parametrize("text", TEXTS)
def test_equal_to_textstat(text: str) -> None:
    same(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "the ferry's sank. Nobody interdepartmental “was” - isn't 'tis rock'n'roll! ... 3.5 ?".split()
        ),
        min_size=3,
    )
)
def test_equal_to_textstat_on_any_mixture(words: list[str]) -> None:
    text = " ".join(words)
    if readability._PUNCTUATION.sub("", readability._APOSTROPHE_OUTSIDE.sub("", text)).split():
        same(text)


def test_nothing_is_measured_without_words_or_language() -> None:
    assert measure("...", "en") == {} == measure("The ferry sank.", "unknown")


def test_other_languages_have_their_own_constants() -> None:
    text = "Die Fähre sank am Montag vor der Küste. Niemand wurde verletzt."
    german, english = measure(text, "de"), measure(text, "en")
    assert german["flesch_reading_ease"] != english["flesch_reading_ease"]
    assert "gunning_fog" not in german


def test_known_syllables() -> None:
    facts = readability._words_of("en").facts
    assert [facts(word)[0] for word in ("the", "ferry", "people", "reliable")] == [1, 2, 2, 4]
