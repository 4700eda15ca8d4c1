"""Sketches in few bytes come back as they were."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.archive.packing import Vocabulary, packed, unpacked
from provcheck.article import Article
from provcheck.groups.sketch import sketch
from provcheck.model import Document
from provcheck.settings import GroupSettings


@given(st.lists(st.text(max_size=200), max_size=5))
def test_what_is_packed_comes_back(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    sketches = [sketch(Article(Document(id="a", text=text)), GroupSettings()) for text in texts]
    raw = []
    for each in sketches:
        vocabulary.learned(each.stems, each.roots)
        raw.append(packed(each, vocabulary.numbers(each.stems)))
    for each, data in zip(sketches, raw, strict=True):
        back = unpacked(data, vocabulary, "a", None, 7)
        for name in ("stems", "roots", "sentences", "flags", "starts", "ends"):
            assert np.array_equal(getattr(back, name), getattr(each, name)), name
        assert (back.id, back.outlet, back.day) == ("a", None, 7)


def test_a_body_with_gaps_and_a_very_long_word(article: Callable[..., Article]) -> None:
    text = "Harbour " + " " * 70_000 + "x" * 66_000 + " closed. It reopens."
    found, vocabulary = sketch(article(text), GroupSettings()), Vocabulary()
    vocabulary.learned(found.stems, found.roots)
    back = unpacked(packed(found, vocabulary.numbers(found.stems)), vocabulary, "a", None, None)
    assert np.array_equal(back.starts, found.starts) and np.array_equal(back.ends, found.ends)


def test_damaged_bytes_are_refused(article: Callable[..., Article]) -> None:
    found, vocabulary = sketch(article("The pier was closed on Monday."), GroupSettings()), Vocabulary()
    vocabulary.learned(found.stems, found.roots)
    raw = packed(found, vocabulary.numbers(found.stems))
    with pytest.raises(zlib.error):
        unpacked(raw[:-3], vocabulary, "a", None, None)
    with pytest.raises(ValueError, match="another length"):
        unpacked(zlib.compress(zlib.decompress(raw)[:-1]), vocabulary, "a", None, None)
    with pytest.raises(ValueError, match="vocabulary lacks"):
        unpacked(raw, Vocabulary(), "a", None, None)


@given(st.lists(st.lists(st.integers(0, 60), max_size=30), max_size=12), st.integers(0, 60))
def test_numbers_last_however_words_come(batches: list[list[int]], cut: int) -> None:
    vocabulary, plain = Vocabulary(), list[int]()
    for batch in batches:
        stems = np.array(batch, dtype=np.uint32)
        fresh, _ = vocabulary.learned(stems, stems + np.uint32(1))
        expected = [word for word in dict.fromkeys(batch) if word not in plain]
        assert fresh.tolist() == expected
        plain.extend(expected)
        assert vocabulary.numbers(stems).tolist() == [plain.index(word) for word in batch]
    vocabulary.cut(cut)
    kept = plain[:cut]
    assert len(vocabulary) == len(kept)
    stems, roots = vocabulary.words(np.arange(len(kept)))
    assert stems.tolist() == kept and roots.tolist() == [word + 1 for word in kept]
    assert vocabulary.numbers(np.array(kept, dtype=np.uint32)).tolist() == list(range(len(kept)))


def test_a_large_vocabulary_is_looked_up_in_a_table() -> None:
    vocabulary, draw = Vocabulary(), np.random.default_rng(5)
    every = draw.permutation(np.arange(40_000, dtype=np.uint32))
    for batch in np.array_split(every, 9):
        vocabulary.learned(batch, batch)
    assert np.array_equal(vocabulary.numbers(every), np.arange(len(every)))
