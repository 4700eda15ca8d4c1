"""Bags of words: what an entry keeps, and documents joined and taken apart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from provcheck.article import Article
from provcheck.groups import longarray
from provcheck.groups.bags import Pool
from provcheck.groups.frequencies import Frequencies
from provcheck.groups.sketch import Sketch, sketch
from provcheck.groups.wordbags import BAGS, STORY, WordBags, counts_of, weights_of
from provcheck.groups.words import Words
from provcheck.settings import GroupSettings

TEXTS = [
    'Mayor Aune Tveit opened 12 ferries. "The harbour has waited for 12 ferries for years," Tveit told the harbour crowd.',
    "The harbour of Kestrel Bay has 12 ferries more, and the mayor opened all of them.",
    "Beekeepers on the roofs of Kestrel Bay took in a record harvest of honey.",
]


@pytest.fixture
def sketches(article: Callable[..., Article]) -> list[Sketch]:
    return [sketch(article(text, f"{n}"), GroupSettings()) for n, text in enumerate(TEXTS)]


def counts(bags: WordBags, row: int, sketches: list[Sketch], word: str) -> dict[str, int]:
    """How often a word, by its place in the text, stands in each bag."""
    at = TEXTS[row].index(word)
    stem = sketches[row].stems[int(np.flatnonzero(sketches[row].starts == at)[0])]
    vocabulary = np.unique(np.concatenate([each.stems for each in sketches]))
    columns, entries = bags.part(row, row + 1)
    entry = entries[columns == np.searchsorted(vocabulary, stem)]
    return {bag: int(counts_of(entry, number)[0]) for number, bag in enumerate(BAGS)}


def test_words_are_counted_by_where_they_stand(sketches: list[Sketch]) -> None:
    bags = Pool(sketches).words
    assert counts(bags, 0, sketches, "harbour") == {
        "words": 2, "narration": 1, "names": 0, "plain": 1, "numbers": 0, "quoted": 1,
    }  # fmt: skip
    assert counts(bags, 0, sketches, "12") == {
        "words": 2, "narration": 1, "names": 2, "plain": 0, "numbers": 2, "quoted": 1,
    }  # fmt: skip
    assert counts(bags, 0, sketches, "Tveit")["names"] == 2


def test_lead_and_title_weigh_more_in_a_story() -> None:
    words = np.arange(150, dtype=np.uint32)
    long = Sketch(
        "d", None, None, words, words, np.zeros(150, np.int32), np.zeros(150, np.uint8), words.view(np.int32),
        words.view(np.int32), np.array([3, 140, 999], dtype=np.uint32),
    )  # fmt: skip
    bags = Pool([long]).words  # 999 stands in no body
    _, entries = bags.part(0, 1)
    assert weights_of(entries, STORY)[[3, 4, 120, 140]].tolist() == [6.0, 3.0, 1.0, 4.0]
    assert len(entries) == 150


@pytest.mark.parametrize("in_memory", [longarray._IN_MEMORY, 16])
def test_documents_joined_and_taken(
    sketches: list[Sketch], monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(longarray, "_IN_MEMORY", in_memory)
    frequencies = Frequencies([Words(sketches)], 60)
    parts = [Pool(sketches[:1], frequencies).words, Pool(sketches[1:], frequencies).words]
    joined, whole = WordBags.joined(parts, frequencies.rarities), Pool(sketches, frequencies).words
    for one, other in ((joined, whole), (joined.take(np.array([1, 2])), parts[1])):
        for name in ("bounds", "words", "lengths", "masses"):
            assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    monkeypatch.setattr("provcheck.groups.wordbags._RESIDENT", 2)
    monkeypatch.setattr(longarray, "_LARGE", 0)
    assert joined.sums(left, right).dots.tolist() == whole.sums(left, right).dots.tolist()
    assert joined.story_cosines(left, right).tolist() == whole.story_cosines(left, right).tolist()
    joined.close()
