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

from provcheck.article import Article, covered
from provcheck.background import stem_of
from provcheck.settings import GroupSettings
from provcheck.text import find_quotes, sentence_spans

QUOTED, CAPITAL, NUMBER, FIRST = (
    1,
    2,
    4,
    8,
)  # flags of a word: in a quote, a name, a number, capital at the start
_LONG_QUOTE = 3  # words; shorter quotes are scare quotes, part of the narration
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
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
        stems, roots, sentences, starts, ends, title = np.split(whole, np.cumsum([words] * 5))
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
            title=title,
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


class _Stems(dict[str, tuple[int, int, int]]):
    """Word -> hash of its folded stem, hash of its root, kind; each word worked out once (bounded)."""

    def __missing__(self, word: str) -> tuple[int, int, int]:
        folded = word.translate(_LOOKALIKE)
        if not folded.isascii():
            folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
        stem = stem_of(folded.casefold())
        kind = NUMBER if stem[:1].isdigit() else CAPITAL if folded[:1].isupper() else 0
        raw = stem.encode("utf-8", "replace")
        root = stem[:_ROOT_LETTERS].encode("utf-8", "replace")
        value = (zlib.crc32(raw), zlib.crc32(root), kind)
        if len(self) < 1_000_000:
            self[word] = value
        return value


_stems = _Stems()  # a cache of a pure function


def sketch(article: Article, settings: GroupSettings) -> Sketch:
    """The sketch of an article's body: what is to be removed or is a credit does not count."""
    stems: list[int] = []
    roots: list[int] = []
    sentences: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    flags: list[int] = []
    number = 0
    for first, last, quotes in _sentences(article):
        count = 0
        for start, end, word in _words(article.text, first, last):
            stem, root, kind = _stems[word]
            if kind == CAPITAL and not count:
                kind = FIRST
            if quotes and any(a <= start < b for a, b in quotes):
                kind |= QUOTED
            stems.append(stem)
            roots.append(root)
            flags.append(kind)
            sentences.append(number)
            starts.append(start)
            ends.append(end)
            count += 1
        number += count > 0
    return Sketch(
        article.id,
        article.outlet,
        article.published.toordinal() if article.published else None,
        np.array(stems, dtype=np.uint32),
        np.array(roots, dtype=np.uint32),
        np.array(sentences, dtype=np.int32),
        np.array(flags, dtype=np.uint8),
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        _title_stems(article.document.title or ""),
    )


def _title_stems(title: str) -> Array32:
    found = {_stems[word][0] for _, _, word in _words(title, 0, len(title))}
    return np.array(sorted(found), dtype=np.uint32)


def _sentences(article: Article) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    marked = article.removable + article.credit
    for line in article.body:
        quotes = [(q.start, q.end) for q in find_quotes(line, min_words=_LONG_QUOTE)]
        start = line.start
        if marked and covered(line, marked):  # a dateline or a credit at an end of the line
            spans = [(a, b) for a, b in marked if a < line.end and b > line.start]
            start = max((b for a, b in spans if a <= line.start), default=line.start)
        for first, last in sentence_spans(article.text, start, line.end):
            yield first, last, quotes


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Words of a sentence; where words are not spaced, each pair of neighbouring characters."""
    dense = _DENSE.search(text, start, end)
    for match in _TOKEN.finditer(text, start, end):
        if dense is None or not _DENSE.search(match.group()):
            yield match.start(), match.end(), match.group()
            continue
        last = max(match.start() + 1, match.end() - _DENSE_GRAM + 1)
        for at in range(match.start(), last):
            stop = min(at + _DENSE_GRAM, match.end())
            yield at, stop, text[at:stop]
