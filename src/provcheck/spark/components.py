"""Connected components: of a small graph in one task, of one that no machine holds by large-star and small-star in turns.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii (2014), Connected components in MapReduce and beyond.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.groups.components import component_labels
from provcheck.spark.documents import arrow, settled, sql_of

AT_ONCE = 3_000_000  # edges of 16 bytes that one task takes; turns cost a dozen stages each
_TURN = "components, by turns"
ROOTED = arrow(node=pa.int64(), root=pa.int64())


def components(edges: DataFrame, at_once: int = AT_ONCE) -> DataFrame:
    """For each end of an edge (`one`, `other`): `node`, and `root`, the least node of its component. at_once: edges that one task takes."""
    edges = settled(edges.filter("one <> other").select("one", "other"), "edges")
    if edges.count() <= at_once:
        return edges.withColumn("all", fn.lit(0)).groupBy("all").applyInArrow(_rooted, sql_of(ROOTED))
    return _by_turns(edges)


def _rooted(edges: pa.Table) -> pa.Table:
    one, other = (edges.column(name).to_numpy() for name in ("one", "other"))
    nodes, ends = np.unique(np.concatenate([one, other]), return_inverse=True)
    left, right = ends[: len(one)], ends[len(one) :]
    return pa.table({"node": nodes, "root": nodes[component_labels(len(nodes), left, right)]}, schema=ROOTED)


def _by_turns(edges: DataFrame) -> DataFrame:
    now = settled(_stars(edges, large=True), _TURN)
    last = None
    while True:
        now = settled(_stars(settled(_stars(now, large=False), _TURN), large=True), _TURN)
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
