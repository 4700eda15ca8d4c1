"""What is known of each word, worked out once and kept in columns, so that a whole text is looked up at once."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

_MOST = 1_000_000  # words that stay: a bound for endless streams of odd words
_FIRST = 1 << 14


class Column:
    """One fact of each word, by its number: an array that grows."""

    def __init__(self, kind: Any) -> None:
        self.values = np.zeros(_FIRST, dtype=kind)

    def __getitem__(self, numbers: npt.NDArray[np.int64]) -> Any:
        return self.values[numbers]

    def put(self, number: int, value: Any) -> None:
        while number >= len(self.values):
            self.values = np.concatenate([self.values, np.zeros_like(self.values)])
        self.values[number] = value


class WordTable(ABC):
    """Words by number. A cache of a pure function, `facts`, of bounded size; thread-safe.

    Numbers below `lasting` stay; others hold for the text that they were asked for.
    """

    lasting = _MOST

    def __init__(self) -> None:
        self._numbers = _Numbers(self._learn)
        self._columns: list[Column] = []
        self._odd = 0
        self._lock = threading.Lock()

    def column(self, kind: Any) -> Column:
        """A column for the next value of `facts`."""
        self._columns.append(Column(kind))
        return self._columns[-1]

    @abstractmethod
    def facts(self, word: str) -> tuple[Any, ...]:
        """A value for each column."""

    def numbers(self, words: Sequence[str]) -> npt.NDArray[np.int64]:
        """The number of each word, to be looked up in the columns at once."""
        return np.fromiter(map(self._numbers.__getitem__, words), dtype=np.int64, count=len(words))

    def _learn(self, word: str) -> int:
        facts = self.facts(word)
        with self._lock:
            number = len(self._numbers)
            if number >= _MOST:  # a full table: the word is known for as long as a text needs it
                number = _MOST + self._odd % _MOST
                self._odd += 1
            for column, value in zip(self._columns, facts, strict=True):
                column.put(number, value)
            if number < _MOST:
                number = self._numbers.setdefault(word, number)
        return number


class _Numbers(dict[str, int]):
    def __init__(self, learn: Callable[[str], int]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, word: str) -> int:
        return self._learn(word)
