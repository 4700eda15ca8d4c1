"""What waits on the shelf comes back as it was, from memory and from its file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.article import Article
from provcheck.groups import shelf
from provcheck.groups.shelf import Heap, Shelf, Shelved
from provcheck.groups.sketch import Sketch, sketch
from provcheck.names.roster import Roster
from provcheck.settings import GroupSettings

SETTINGS = GroupSettings()
TEXTS = [
    "The ferry “struck the Tern Rocks shortly after two”, Anna Brandt said.\nNobody was hurt.",
    "",
    "新华社北京电 船在周一沉没。 12 whales",
]


@given(st.lists(st.binary(max_size=40), max_size=30), st.integers(0, 200))
def test_pieces_come_back_in_any_order(pieces: list[bytes], limit: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "_IN_MEMORY", limit)
        heap = Heap()
        for number, piece in enumerate(pieces):
            heap.add(piece)
            assert heap[number] == piece
        assert [heap[number] for number in reversed(range(len(heap)))] == pieces[::-1]
        heap.close()


def test_the_file_is_gone_with_the_heap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_IN_MEMORY", 10)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    heap = Heap()
    heap.add(b"x" * 100)
    heap.add(b"y")
    assert heap[0] == b"x" * 100 and heap[1] == b"y"
    heap.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", TEXTS)
def test_documents_come_back(article: Callable[..., Article], text: str) -> None:
    given = article(text, title="A ferry and its title", source="harbour.example", published="2024-05-02")
    made, place = sketch(given, SETTINGS), Shelf()
    place.add(Shelved.of(given, made, SETTINGS))
    back = place.sketch(0)
    assert (back.id, back.outlet, back.day) == (made.id, made.outlet, made.day)
    for name in ("stems", "roots", "sentences", "flags", "starts", "ends", "title"):
        one, other = getattr(made, name), getattr(back, name)
        assert one.dtype == other.dtype and one.tolist() == other.tolist(), name
    again = place.article(0, Roster())
    assert (again.document, again.marks, again.provenance) == (given.document, given.marks, given.provenance)
    assert place.values([0]).shape == (1, SETTINGS.permutations)


def test_an_empty_sketch_packs() -> None:
    nothing = np.empty(0, dtype=np.uint32)
    places = np.empty(0, dtype=np.int32)
    made = Sketch("x", None, None, nothing, nothing, places, np.empty(0, np.uint8), places, places, nothing)
    assert len(Sketch.unpack(made.pack(), "x", None, None).stems) == 0
