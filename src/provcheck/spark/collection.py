"""The documents that are compared, in the order of their ids, and how rare the words of each are in all of them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.groups.frequencies import RUN_LENGTHS, Frequencies, slot_bits, slots_of_runs
from provcheck.groups.sketch import Sketch
from provcheck.groups.words import Floats, Keys, Words, runs_of
from provcheck.spark.documents import arrow, over_batches, over_rows, ranked, sql_of

_STEM, _ROOT, _TITLE = 0, 1, 9  # kinds of terms; runs of two and three words have the kinds 2 and 3
COUNTED = arrow(kind=pa.int32(), key=pa.int64(), many=pa.int64())
HELD = arrow(place=pa.int64(), kind=pa.int32(), key=pa.int64())
KNOWN = arrow(
    place=pa.int64(),
    id=pa.string(),
    outlet=pa.string(),
    day=pa.int64(),
    sketch=pa.binary(),
    known=pa.binary(),
)
Counts = dict[int, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]


@dataclass(frozen=True)
class Size:
    """documents: how many are compared. words: of all of them."""

    documents: int
    words: int

    @property
    def shift(self) -> np.uint64:
        return np.uint64(64 - slot_bits(self.words))


class Known(Frequencies):
    """The rarities of the terms of a few documents, by their counts in the whole collection; others are not asked for."""

    def __init__(self, size: Size, counts: Counts) -> None:
        """counts: by kind, sorted keys and in how many documents (runs: how often) each stands."""
        self.size, self._shift = size.documents, size.shift
        self._told = {length: counts[length] for length in RUN_LENGTHS}
        (stems, held), (roots, held_roots) = counts[_STEM], counts[_ROOT]
        self._take(
            stems.astype(np.uint32),
            held.astype(np.float64),
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
    def of(cls, size: Size, parts: Iterable[bytes]) -> Known:
        """For some documents, from what was packed for each."""
        found: list[Counts] = [pickle.loads(part) for part in parts]
        whole: Counts = {}
        for kind in (_STEM, _ROOT, *RUN_LENGTHS):
            keys = np.concatenate([each[kind][0] for each in found])
            many = np.concatenate([each[kind][1] for each in found])
            distinct, first = np.unique(keys, return_index=True)
            whole[kind] = distinct, many[first]
        return cls(size, whole)


def sketch_of(row: Mapping[str, Any]) -> Sketch:
    return Sketch.unpack(row["sketch"], row["id"], row["outlet"], row["day"])


def kept(examined: DataFrame) -> DataFrame:
    """The documents with `place`, their rank by id, and `keeper`, the id of the first with the same words; only keepers have a place."""
    documents = examined.filter("type = 'document'")
    same = fn.when(fn.col("words") > 0, fn.hex("digest")).otherwise(fn.concat(fn.lit("-"), fn.col("seq")))
    named = documents.withColumn("same", same)
    first = named.groupBy("same").agg(fn.min("id").alias("keeper"))
    named = named.join(first, "same").drop("same", "record", "aside")
    keepers = named.filter("id = keeper").select("keeper")
    return named.join(ranked(keepers, "place", "keeper"), "keeper")


def size_of(documents: DataFrame) -> Size:
    told = documents.filter("id = keeper").agg(fn.count("*"), fn.coalesce(fn.sum("words"), fn.lit(0))).first()
    assert told is not None
    return Size(int(told[0]), int(told[1]))


def counts_of_terms(documents: DataFrame, size: Size) -> DataFrame:
    """`kind`, `key` and in how `many` keepers each term stands; runs of words, how often."""
    shift = size.shift

    def counted(rows: list[dict[str, Any]]) -> pa.RecordBatch:
        kinds, keys, many = [], [], []
        for row in rows:
            for kind, found, times in _terms(sketch_of(row), shift):
                kinds.append(np.full(len(found), kind, np.int32))
                keys.append(found)
                many.append(times)
        joined = np.concatenate(kinds), np.concatenate(keys)
        pairs, index = np.unique(np.stack(joined), axis=1, return_inverse=True)
        sums = np.bincount(index.ravel(), np.concatenate(many), minlength=pairs.shape[1]).astype(np.int64)
        return pa.RecordBatch.from_arrays(
            [pa.array(pairs[0].astype(np.int32)), pa.array(pairs[1]), pa.array(sums)], schema=COUNTED
        )

    terms = documents.filter("id = keeper").select("sketch", "id", "outlet", "day")
    found = terms.mapInArrow(over_batches(counted), sql_of(COUNTED))
    return found.groupBy("kind", "key").agg(fn.sum("many").alias("many"))


def common_terms(counts: DataFrame, common: int) -> int:
    """How many words stand in more keepers than join any."""
    return counts.filter((fn.col("kind") == _STEM) & (fn.col("many") > common)).count()


def with_counts(documents: DataFrame, counts: DataFrame, size: Size) -> DataFrame:
    """The keepers: `place`, `id`, `outlet`, `day`, `sketch`, and `known`, the counts of their terms in the whole collection."""
    keepers = documents.filter("id = keeper").select("place", "id", "outlet", "day", "sketch")
    shift = size.shift

    def held(rows: list[dict[str, Any]]) -> pa.RecordBatch:
        places, kinds, keys = [], [], []
        for row in rows:
            sketch = sketch_of(row)
            terms = [(kind, found) for kind, found, _ in _terms(sketch, shift)]
            terms.append((_TITLE, sketch.title.astype(np.int64)))
            terms.extend(_narrated_runs(sketch, shift))
            for kind, found in terms:
                places.append(np.full(len(found), row["place"]))
                kinds.append(np.full(len(found), kind, np.int32))
                keys.append(found)
        columns = [pa.array(np.concatenate(each)) for each in (places, kinds, keys)]
        return pa.RecordBatch.from_arrays(columns, schema=HELD)

    titles = counts.filter(fn.col("kind") == _STEM).withColumn("kind", fn.lit(_TITLE))
    asked = keepers.mapInArrow(over_batches(held), sql_of(HELD)).distinct()
    told = asked.join(counts.union(titles), ["kind", "key"])
    by_document = told.groupBy("place").agg(fn.collect_list(fn.struct("kind", "key", "many")).alias("terms"))

    def pack(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        kinds, keys, many = (
            np.array([term[name] for term in row["terms"] or ()], dtype=np.int64)
            for name in ("kind", "key", "many")
        )
        kinds[kinds == _TITLE] = _STEM
        found: Counts = {}
        for kind in (_STEM, _ROOT, *RUN_LENGTHS):
            mine = kinds == kind
            distinct, first = np.unique(keys[mine], return_index=True)
            found[kind] = distinct, many[mine][first]
        yield {name: row[name] for name in KNOWN.names[:-1]} | {"known": pickle.dumps(found, protocol=5)}

    return keepers.join(by_document, "place", "left").mapInArrow(over_rows(pack, KNOWN), sql_of(KNOWN))


def _terms(
    sketch: Sketch, shift: np.uint64
) -> Iterable[tuple[int, npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Kind, distinct keys and how often to count each, of one document."""
    block = Words([sketch])
    for kind, found in ((_STEM, block.stems), (_ROOT, block.roots[block.narration])):
        distinct = np.unique(found).astype(np.int64)
        yield kind, distinct, np.ones(len(distinct), dtype=np.int64)
    for length in RUN_LENGTHS:
        slots, many = np.unique(slots_of_runs(block, length, shift).astype(np.int64), return_counts=True)
        yield length, slots, many


def _narrated_runs(sketch: Sketch, shift: np.uint64) -> Iterable[tuple[int, npt.NDArray[np.int64]]]:
    """Runs that leave out what is quoted: they are not counted, but asked for."""
    block = Words([sketch])
    keep = block.narration
    for length in RUN_LENGTHS:
        hashes = runs_of(block.stems[keep], block.sentences[keep], length).hashes
        yield length, np.unique(hashes >> shift).astype(np.int64)
