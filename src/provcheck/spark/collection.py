"""The documents that are compared, in the order of their ids, and how often their words stand in all of them.

Counts are asked for by blocks of documents, in shards of the table of counts: so that a term that stands in every document is asked for once a
block, and no task holds the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.arrays.distinct import distinct
from provcheck.groups.frequencies import slots_of_runs
from provcheck.groups.words import Words
from provcheck.spark.documents import arrow, over_batches, ranked, settled, sql_of
from provcheck.spark.known import KINDS, ROOT, STEM, Counts, Ints64, Size, keys_of, packed_slim, sketch_of

_BLOCK = 500  # documents that ask together
COUNTED = arrow(kind=pa.int32(), key=pa.int64(), many=pa.int64())
ASKED = arrow(block=pa.int64(), kind=pa.int32(), shard=pa.int64(), salt=pa.int64(), keys=pa.binary())
ANSWERED = arrow(block=pa.int64(), kind=pa.int32(), shard=pa.int64(), counts=pa.binary())
KNOWN = arrow(
    place=pa.int64(), id=pa.string(), outlet=pa.string(), day=pa.int64(),
    sketch=pa.binary(), known=pa.binary(), slim=pa.binary(), slim_known=pa.binary(),
)  # fmt: skip
"""`known`: the counts of a document's terms. `slim`, `slim_known`: of its words alone, a fifth of it all."""


def kept(examined: DataFrame) -> DataFrame:
    """The documents with `place`, their rank by id, and `keeper`, the id of the first with the same words; only keepers have a place."""
    documents = examined.filter("type = 'document'").drop("record", "aside")
    same = fn.when(fn.col("words") > 0, fn.hex("digest")).otherwise(fn.concat(fn.lit("-"), fn.col("seq")))
    named = settled(documents.select("id", same.alias("same")), "ids")
    first = named.groupBy("same").agg(fn.min("id").alias("keeper"))
    places = ranked(first.select("keeper"), "place", "keeper")
    numbered = named.join(first, "same").join(places, "keeper").select("id", "keeper", "place")
    return documents.join(numbered, "id")  # sketches and articles go over the network once


def size_of(documents: DataFrame) -> Size:
    told = documents.filter("id = keeper").agg(fn.count("*"), fn.coalesce(fn.sum("words"), fn.lit(0))).first()
    assert told is not None
    return Size(int(told[0]), int(told[1]))


def counts_of_terms(documents: DataFrame, size: Size) -> DataFrame:
    """`kind`, `key` and in how `many` keepers each term stands; runs of words, how often."""
    shift = size.shift

    def counted(rows: list[dict[str, Any]]) -> pa.RecordBatch:
        block = Words([sketch_of(row) for row in rows])
        found = []
        for kind in KINDS:
            if kind == STEM:
                terms, many = _held(block.documents, block.stems)
            elif kind == ROOT:
                terms, many = _held(block.documents[block.narration], block.roots[block.narration])
            else:
                slots = slots_of_runs(block, kind, shift).astype(np.int64)
                terms, many = np.unique(slots, return_counts=True)
            found.append((np.full(len(terms), kind, np.int32), terms, many))
        columns = [pa.array(np.concatenate(each)) for each in zip(*found, strict=True)]
        return pa.RecordBatch.from_arrays(columns, schema=COUNTED)

    keepers = documents.filter("id = keeper").select("sketch", "id", "outlet", "day")
    terms = keepers.mapInArrow(over_batches(counted), sql_of(COUNTED))
    return terms.groupBy("kind", "key").agg(fn.sum("many").alias("many"))


def _held(documents: Ints64, terms: npt.NDArray[np.uint32]) -> tuple[Ints64, Ints64]:
    """Terms and in how many documents each stands."""
    keys = distinct(documents.astype(np.uint64) << np.uint64(32) | terms)
    slots, many = np.unique(keys & np.uint64(0xFFFFFFFF), return_counts=True)
    return slots.astype(np.int64), many


def common_terms(counts: DataFrame, common: int) -> int:
    """How many words stand in more keepers than join any."""
    return counts.filter((fn.col("kind") == STEM) & (fn.col("many") > common)).count()


def with_counts(documents: DataFrame, counts: DataFrame, size: Size) -> DataFrame:
    """The keepers with the columns of `KNOWN`."""
    shift, shards, salts = size.shift, size.shards, size.salts
    keepers = documents.filter("id = keeper").select("place", "id", "outlet", "day", "sketch")
    keepers = keepers.withColumn("block", fn.floor(fn.col("place") / _BLOCK)).repartition("block")
    keepers = settled(keepers, "blocks of documents")

    def ask(table: pa.Table) -> pa.Table:
        rows = table.to_pylist()
        block = rows[0]["block"]
        asked = [
            {"block": block, "kind": kind, "shard": shard, "salt": block % salts, "keys": mine.astype(np.uint32).tobytes()}
            for kind, keys in _distinct(keys_of([sketch_of(row) for row in rows], shift)).items()
            for shard, mine in _sharded(keys, shards)
        ]  # fmt: skip
        return pa.Table.from_pylist(asked, schema=ASKED)

    def answer(_: tuple[Any, ...], asked: pa.Table, told: pa.Table) -> pa.Table:
        kinds, keys, many = (told.column(name).to_numpy() for name in ("kind", "key", "many"))
        known: Counts = {}
        for kind in KINDS:
            order = np.flatnonzero(kinds == kind)
            order = order[np.argsort(keys[order])]
            known[kind] = keys[order], many[order]
        rows = [
            {"block": row["block"], "kind": row["kind"], "shard": row["shard"], "counts": _looked_up(known[row["kind"]], row["keys"])}
            for row in asked.to_pylist()
        ]  # fmt: skip
        return pa.Table.from_pylist(rows, schema=ANSWERED)

    def pack(_: tuple[Any, ...], mine: pa.Table, answers: pa.Table) -> pa.Table:
        rows = mine.to_pylist()
        sketches = [sketch_of(row) for row in rows]
        found = keys_of(sketches, shift)
        table = _table(_distinct(found), answers, shards)
        many = {
            kind: table[kind][1][np.searchsorted(table[kind][0], keys)] for kind, (keys, _) in found.items()
        }
        packed = []
        for at, (row, sketch) in enumerate(zip(rows, sketches, strict=True)):
            counts = [
                many[kind][slice(*bounds[at : at + 2])].astype(np.uint32).tobytes()
                for kind, (_, bounds) in found.items()
            ]
            slim = {"slim": packed_slim(sketch), "slim_known": counts[KINDS.index(STEM)]}
            packed.append({name: row[name] for name in KNOWN.names[:5]} | {"known": b"".join(counts)} | slim)
        return pa.Table.from_pylist(packed, schema=KNOWN)

    asked = keepers.groupBy("block").applyInArrow(ask, sql_of(ASKED))
    # both sides of a cogroup need one type: an int and a long of one value go to different partitions
    shard = fn.pmod(fn.col("key"), fn.lit(shards)).cast("long").alias("shard")
    numbers = fn.sequence(fn.lit(0).cast("long"), fn.lit(salts - 1).cast("long"))
    salt = fn.explode(numbers).alias("salt")
    copies = counts.select("kind", "key", "many", shard, salt)
    sides = asked.groupBy("shard", "salt").cogroup(copies.groupBy("shard", "salt"))
    answers = sides.applyInArrow(answer, sql_of(ANSWERED))
    both = keepers.groupBy("block").cogroup(answers.groupBy("block"))
    return both.applyInArrow(pack, sql_of(KNOWN))


def _distinct(found: Mapping[int, tuple[Ints64, Ints64]]) -> dict[int, Ints64]:
    """The distinct terms of a block of documents, sorted, by kind."""
    return {kind: distinct(keys) for kind, (keys, _) in found.items()}


def _sharded(keys: Ints64, shards: int) -> Iterator[tuple[int, Ints64]]:
    of = keys % shards
    for shard in range(shards):
        yield shard, keys[of == shard]


def _looked_up(known: tuple[Ints64, Ints64], packed: bytes) -> bytes:
    keys, many = known
    wanted = np.frombuffer(packed, dtype=np.uint32).astype(np.int64)
    if not len(keys):
        return bytes(4 * len(wanted))
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, many[at], 0).astype(np.uint32).tobytes()


def _table(asked: dict[int, Ints64], answers: pa.Table, shards: int) -> Counts:
    """What a block asked for with what it was answered."""
    told = {(row["kind"], row["shard"]): row["counts"] for row in answers.to_pylist()}
    table: Counts = {}
    for kind, keys in asked.items():
        of, many = keys % shards, np.zeros(len(keys), dtype=np.int64)
        for shard in range(shards):
            many[of == shard] = np.frombuffer(told[kind, shard], dtype=np.uint32)
        table[kind] = keys, many
    return table
