"""Which lines recur on an outlet, as `provcheck.sites` learns them, by joins: no executor holds more than twelve documents of a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn
from pyspark.sql.window import Window

from provcheck.sites import LOOKED_AT, NEAR_COPY, keyed_lines
from provcheck.spark.documents import arrow, over_rows, settled, sql_of, unpacked

LINES = arrow(
    seq=pa.int64(), number=pa.int32(), key=pa.int64(), words=pa.int64(), total=pa.int64(), first=pa.bool_()
)
RECURRING = arrow(key=pa.int64(), count=pa.int32())


def recurring_lines(items: DataFrame, repeating: DataFrame) -> DataFrame:
    """For each document that has some: `seq` and `lines`, an array of (number of a line, in how many other articles it stands).

    repeating: the `seq` of documents that do not count.
    """
    read = items.filter("item is not null").select("seq", "item")
    lines = read.mapInArrow(over_rows(_lines, LINES), sql_of(LINES))
    lines = settled(lines.join(repeating.select("seq"), "seq", "left_anti"), "lines of outlets")
    rank = fn.row_number().over(Window.partitionBy("key").orderBy("seq"))
    held = lines.filter("first").withColumn("rank", rank).filter(fn.col("rank") <= LOOKED_AT)
    held = held.select("key", "rank", "seq", "words", "total")
    several = held.filter("rank = 2").select("key")
    held = settled(held.join(several, "key"), "lines that recur")
    counted = (
        _near_pairs(held)
        .groupBy("key")
        .agg(
            fn.first("many").alias("many"), fn.collect_list(fn.struct("rank_one", "rank_other")).alias("near")
        )
    )
    found = counted.mapInArrow(over_rows(_different, RECURRING), sql_of(RECURRING))
    return (
        lines.join(found, "key")
        .groupBy("seq")
        .agg(
            fn.array_sort(fn.collect_list(fn.struct("number", (fn.col("count") - 1).alias("others")))).alias(
                "lines"
            )
        )
    )


def _lines(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    found = keyed_lines(unpacked(row["item"]))
    distinct = {key: words for _, key, words in found}
    total, seen = sum(distinct.values()), set[int]()
    for number, key, _ in found:
        signed = key - (1 << 64) if key >> 63 else key
        yield {
            "seq": row["seq"], "number": number, "key": signed, "words": distinct[key],
            "total": total, "first": key not in seen,
        }  # fmt: skip
        seen.add(key)


def _near_pairs(held: DataFrame) -> DataFrame:
    """For each key how many documents hold it (twelve at most), and the pairs among them, by rank, that are near copies; a row
    without ranks where none is.
    """
    one, other = held.alias("one"), held.alias("other")
    both = one.join(
        other, (fn.col("one.key") == fn.col("other.key")) & (fn.col("one.rank") < fn.col("other.rank"))
    )
    pairs = both.select(
        fn.col("one.key").alias("key"),
        fn.col("one.rank").alias("rank_one"),
        fn.col("other.rank").alias("rank_other"),
        fn.col("one.seq").alias("seq_one"),
        fn.col("other.seq").alias("seq_other"),
        fn.least("one.total", "other.total").alias("least"),
    )
    words = held.filter("rank = 1").select("key", fn.col("words").alias("shared"))
    shared = pairs.join(words, "key").groupBy("seq_one", "seq_other").agg(fn.sum("shared").alias("shared"))
    near = pairs.join(shared, ["seq_one", "seq_other"]).filter(fn.col("shared") > NEAR_COPY * fn.col("least"))
    many = held.groupBy("key").agg(fn.max("rank").alias("many"))
    return many.join(near.select("key", "rank_one", "rank_other"), "key", "left")


def _different(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """How many of a line's documents are not near copies of one before them; nothing for one."""
    near = {(pair["rank_one"], pair["rank_other"]) for pair in row["near"] if pair["rank_one"] is not None}
    chosen: list[int] = []
    for rank in range(1, row["many"] + 1):
        if not any((other, rank) in near for other in chosen):
            chosen.append(rank)
    if len(chosen) > 1:
        yield {"key": row["key"], "count": len(chosen)}
