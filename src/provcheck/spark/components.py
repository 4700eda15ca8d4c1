"""Connected components of a graph that no machine holds: large-star and small-star, by turns.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii (2014), Connected components in MapReduce and beyond.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.spark.documents import settled


def components(edges: DataFrame) -> DataFrame:
    """For each end of an edge (`one`, `other`): `node`, and `root`, the least node of its component."""
    now = settled(_stars(settled(edges.filter("one <> other")), large=True))
    last = None
    while True:
        now = settled(_stars(settled(_stars(now, large=False)), large=True))
        told = now.agg(fn.count("*"), fn.sum(fn.hash("one", "other").cast("long"))).first()
        if told == last:
            break
        last = told
    leaves = now.groupBy(fn.col("one").alias("node")).agg(fn.min("other").alias("root"))
    roots = leaves.select(fn.col("root").alias("node"), "root").distinct()
    return leaves.union(roots).distinct()


def _stars(edges: DataFrame, large: bool) -> DataFrame:
    """Each node's neighbours joined to the least of them instead: the larger ones, or itself and the smaller ones. `one` is the larger end."""
    turned = edges.select(fn.col("other").alias("one"), fn.col("one").alias("other"))
    both = (
        edges.union(turned)
        if large
        else edges.select(fn.greatest("one", "other").alias("one"), fn.least("one", "other").alias("other"))
    )
    least = both.groupBy("one").agg(fn.least(fn.min("other"), fn.col("one")).alias("least"))
    joined = both.join(least, "one")
    if large:
        found = joined.filter("other > one").select(
            fn.col("other").alias("one"), fn.col("least").alias("other")
        )
    else:
        mine = joined.select("one", fn.col("least").alias("other"))
        found = joined.select(fn.col("other").alias("one"), fn.col("least").alias("other")).union(mine)
    return found.filter("one <> other").distinct()
