"""Which lines recur on an outlet: learned in a first pass over a collection, asked for each document.

Only hashes are kept: one 64-bit key for each line of each document while learning, and then the keys that recur.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provcheck.article import Article
from provcheck.model import Document
from provcheck.text.words import count_words

_DIGIT = re.compile(r"\d")
_EDGE = re.compile(r"^[\W_]+|(?<![\W_])[\W_]+$")
NEAR_COPY = 0.5  # share of the shorter document's words in lines that two have in common
LOOKED_AT = 12  # documents of one line that are told apart; more change nothing
_BLOCK = 1_000_000  # keys looked at at once
Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class SiteLines:
    """Sorted keys of (outlet, line), and in how many different articles each stands (at most twelve)."""

    keys: Keys
    counts: npt.NDArray[np.uint8]

    @property
    def digest(self) -> str:
        """The same for the same lines, in hexadecimal digits."""
        return hashlib.blake2b(self.keys.tobytes() + self.counts.tobytes(), digest_size=16).hexdigest()

    def recurring(self, article: Article) -> Mapping[int, int]:
        """Line number -> in how many other articles of the outlet it stands."""
        if article.outlet is None or not len(self.keys):
            return {}
        numbered = list(_line_keys(article))
        wanted = np.array([key for _, key, _ in numbered], dtype=np.uint64)
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        hits = self.keys[place] == wanted
        return {numbered[i][0]: int(self.counts[place[i]]) - 1 for i in np.flatnonzero(hits)}


def learn_sites(documents: Iterable[Document]) -> SiteLines:
    """The recurring lines of a collection. Documents without an outlet teach nothing."""
    keys, owners, words, totals = (
        array("Q"),
        array("I"),
        array("I"),
        array("q"),
    )  # lists take six times the room
    for document in documents:
        lines = keyed_lines(document)
        total = 0
        for key, count in {key: count for _, key, count in lines}.items():
            keys.append(key)
            owners.append(len(totals))
            words.append(count)
            total += count
        totals.append(total)
    every = np.frombuffer(keys, dtype=np.uint64)
    several = np.flatnonzero(_may_recur(every))
    return _recurring(
        every[several],
        np.frombuffer(owners, dtype=np.uint32)[several],
        np.frombuffer(words, dtype=np.uint32)[several],
        totals,
    )


def _may_recur(keys: Keys) -> npt.NDArray[np.bool_]:
    """Which keys share a slot with another one: most lines stand once, and are not worth sorting."""
    bits = max(10, (2 * len(keys)).bit_length())
    once, again = (np.zeros(1 << bits, dtype=np.bool_) for _ in range(2))
    found = np.zeros(len(keys), dtype=np.bool_)
    blocks = [slice(start, start + _BLOCK) for start in range(0, len(keys), _BLOCK)]
    for block in blocks:
        slots = np.sort(keys[block] >> np.uint64(64 - bits))
        again[slots[once[slots]]] = True
        again[slots[1:][slots[1:] == slots[:-1]]] = True
        once[slots] = True
    for block in blocks:
        found[block] = again[keys[block] >> np.uint64(64 - bits)]
    return found


def keyed_lines(document: Document) -> list[tuple[int, int, int]]:
    """Number, key and words of each written line of a document whose outlet is known; none of others."""
    article = Article(document)
    return list(_line_keys(article)) if article.outlet is not None else []


def _line_keys(article: Article) -> Iterator[tuple[int, int, int]]:
    """Number, key and words of each written line; digits count as one, marks at its ends not at all."""
    outlet = (article.outlet or "").casefold().encode("utf-8", "replace") + b"\n"
    for line in article.written:
        plain = _DIGIT.sub("0", _EDGE.sub("", line.text.casefold())) or line.stripped
        raw = hashlib.blake2b(outlet + plain.encode("utf-8", "replace"), digest_size=8).digest()
        yield line.number, int.from_bytes(raw, "little"), count_words(plain)


def _recurring(
    keys: Keys, owners: npt.NDArray[np.uint32], words: npt.NDArray[np.uint32], totals: Sequence[int]
) -> SiteLines:
    order = np.argsort(keys, kind="stable")
    keys, owners, words = keys[order], owners[order], words[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, dtype=np.int64)
    lengths = np.diff(np.r_[starts, len(keys)])
    several = [(int(s), int(n)) for s, n in zip(starts, lengths, strict=True) if n > 1]
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for start, length in several:
        holders = owners[start : start + min(length, LOOKED_AT)].tolist()
        for at, one in enumerate(holders):
            for other in holders[at + 1 :]:
                shared[one, other] += int(words[start])
    found = [
        (
            int(keys[start]),
            _different(owners[start : start + min(length, LOOKED_AT)].tolist(), shared, totals),
        )
        for start, length in several
    ]
    kept = [(key, count) for key, count in found if count > 1]
    return SiteLines(
        np.array([key for key, _ in kept], dtype=np.uint64),
        np.array([count for _, count in kept], dtype=np.uint8),
    )


def _different(holders: list[int], shared: Mapping[tuple[int, int], int], totals: Sequence[int]) -> int:
    """How many of the documents are not near copies of one before them."""
    chosen: list[int] = []
    for one in holders:
        if not any(
            shared.get((other, one), 0) > NEAR_COPY * min(totals[one], totals[other]) for other in chosen
        ):
            chosen.append(one)
    return len(chosen)
