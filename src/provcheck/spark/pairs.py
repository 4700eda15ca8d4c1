"""Pairs worth comparing, by joins: those of `provcheck.groups.candidates`, and no key joins more documents than it does there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn
from pyspark.sql.window import Window

from provcheck.groups.bags import Pool
from provcheck.groups.candidates import BUCKET, bands
from provcheck.groups.neighbours import LEAST_COSINE, NEAR_COSINE, rare_words
from provcheck.settings import GroupSettings
from provcheck.spark.documents import arrow, over_batches, over_rows, settled, sql_of
from provcheck.spark.known import STEM, Known, Size, slim_of

RARE = arrow(stem=pa.int64(), place=pa.int64(), weight=pa.float32())
BANDED = arrow(band=pa.int32(), key=pa.int64(), place=pa.int64())


def rare_word_pairs(known: DataFrame, size: Size, common: int, neighbours: int) -> DataFrame:
    """`left` < `right` by place: see `neighbours.neighbours_of`. Sums are of 32 bits and in the order of the words, as there."""

    def heaviest(rows: list[dict[str, Any]]) -> pa.RecordBatch:
        sketches = [slim_of(row) for row in rows]
        frequencies = Known.of(size, sketches, [row["slim_known"] for row in rows], (STEM,))
        found = rare_words(Pool(sketches, frequencies).words, frequencies, common)
        stems = frequencies.vocabulary[found.columns].astype(np.int64)
        places = np.array([row["place"] for row in rows], dtype=np.int64)[found.rows]
        columns = [pa.array(each) for each in (stems, places, found.weights)]
        return pa.RecordBatch.from_arrays(columns, schema=RARE)

    words = known.select("place", "id", "slim", "slim_known").mapInArrow(over_batches(heaviest), sql_of(RARE))
    one, other = words.alias("one"), words.alias("other")
    both = one.join(
        other, (fn.col("one.stem") == fn.col("other.stem")) & (fn.col("one.place") < fn.col("other.place"))
    )
    products = both.select(
        fn.col("one.place").alias("left"),
        fn.col("other.place").alias("right"),
        fn.struct(
            fn.col("one.stem").alias("stem"),
            (fn.col("one.weight") * fn.col("other.weight")).cast("float").alias("product"),
        ).alias("term"),
    )
    summed = fn.aggregate(
        fn.array_sort(fn.collect_list("term")),
        fn.lit(0.0).cast("float"),
        lambda total, term: (total + term["product"]).cast("float"),
    )
    near = products.groupBy("left", "right").agg(summed.alias("cosine"))
    near = near.filter(fn.col("cosine") > _single(LEAST_COSINE))
    turned = near.select(fn.col("right").alias("left"), fn.col("left").alias("right"), "cosine")
    rank = fn.row_number().over(Window.partitionBy("left").orderBy(fn.desc("cosine"), "right"))
    chosen = near.union(turned).withColumn("rank", rank)
    chosen = chosen.filter((fn.col("rank") <= neighbours) | (fn.col("cosine") >= _single(NEAR_COSINE)))
    return chosen.select(
        fn.least("left", "right").alias("left"), fn.greatest("left", "right").alias("right")
    ).distinct()


def _single(value: np.float32) -> Any:
    return fn.lit(float(value)).cast("float")


def near_copy_pairs(documents: DataFrame, settings: GroupSettings) -> tuple[DataFrame, int]:
    """`left` < `right` by place of documents that share a MinHash band; a large bucket joins each to its first. And how many are large."""

    def banded(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        values = np.frombuffer(row["values"], dtype=np.uint32).reshape(1, -1)
        for band, key in enumerate(bands(values, settings.near)[:, 0].view(np.int64).tolist()):
            yield {"band": band, "key": key, "place": row["place"]}

    keepers = documents.filter("id = keeper and words > 0").select("place", "values")
    rows = keepers.mapInArrow(over_rows(banded, BANDED), sql_of(BANDED))
    buckets = rows.groupBy("band", "key").agg(fn.count("*").alias("many"), fn.min("place").alias("least"))
    buckets = settled(buckets.filter("many > 1"), "MinHash buckets")
    rows = settled(rows.join(buckets, ["band", "key"]), "documents of buckets")
    large = rows.filter(fn.col("many") > BUCKET).select(
        fn.col("least").alias("left"), fn.col("place").alias("right")
    )
    small = rows.filter(fn.col("many") <= BUCKET)
    one, other = small.alias("one"), small.alias("other")
    same = (fn.col("one.band") == fn.col("other.band")) & (fn.col("one.key") == fn.col("other.key"))
    pairs = one.join(other, same & (fn.col("one.place") < fn.col("other.place")))
    found = pairs.select(fn.col("one.place").alias("left"), fn.col("other.place").alias("right"))
    capped = buckets.filter(fn.col("many") > BUCKET).count()
    return found.union(large.filter("left < right")).distinct(), capped
