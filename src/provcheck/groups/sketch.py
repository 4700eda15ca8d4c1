"""What the comparison of documents needs of each: its words as hashed stems, sentence by sentence, with flags."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from provcheck.article import Article
from provcheck.background import stem_of
from provcheck.settings import GroupSettings
from provcheck.spans import covered
from provcheck.text import WORD
from provcheck.wordtable import WordTable

QUOTED, CAPITAL, NUMBER, FIRST = (
    1,
    2,
    4,
    8,
)  # flags of a word: in a quote, a name, a number, capital at the start
_LONG_QUOTE = 3  # words; shorter quotes are scare quotes, part of the narration
_TOKEN = re.compile(r"([^\W_]+(?:['’][^\W_]+)?)")
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_ROOT_LETTERS = 5
_DENSE_GRAM = 2  # characters that stand for a word where words are not spaced (Chinese, Japanese, Thai)
# Letters of other scripts that look like Latin ones: some copies are disguised with them.
_LOOKALIKE = str.maketrans("еɑіոⲅѕԁоϲсսрɡհуѵԝЬϳхаЅІЈАВЕКМНОРСТУХ", "eainrsdoccupghyvwbjxaSIJABEKMHOPCTYX")
Array32 = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Sketch:
    """The words of one article's body in order. All arrays but `title` have one entry a word.

    stems: 32-bit hashes of folded stems. roots: the same of their first five letters, which rewording keeps more
    often. sentences: number of the sentence, from 0. flags: QUOTED and so on.
    starts: offset of the word in the article's text, in code points. day: ordinal of the publication date.
    title: distinct hashes of the stems of the title, sorted.
    """

    id: str
    outlet: str | None
    day: int | None
    stems: Array32
    roots: Array32
    sentences: npt.NDArray[np.int32]
    flags: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    title: Array32

    def pack(self) -> bytes:
        """All of it but id, outlet and day, as bytes; see `unpack`."""
        counts = np.array([len(self.stems), len(self.title)], dtype=np.uint32)
        arrays = (self.stems, self.roots, self.sentences, self.starts, self.ends, self.title, self.flags)
        return b"".join((counts.tobytes(), *(array.tobytes() for array in arrays)))

    @classmethod
    def unpack(cls, packed: bytes, id: str, outlet: str | None, day: int | None) -> Sketch:
        words, titles = np.frombuffer(packed, dtype=np.uint32, count=2).tolist()
        whole = np.frombuffer(packed, dtype=np.uint32, count=5 * words + titles, offset=8)
        stems, roots, sentences, starts, ends = (whole[at * words : (at + 1) * words] for at in range(5))
        flags = np.frombuffer(packed, dtype=np.uint8, count=words, offset=8 + whole.nbytes)
        return cls(
            id,
            outlet,
            day,
            stems=stems,
            roots=roots,
            sentences=sentences.view(np.int32),
            flags=flags,
            starts=starts.view(np.int32),
            ends=ends.view(np.int32),
            title=whole[5 * words :],
        )

    @cached_property
    def narrated(self) -> npt.NDArray[np.bool_]:
        """Which words are narration; all of them where nothing but quotes is left."""
        plain = (self.flags & QUOTED) == 0
        return plain if plain.any() else np.ones(len(self.flags), dtype=bool)

    def shingles(self, size: int) -> Array32:
        """Distinct 32-bit hashes of the runs of `size` stems of the narration."""
        stems = self.stems[self.narrated]
        size = min(size, len(stems))
        if size == 0:
            return np.empty(0, dtype=np.uint32)
        mixed = stems[: len(stems) - size + 1].astype(np.uint64)
        for step in range(1, size):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + stems[step : len(stems) - size + 1 + step]
        return np.unique((mixed >> np.uint64(32)).astype(np.uint32) ^ mixed.astype(np.uint32))


class _Stems(WordTable):
    """Hash of each word's folded stem, hash of its root, and its kind."""

    def __init__(self) -> None:
        super().__init__()
        self.stems = self.column(np.uint32)
        self.roots = self.column(np.uint32)
        self.kinds = self.column(np.uint8)

    def facts(self, word: str) -> tuple[int, int, int]:
        folded = word.translate(_LOOKALIKE)
        if not folded.isascii():
            folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
        stem = stem_of(folded.casefold())
        kind = NUMBER if stem[:1].isdigit() else CAPITAL if folded[:1].isupper() else 0
        raw = stem.encode("utf-8", "replace")
        root = stem[:_ROOT_LETTERS].encode("utf-8", "replace")
        return zlib.crc32(raw), zlib.crc32(root), kind


_stems = _Stems()


def sketch(article: Article, settings: GroupSettings) -> Sketch:
    """The sketch of an article's body: what is to be removed or is a credit does not count."""
    words, starts, ends = _words(article.text)
    spans = np.array(list(_sentences(article)), dtype=np.int64).reshape(-1, 2)
    inside = np.searchsorted(spans[:, 0], starts, side="right") - 1
    kept = (
        np.flatnonzero((inside >= 0) & (starts < spans[inside, 1])) if len(spans) else np.empty(0, np.int64)
    )
    starts, ends = starts[kept], ends[kept]
    _, sentences = np.unique(inside[kept], return_inverse=True)
    numbers = _stems.numbers([words[at] for at in kept.tolist()])
    flags = _stems.kinds[numbers]
    opening = np.ones(len(kept), dtype=np.bool_)
    opening[1:] = sentences[1:] != sentences[:-1]
    flags[opening & (flags == CAPITAL)] = FIRST
    flags[_in_quotes(article, starts)] |= QUOTED
    return Sketch(
        article.id,
        article.outlet,
        article.published.toordinal() if article.published else None,
        _stems.stems[numbers],
        _stems.roots[numbers],
        sentences.astype(np.int32),
        flags,
        starts.astype(np.int32),
        ends.astype(np.int32),
        _title_stems(article.document.title or ""),
    )


def _title_stems(title: str) -> Array32:
    found: Array32 = np.unique(_stems.stems[_stems.numbers(_words(title)[0])])
    return found


def _sentences(article: Article) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of the body, without a dateline or a credit at an end of a line."""
    marked = article.removable + article.credit
    for line in article.body:
        start = line.start
        if marked and covered(line, marked):
            spans = [(a, b) for a, b in marked if a < line.end and b > line.start]
            start = max((b for a, b in spans if a <= line.start), default=line.start)
        yield from article.sentences_in(start, line.end)


def _in_quotes(article: Article, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which places lie in a direct quote that is more than a scare quote."""
    quotes = [(q.start, q.end) for q in article.quotes if len(WORD.findall(q.text)) >= _LONG_QUOTE]
    spans = np.array([(-1, -1), *quotes], dtype=np.int64)
    quoted: npt.NDArray[np.bool_] = starts < spans[np.searchsorted(spans[:, 0], starts, side="right") - 1, 1]
    return quoted


def _words(text: str) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The words of a text, where they start and end; where words are not spaced, each pair of neighbouring characters."""
    pieces = _TOKEN.split(text)  # what is between words at even places, words at odd ones
    ends = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)))
    words, starts, stops = pieces[1::2], ends[:-1:2], ends[1::2]
    if text.isascii() or not _DENSE.search(text):
        return words, starts, stops
    spans = [span for start, word in zip(starts.tolist(), words, strict=True) for span in _grams(start, word)]
    first, last = (np.array([span[side] for span in spans], dtype=np.int64) for side in (0, 1))
    return [text[a:b] for a, b in spans], first, last


def _grams(start: int, word: str) -> Iterator[tuple[int, int]]:
    stop = start + len(word)
    if not _DENSE.search(word):
        yield start, stop
        return
    for at in range(start, max(start + 1, stop - _DENSE_GRAM + 1)):
        yield at, min(at + _DENSE_GRAM, stop)
