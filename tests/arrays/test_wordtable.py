from __future__ import annotations

import numpy as np
import pytest

from provcheck.arrays import wordtable
from provcheck.arrays.wordtable import WordTable


class Lengths(WordTable):
    def __init__(self) -> None:
        super().__init__()
        self.lengths = self.column(np.int32)
        self.asked: list[str] = []

    def facts(self, word: str) -> tuple[int]:
        self.asked.append(word)
        return (len(word),)


def test_each_word_is_worked_out_once() -> None:
    table = Lengths()
    assert table.lengths[table.numbers(["ferry", "a", "ferry"])].tolist() == [5, 1, 5]
    assert table.lengths[table.numbers(["a"])].tolist() == [1]
    assert table.asked == ["ferry", "a"]
    assert table.numbers([]).tolist() == []


def test_columns_grow_and_a_full_table_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordtable, "_MOST", 40_000)
    table = Lengths()
    words = [f"w{n}" for n in range(50_000)]
    assert table.lengths[table.numbers(words)].tolist() == [len(word) for word in words]
    assert table.lengths[table.numbers(words[:5])].tolist() == [2] * 5
