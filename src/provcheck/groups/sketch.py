"""What the comparison of documents needs of each: its words as hashed stems, sentence by sentence, with flags."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

from provcheck.arrays.distinct import distinct
from provcheck.article import Article
from provcheck.groups.tokens import CAPITAL, tokens, words
from provcheck.model import Span
from provcheck.settings import GroupSettings
from provcheck.text.sentences import sentences_of_lines
from provcheck.text.words import WORD

QUOTED, FIRST = 1, 8  # flags of a word beside its kind: in a quote, capital at the start of a sentence
_LONG_QUOTE = 3  # words; shorter quotes are scare quotes, part of the narration
_CURRENCY = re.compile("[$€£¥₹]")
Array32 = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Sketch:
    """The words of one article's body in order. All arrays but `title` have one entry a word.

    stems: 32-bit hashes of folded stems. roots: the same of their first five letters, which rewording keeps more
    often. sentences: number of the sentence, from 0. flags: QUOTED and so on.
    starts: offset of the word in the article's text, in code points. day: ordinal of the publication date.
    title: distinct hashes of the stems of the title, sorted. wording: 16 bytes of the words as they are written, case and marks aside but
    with signs of currencies; documents of one wording are exact copies. Empty in what was unpacked.
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
    wording: bytes = b""

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
        return distinct((mixed >> np.uint64(32)).astype(np.uint32) ^ mixed.astype(np.uint32))


def sketch(article: Article, settings: GroupSettings) -> Sketch:
    """The sketch of an article's body: what is to be removed or is a credit does not count."""
    numbers, starts, ends = tokens(article.text)
    marked = article.marked
    told = _sentences(article, marked) if marked else sentences_of_lines(article.text, article.body)
    spans = np.fromiter(chain.from_iterable(told), dtype=np.int64).reshape(-1, 2)
    inside = np.searchsorted(spans[:, 0], starts, side="right") - 1
    kept = (
        np.flatnonzero((inside >= 0) & (starts < spans[inside, 1])) if len(spans) else np.empty(0, np.int64)
    )
    numbers, starts, ends, inside = numbers[kept], starts[kept], ends[kept], inside[kept]
    opening = np.ones(len(kept), dtype=np.bool_)
    opening[1:] = inside[1:] != inside[:-1]
    sentences = np.cumsum(opening) - 1
    flags = words.kinds[numbers]
    flags[opening & (flags == CAPITAL)] = FIRST
    flags[_in_quotes(article, starts)] |= QUOTED
    return Sketch(
        article.id,
        article.outlet,
        article.published.toordinal() if article.published else None,
        words.stems[numbers],
        words.roots[numbers],
        sentences.astype(np.int32),
        flags,
        starts.astype(np.int32),
        ends.astype(np.int32),
        _title_stems(article.document.title or ""),
        _wording(article.text, numbers, starts),
    )


def _wording(text: str, numbers: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]) -> bytes:
    digest = hashlib.blake2b(words.spellings[numbers].tobytes(), digest_size=16)
    for sign in _CURRENCY.finditer(text):
        at = int(np.searchsorted(starts, sign.end()))
        if at < len(starts) and starts[at] <= sign.end() + 1:
            digest.update(f"{sign.group()}{at}".encode())
    return digest.digest()


def _title_stems(title: str) -> Array32:
    found: Array32 = distinct(words.stems[tokens(title).numbers])
    return found


def _sentences(article: Article, marked: Sequence[Span]) -> Iterator[Span]:
    """Spans of the sentences of the body, without a dateline or a credit at an end of a line."""
    at = 0
    for line in article.body:
        start, end = line.start, line.end
        while at < len(marked) and marked[at][1] <= start:
            at += 1
        for first, last in islice(marked, at, None):
            if first >= end:
                break
            start = last if first <= start else start
            end = first if last >= line.end else end
        yield from article.sentences_in(start, end)


def _in_quotes(article: Article, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which places lie in a direct quote that is more than a scare quote."""
    quotes = [(q.start, q.end) for q in article.quotes if len(WORD.findall(q.text)) >= _LONG_QUOTE]
    spans = np.array([(-1, -1), *quotes], dtype=np.int64)
    quoted: npt.NDArray[np.bool_] = starts < spans[np.searchsorted(spans[:, 0], starts, side="right") - 1, 1]
    return quoted
