"""Frequencies of a collection, and scores that do not depend on which pairs are looked at together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.article import Article
from provcheck.groups import pairs
from provcheck.groups.bags import Pool
from provcheck.groups.frequencies import Frequencies
from provcheck.groups.pairs import over_blocks
from provcheck.groups.score import PairScores, score_pairs
from provcheck.groups.sketch import Sketch, sketch
from provcheck.groups.words import Words, columns_of, grouped, rows_of
from provcheck.settings import GroupSettings

TEXTS = [
    "The ferry struck the Tern Rocks shortly after two in the morning and water flooded the engine room.",
    "The ferry struck a reef shortly after two in the morning, and water ran into the engine room, they said.",
    "Beekeepers on the roofs of Kestrel Bay took in a record harvest of honey this summer.",
    "A record harvest of honey came from the roofs of Kestrel Bay, beekeepers said on Monday.",
    "The council votes on the harbour budget on Thursday.",
]


@pytest.fixture
def sketches(article: Callable[..., Article]) -> list[Sketch]:
    return [sketch(article(text, f"{n}"), GroupSettings()) for n, text in enumerate(TEXTS)]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2**32 - 1)), max_size=40))
def test_occurrences_by_row_and_column(cells: list[tuple[int, int]]) -> None:
    rows = np.array([row for row, _ in cells], dtype=np.int64)
    columns = np.array([column for _, column in cells], dtype=np.uint32)
    found = grouped(rows, columns)
    back = list(zip(rows_of(found.keys).tolist(), columns_of(found.keys).tolist(), strict=True))
    assert back == sorted(set(cells))
    assert [back[place] for place in found.place.tolist()] == cells
    assert [cells.index(cell) for cell in back] == found.sample.tolist()


def test_words_are_counted_by_document_however_the_blocks_fall(sketches: list[Sketch]) -> None:
    words = sum(len(s.stems) for s in sketches)
    whole = Frequencies([Words(sketches)], words)
    parts = Frequencies([Words(sketches[:1]), Words(sketches[1:3]), Words(sketches[3:])], words)
    held = Counter(stem for s in sketches for stem in set(s.stems.tolist()))
    assert dict(zip(whole.vocabulary.tolist(), whole.documents_with.tolist(), strict=True)) == held
    assert whole.vocabulary.tolist() == parts.vocabulary.tolist()
    assert whole.rarities.tolist() == parts.rarities.tolist()
    assert whole.rarities_of_roots.tolist() == parts.rarities_of_roots.tolist()
    hashes = np.arange(1, 2**63, 2**55, dtype=np.uint64)
    assert whole.rarity_of_runs(hashes, 2).tolist() == parts.rarity_of_runs(hashes, 2).tolist()


@pytest.mark.parametrize(("documents", "many", "threads"), [(2, 2, 1), (3, 100, 2), (100, 3, 1)])
def test_scores_do_not_depend_on_the_blocks(
    sketches: list[Sketch], monkeypatch: pytest.MonkeyPatch, documents: int, many: int, threads: int
) -> None:
    left = np.array([i for i in range(5) for j in range(i + 1, 5)])
    right = np.array([j for i in range(5) for j in range(i + 1, 5)])
    frequencies = Frequencies([Words(sketches)], sum(len(s.stems) for s in sketches))
    whole = score_pairs(Pool(sketches, frequencies), left, right)
    monkeypatch.setattr(pairs, "_DOCUMENTS", documents)
    monkeypatch.setattr(pairs, "_PAIRS", many)

    def load(places: pairs.Ints) -> Pool:
        return Pool([sketches[place] for place in places.tolist()], frequencies)

    parts = list(over_blocks(score_pairs, left, right, load, 5, threads))
    assert len(parts) > 1
    joined = PairScores.joined(len(left), parts)
    assert joined.score.tolist() == pytest.approx(whole.score.tolist(), abs=1e-12)
    assert joined.jaccard.tolist() == pytest.approx(whole.jaccard.tolist(), abs=1e-12)
    assert whole.score[0] > whole.score[1] and whole.score[7] > whole.score[8]


def test_a_glance_leaves_out_what_scores_next_to_nothing(sketches: list[Sketch]) -> None:
    left = np.array([i for i in range(5) for j in range(i + 1, 5)])
    right = np.array([j for i in range(5) for j in range(i + 1, 5)])
    quick, whole = (
        score_pairs(Pool(sketches), left, right),
        score_pairs(Pool(sketches), left, right, glance=False),
    )
    waved = quick.score == 0
    assert waved.any() and not waved.all()
    assert quick.score[~waved].tolist() == whole.score[~waved].tolist()
    assert quick.aligned[~waved].tolist() == whole.aligned[~waved].tolist()
    assert (whole.score[waved] < 0.3).all() and (quick.probability[waved] == 0).all()
