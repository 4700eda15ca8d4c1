"""Segments against a plain dictionary."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.archive import postings
from provcheck.archive.postings import Postings

KEYS = st.one_of(st.integers(0, 6), st.sampled_from([0xFFFFFFFF, 0xFFFFFFFE, 1 << 31]))


def fresh() -> Postings:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(postings.TABLES)
    return Postings(base)


@given(
    st.lists(st.lists(KEYS, min_size=1, max_size=40), min_size=1, max_size=12),
    st.integers(1, 5),
    st.integers(2, 50),
    st.integers(0, 60),
)
def test_every_key_finds_its_documents(batches: list[list[int]], block: int, piece: int, most: int) -> None:
    """Whatever the sizes of blocks and merged ranges."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_BLOCK", block)
        patch.setattr(postings, "_RANGE", piece)
        found, plain, number, summed = fresh(), defaultdict(list), 0, 0
        for batch in batches:
            documents = np.arange(number, number + len(batch))
            number += len(batch)
            found.add(documents, np.array(batch, dtype=np.uint32))
            for document, key in zip(documents.tolist(), batch, strict=True):
                plain[key].append(document)
                summed += (key << 32) | document
        keys = np.array([*plain, 77], dtype=np.uint32)
        told = {key: sorted(each.tolist()) for key, each in found.documents(keys, most).items()}
        assert told == {key: each for key, each in plain.items() if len(each) <= most}
        assert list(found.mistakes()) == [] and len(found) == number
        assert found.total() == summed % (1 << 64)


def test_segments_are_few_and_old_blocks_are_gone() -> None:
    found = fresh()
    for start in range(0, 6_400, 64):
        found.add(np.arange(start, start + 64), np.arange(start, start + 64, dtype=np.uint32) % 50)
    held = found._base.execute("SELECT entries FROM segment ORDER BY id").fetchall()
    sizes = [size for (size,) in held]
    assert sum(sizes) == 6_400 and len(sizes) <= 5
    assert all(older > 2 * newer for older, newer in pairwise(sizes))
    blocks = found._base.execute("SELECT count(*), sum(length(data)) FROM block").fetchone()
    assert blocks[1] == 8 * 6_400


def test_what_another_process_did_is_seen_after_a_reload() -> None:
    found = fresh()
    other = Postings(found._base)
    found.add(np.arange(3), np.array([5, 5, 6], dtype=np.uint32))
    other.reload()
    assert other.documents(np.array([5], dtype=np.uint32), 9)[5].tolist() == [0, 1]


def test_damage_is_named() -> None:
    found = fresh()
    found.add(np.arange(3), np.array([5, 5, 6], dtype=np.uint32))
    raw = found._base.execute("SELECT data FROM block").fetchone()[0]
    found._base.execute("UPDATE block SET data = ?", (raw[8:16] + raw[:8],))
    mistakes = list(found.mistakes())
    assert any("not in order" in each for each in mistakes) and any("holds 2" in each for each in mistakes)
