"""The pairs that were compared, as `candidates` records, so that a scan on Spark can be grouped anew as any other."""

from __future__ import annotations

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.groups.cluster import ONE_WORDING
from provcheck.groups.collection import FLOOR
from provcheck.model import Candidates
from provcheck.relations.relate import PIECE
from provcheck.spark.components import components
from provcheck.spark.documents import arrow, encoded, ranked, sql_of
from provcheck.spark.grouping import Compared

RECORD = arrow(record=pa.string())


def candidates(found: Compared) -> DataFrame:
    """`record`: some thousand pairs each, by the order of their documents, as `provcheck.relations.relate` tells them."""
    places = _numbered_wordings(found).join(found.known.select("place", "id"), "place")
    pairs = found.scored.filter(fn.col("score") >= FLOOR).select("left", "right", "score", "probability")
    pairs = ranked(pairs, "rank", "left", "right").withColumn("piece", fn.floor(fn.col("rank") / PIECE))
    for end in ("left", "right"):
        theirs = places.select(
            fn.col("place").alias(end),
            fn.col("id").alias(f"id_{end}"),
            fn.col("wording").alias(f"wording_{end}"),
        )
        pairs = pairs.join(theirs, end)

    def tell(table: pa.Table) -> pa.Table:
        rows = table.sort_by("rank").to_pylist()
        known = {
            row[end]: (row[f"id_{end}"], row[f"wording_{end}"]) for row in rows for end in ("left", "right")
        }
        at = {place: number for number, place in enumerate(sorted(known))}
        record = Candidates(
            documents=tuple(known[place][0] for place in at),
            wordings=tuple(known[place][1] for place in at),
            pairs=tuple(
                (at[row["left"]], at[row["right"]], round(row["score"], 4), round(row["probability"], 4))
                for row in rows
            ),
        )
        return pa.Table.from_pylist([{"record": encoded(record)}], schema=RECORD)

    return pairs.groupBy("piece").applyInArrow(tell, sql_of(RECORD))


def _numbered_wordings(found: Compared) -> DataFrame:
    """`place` and `wording` of all that was compared: verbatim copies and cuts have one number, numbers rise with the least place."""
    contained = fn.greatest("containment_left", "containment_right")
    near = found.scored.filter(contained >= ONE_WORDING)
    roots = components(near.select(fn.col("left").alias("one"), fn.col("right").alias("other")))
    places = found.known.select("place").join(roots.withColumnRenamed("node", "place"), "place", "left")
    places = places.select("place", fn.coalesce("root", "place").alias("root"))
    numbers = ranked(places.filter("place = root").select("root"), "wording", "root")
    return places.join(numbers, "root").select("place", "wording")
