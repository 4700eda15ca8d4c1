"""What is known of a few documents on Spark: their words, and how often those stand in the whole collection.

A document keeps counts and no keys: the keys follow from its sketch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from provcheck.arrays.distinct import distinct
from provcheck.groups.frequencies import RUN_LENGTHS, Frequencies, slot_bits
from provcheck.groups.sketch import Sketch
from provcheck.groups.words import Floats, Keys, Words, runs_of

STEM, ROOT = 0, 1  # kinds of terms; runs of two and three words have the kinds 2 and 3
KINDS = (STEM, ROOT, *RUN_LENGTHS)
_ASKED = 64_000_000  # bytes of keys, about, that one shard of the table is asked for at once
_BYTES = 6_000  # of keys that a document asks for, at most
Ints64 = npt.NDArray[np.int64]
_ROW, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
Counts = dict[int, tuple[Ints64, Ints64]]


@dataclass(frozen=True)
class Size:
    """documents: how many are compared. words: of all of them."""

    documents: int
    words: int

    @property
    def shift(self) -> np.uint64:
        return np.uint64(64 - slot_bits(self.words))

    @property
    def shards(self) -> int:
        """Of the table of counts."""
        return min(1_024, max(4, self.documents // 5_000))

    @property
    def salts(self) -> int:
        """How many copies of each shard answer."""
        return 1 + self.documents * _BYTES // (self.shards * _ASKED)


class Known(Frequencies):
    """The rarities of the terms of a few documents, by their counts in the whole collection; others are not asked for."""

    def __init__(self, size: Size, counts: Counts) -> None:
        """counts: by kind, sorted keys and in how many documents (runs: how often) each stands."""
        self.size, self._shift = size.documents, size.shift
        self._told = {length: counts[length] for length in RUN_LENGTHS}
        (stems, held), (roots, held_roots) = counts[STEM], counts[ROOT]
        there = held > 0  # a word of a title may stand in no body
        self._take(
            stems[there].astype(np.uint32),
            held[there].astype(np.float64),
            roots.astype(np.uint32),
            held_roots.astype(np.float64),
        )

    def rarity_of_runs(self, hashes: Keys, length: int) -> Floats:
        slots, counts = self._told[length]
        wanted = (hashes >> self._shift).astype(np.int64)
        place = np.minimum(np.searchsorted(slots, wanted), max(0, len(slots) - 1))
        there = slots[place] == wanted if len(slots) else np.zeros(len(wanted), dtype=np.bool_)
        return self._rarity(np.where(there, counts[place] if len(slots) else 0, 0).astype(np.float64))

    @classmethod
    def of(
        cls, size: Size, sketches: Sequence[Sketch], parts: Iterable[bytes], kinds: Sequence[int] = KINDS
    ) -> Known:
        """For some documents, from what is known of each; `kinds` of terms, if that is not all."""
        found = keys_of(sketches, size.shift, kinds)
        told = [np.frombuffer(part, dtype=np.uint32) for part in parts]
        nothing = np.empty(0, dtype=np.int64)
        whole: Counts = dict.fromkeys(KINDS, (nothing, nothing))
        at = np.zeros(len(sketches), dtype=np.int64)
        for kind, (keys, bounds) in found.items():
            many = np.diff(bounds)
            counts = [
                part[start : start + length] for part, start, length in zip(told, at, many, strict=True)
            ]
            at += many
            distinct, first = np.unique(keys, return_index=True)
            whole[kind] = distinct, np.concatenate([nothing, *counts])[first]
        return cls(size, whole)


def keys_of(
    sketches: Sequence[Sketch], shift: np.uint64, kinds: Sequence[int] = KINDS
) -> dict[int, tuple[Ints64, Ints64]]:
    """The distinct terms of each document whose counts its comparison asks for: by kind, sorted within each document, and where
    each document's start.
    """
    block = Words(sketches)
    keep = block.narration
    titles = np.repeat(np.arange(block.size), [len(sketch.title) for sketch in sketches])
    found: dict[int, tuple[Ints64, Ints64]] = {}
    for kind in kinds:
        if kind == STEM:
            rows = np.concatenate([block.documents, titles])
            terms = np.concatenate([block.stems, *(sketch.title for sketch in sketches)]).astype(np.uint64)
        elif kind == ROOT:
            rows, terms = block.documents[keep], block.roots[keep].astype(np.uint64)
        else:
            every = runs_of(block.stems, block.sentences, kind)
            narrated = runs_of(block.stems[keep], block.sentences[keep], kind)
            rows = np.concatenate([block.documents[every.starts], block.documents[keep][narrated.starts]])
            terms = np.concatenate([every.hashes, narrated.hashes]) >> shift
        keys = distinct(rows.astype(np.uint64) << _ROW | terms)
        bounds = np.searchsorted(keys >> _ROW, np.arange(block.size + 1, dtype=np.uint64))
        found[kind] = (keys & _LOW).astype(np.int64), bounds
    return found


def sketch_of(row: Mapping[str, Any]) -> Sketch:
    return Sketch.unpack(row["sketch"], row["id"], row["outlet"], row["day"])


def slim_of(row: Mapping[str, Any]) -> Sketch:
    """Its words, which are narrated or named, and its title; no roots, sentences and places."""
    packed = row["slim"]
    words = int(np.frombuffer(packed, dtype=np.uint32, count=1)[0])
    stems = np.frombuffer(packed, dtype=np.uint32, count=words, offset=4)
    flags = np.frombuffer(packed, dtype=np.uint8, count=words, offset=4 + stems.nbytes)
    title = np.frombuffer(packed[4 + stems.nbytes + flags.nbytes :], dtype=np.uint32)
    nothing = np.zeros(words, dtype=np.int32)
    return Sketch(
        row["id"], None, None, stems, nothing.view(np.uint32), nothing, flags, nothing, nothing, title
    )


def packed_slim(sketch: Sketch) -> bytes:
    """See `slim_of`."""
    count = np.uint32(len(sketch.stems)).tobytes()
    return count + sketch.stems.tobytes() + sketch.flags.tobytes() + sketch.title.tobytes()
