"""The words of a text, by number in a table of what is known of each: hashes of its stem, its root and its spelling, and its kind."""

from __future__ import annotations

import re
import threading
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from provcheck.arrays.speedup import Compiled
from provcheck.arrays.wordtable import WordTable
from provcheck.lexicon.background import stem_of

CAPITAL, NUMBER = 2, 4  # kinds of words: a name, a number
_TOKEN = re.compile(r"([^\W_]+(?:['’][^\W_]+)?)")  # of ASCII; see `_token`
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")
)  # inside words: soft hyphens, joiners
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_ROOT_LETTERS = 5
_DENSE_GRAM = 2  # characters that stand for a word where words are not spaced (Chinese, Japanese, Thai)
# Letters of other scripts that look like Latin ones: some copies are disguised with them.
_LOOKALIKE = str.maketrans("еɑіոⲅѕԁоϲсսрɡհуѵԝЬϳхаЅІЈАВЕКМНОРСТУХ", "eainrsdoccupghyvwbjxaSIJABEKMHOPCTYX")
_WORTH = 1_500  # texts from which compiled loops repay their start
_MOST = 1 << 21  # slots of the table of hashes, half of them taken
_compiled = Compiled("provcheck.groups.compiled", _WORTH)
Ints = npt.NDArray[np.int64]


class Tokens(NamedTuple):
    """The words of a text in their order: numbers in `words`, and offsets in code points."""

    numbers: Ints
    starts: Ints
    ends: Ints


class _Words(WordTable):
    def __init__(self) -> None:
        super().__init__()
        self.stems = self.column(np.uint32)
        self.roots = self.column(np.uint32)
        self.spellings = self.column(np.uint32)
        self.kinds = self.column(np.uint8)

    def facts(self, word: str) -> tuple[int, int, int, int]:
        folded = word.translate(_LOOKALIKE)
        if not folded.isascii():
            folded = folded.translate(_INVISIBLE)
            folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
        stem = stem_of(folded.casefold())
        kind = NUMBER if stem[:1].isdigit() else CAPITAL if folded[:1].isupper() else 0
        raw = stem.encode("utf-8", "replace")
        root = stem[:_ROOT_LETTERS].encode("utf-8", "replace")
        written = folded.casefold().replace("’", "'").encode("utf-8", "replace")
        return zlib.crc32(raw), zlib.crc32(root), zlib.crc32(written), kind


words = _Words()


def tokens(text: str) -> Tokens:
    """The words of a text; where words are not spaced, each pair of neighbouring characters."""
    compiled = _compiled.module()
    found = _numbers.tokens(text, compiled) if compiled is not None else None
    return found or _plain(text)


@cache
def _token() -> re.Pattern[str]:
    """A word: letters and digits, marks on them (the vowel signs of Hindi are marks), and what nobody sees between them."""
    joining = "".join(c for c in map(chr, range(0x300, 0x10000)) if _joins(c)) + "\u00ad"
    part = rf"[^\W_]+(?:[{re.escape(joining)}]+[^\W_]*)*"
    return re.compile(rf"({part}(?:['’]{part})?)")


def _joins(char: str) -> bool:
    """Whether a character belongs to the word before it and begins none; where words are not spaced, marks part what is between them."""
    return ord(char) in _INVISIBLE or (unicodedata.category(char)[0] == "M" and not _DENSE.match(char))


def _plain(text: str) -> Tokens:
    pieces = (_TOKEN if text.isascii() else _token()).split(
        text
    )  # what is between words at even places, words at odd ones
    ends = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)))
    found, starts, stops = pieces[1::2], ends[:-1:2], ends[1::2]
    if not text.isascii() and _DENSE.search(text):
        spans = [s for start, word in zip(starts.tolist(), found, strict=True) for s in _grams(start, word)]
        starts, stops = (np.array([span[side] for span in spans], dtype=np.int64) for side in (0, 1))
        found = [text[a:b] for a, b in spans]
    return Tokens(words.numbers(found), starts, stops)


def _grams(start: int, word: str) -> Iterator[tuple[int, int]]:
    stop = start + len(word)
    if not _DENSE.search(word):
        yield start, stop
        return
    for at in range(start, max(start + 1, stop - _DENSE_GRAM + 1)):
        yield at, min(at + _DENSE_GRAM, stop)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Of each code point of the basic plane: 1 part of a word, 2 an apostrophe, 3 where words are not spaced, 4 what joins the word before
    it, else 0.
    """
    codes = map(chr, range(0x10000))
    return np.array(
        [2 if c in "'’" else 3 if _DENSE.match(c) else 1 if c.isalnum() else 4 * _joins(c) for c in codes],
        dtype=np.uint8,
    )


class _Numbers:
    """Numbers of words by the 64-bit hash of their letters, for compiled loops. A cache; thread-safe."""

    def __init__(self) -> None:
        self._table = np.zeros(1 << 15, dtype=np.uint64), np.full(1 << 15, -1, dtype=np.int64)
        self._held = 0
        self._lock = threading.Lock()

    def tokens(self, text: str, compiled: ModuleType) -> Tokens | None:
        """The tokens of a text; None if it has letters that only the plain way knows."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        room = len(codes) // 2 + 1
        starts, ends, numbers = (np.empty(room, dtype=np.int64) for _ in range(3))
        hashes = np.empty(room, dtype=np.uint64)
        many = compiled.tokens(codes, _kinds(), *self._table, starts, ends, hashes, numbers)
        if many < 0:
            return None
        found = Tokens(numbers[:many], starts[:many], ends[:many])
        new = np.flatnonzero(found.numbers < 0)
        if len(new):
            spans = zip(found.starts[new].tolist(), found.ends[new].tolist(), strict=True)
            found.numbers[new] = words.numbers([text[a:b] for a, b in spans])
            self._learn(hashes[new], found.numbers[new], compiled)
        return found

    def _learn(self, hashes: npt.NDArray[np.uint64], numbers: Ints, compiled: ModuleType) -> None:
        lasting = numbers < words.lasting
        with self._lock:
            keys, values = self._table
            if 2 * (self._held + len(hashes)) > len(keys):
                if len(keys) >= _MOST:
                    return
                size = 4 * len(keys)
                grown = np.zeros(size, dtype=np.uint64), np.full(size, -1, dtype=np.int64)
                taken = np.flatnonzero(values >= 0)
                compiled.put(*grown, keys[taken], values[taken])
                self._table = keys, values = grown
            self._held += compiled.put(keys, values, hashes[lasting], numbers[lasting])


_numbers = _Numbers()
