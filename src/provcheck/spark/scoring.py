"""Pairs scored in blocks: each block of pairs meets the sketches of its documents once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.groups.bags import Pool
from provcheck.groups.score import score_pairs, worth_judging
from provcheck.groups.stories import LEAST, NEAR, story_scores
from provcheck.groups.templates import templated
from provcheck.groups.words import Ints
from provcheck.spark.documents import arrow, settled, sql_of
from provcheck.spark.known import KINDS, STEM, Known, Size, sketch_of, slim_of

_LEFT_OF_BLOCK = 64  # documents whose pairs share a block
SCORES = ("score", "probability", "jaccard", "containment_left", "containment_right", "aligned")
PAIR = arrow(left=pa.int64(), right=pa.int64())
SCORED = arrow(left=pa.int64(), right=pa.int64(), **dict.fromkeys(SCORES, pa.float64()))
STORY_SCORED = arrow(left=pa.int64(), right=pa.int64(), score=pa.float64())
Work = Callable[[Pool, Ints, Ints], tuple[npt.NDArray[Any], dict[str, npt.NDArray[Any]]]]


def scored_pairs(pairs: DataFrame, known: DataFrame, size: Size) -> DataFrame:
    """The pairs that pass the screen, with the columns of `PairScores`. Whole sketches are sent for those alone."""

    def screen(pool: Pool, left: Ints, right: Ints) -> Any:
        return np.flatnonzero(worth_judging(pool.words, left, right)), {}

    def judge(pool: Pool, left: Ints, right: Ints) -> Any:
        scores = score_pairs(pool, left, right)
        return np.arange(len(left)), {name: getattr(scores, name) for name in SCORES}

    passed = settled(_over_blocks(screen, pairs, known, size, PAIR, slim=True), "screen pairs")
    return _over_blocks(judge, passed, known, size, SCORED, slim=False)


def story_pairs(pairs: DataFrame, known: DataFrame, size: Size, days: int) -> DataFrame:
    """The pairs that were published near each other, with their score as reports of one event, if that counts at all."""
    when = known.select(fn.col("place"), fn.col("day").cast("double").alias("day"))
    one = when.select(fn.col("place").alias("left"), fn.col("day").alias("day_left"))
    other = when.select(fn.col("place").alias("right"), fn.col("day").alias("day_right"))
    apart = fn.abs(fn.col("day_left") - fn.col("day_right"))
    near = pairs.join(one, "left").join(other, "right").filter(apart.isNull() | (apart <= days))

    def score(pool: Pool, left: Ints, right: Ints) -> Any:
        scores = story_scores(pool.words, left, right)
        keep = np.flatnonzero(scores >= LEAST)
        return keep, {"score": scores[keep]}

    def parted(pool: Pool, left: Ints, right: Ints) -> Any:
        return np.flatnonzero(~templated(pool.sketches, left, right)), {}

    scored = _over_blocks(score, near.select("left", "right"), known, size, STORY_SCORED, slim=True)
    alike = scored.filter(fn.col("score") >= NEAR)
    kept = _over_blocks(parted, alike.select("left", "right"), known, size, PAIR, slim=False)
    return scored.filter(fn.col("score") < NEAR).unionByName(alike.join(kept, ["left", "right"]))


def _over_blocks(
    work: Work, pairs: DataFrame, known: DataFrame, size: Size, schema: pa.Schema, slim: bool
) -> DataFrame:
    """slim: the work looks at words and titles alone."""
    blocked = pairs.withColumn("block", fn.floor(fn.col("left") / _LEFT_OF_BLOCK))
    ends = blocked.select("block", fn.col("left").alias("place")).union(
        blocked.select("block", fn.col("right").alias("place"))
    )
    columns = (
        ("place", "id", "slim", "slim_known") if slim else ("place", "id", "outlet", "day", "sketch", "known")
    )
    documents = ends.distinct().withColumnRenamed("block", "theirs").join(known.select(*columns), "place")

    def run(_: tuple[Any, ...], mine: pa.Table, theirs: pa.Table) -> pa.Table:
        rows = sorted(theirs.to_pylist(), key=lambda row: row["place"])
        places = np.array([row["place"] for row in rows])
        sketches = [slim_of(row) if slim else sketch_of(row) for row in rows]
        counts = [row["slim_known" if slim else "known"] for row in rows]
        pool = Pool(sketches, Known.of(size, sketches, counts, (STEM,) if slim else KINDS))
        left, right = (mine.column(name).to_numpy() for name in ("left", "right"))
        order = np.lexsort((right, left))
        left, right = left[order], right[order]
        chosen, scores = work(pool, np.searchsorted(places, left), np.searchsorted(places, right))
        return pa.table({"left": left[chosen], "right": right[chosen], **scores}, schema=schema)

    cogrouped = blocked.groupBy("block").cogroup(documents.groupBy("theirs"))
    return cogrouped.applyInArrow(run, sql_of(schema))
