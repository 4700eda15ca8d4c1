"""Groups and stories of a DataFrame of documents: what `provcheck scan` finds, as Spark stages.

Nothing but counts comes to the driver. Texts are shuffled once, to the groups, stories and outlets that they belong to.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.arrays.distinct import distinct
from provcheck.baseline import Baseline
from provcheck.checker import Checker
from provcheck.groups.agglomeration import agglomerate
from provcheck.groups.cluster import ONE_WORDING, group_labels, wordings
from provcheck.groups.collection import FLOOR, NEIGHBOURS, NEIGHBOURS_IN_STORY, Collection, Linked
from provcheck.groups.score import PairScores
from provcheck.groups.shelf import Shelf, Shelved, unpacked
from provcheck.groups.stories import COMMON, CUT
from provcheck.model import Candidates, Group, Site, Story
from provcheck.relations.relate import Relating
from provcheck.relations.rules import Across
from provcheck.settings import GroupSettings, Settings
from provcheck.spark.checking import examined, unshipped
from provcheck.spark.collection import common_terms, counts_of_terms, kept, size_of, with_counts
from provcheck.spark.components import components
from provcheck.spark.documents import arrow, encoded, items_of, settled, sql_of
from provcheck.spark.known import Known, Size, sketch_of
from provcheck.spark.pairs import near_copy_pairs, rare_word_pairs
from provcheck.spark.scoring import SCORES, scored_pairs, story_pairs

LABELLED = arrow(place=pa.int64(), label=pa.int64())
TOLD = arrow(type=pa.string(), id=pa.string(), record=pa.string(), aside=pa.binary())


@dataclass(frozen=True)
class Compared:
    """Documents with places for the keepers; the counts of their terms; the pairs that passed the screen; how many terms and buckets
    were capped.
    """

    checker: Checker
    size: Size
    documents: DataFrame
    known: DataFrame
    scored: DataFrame
    capped: int

    @classmethod
    def of(cls, documents: DataFrame, checker: Checker) -> Compared:
        """documents: what `examined` gives."""
        settings = checker.settings.groups
        found = settled(kept(documents), "same words")
        size = size_of(found)
        counts = settled(counts_of_terms(found, size), "count terms")
        known = settled(with_counts(found, counts, size), "counts to documents")
        rare = rare_word_pairs(known, size, settings.common, NEIGHBOURS)
        near, large = near_copy_pairs(found, settings)
        pairs = settled(rare.union(near).distinct(), "pairs for groups")
        scored = settled(scored_pairs(pairs, known, size), "score pairs")
        return cls(checker, size, found, known, scored, large + common_terms(counts, settings.common))


def link(documents: DataFrame, settings: Settings | None = None, checker: Checker | None = None) -> DataFrame:
    """The pairs of documents that may share a source text: `a`, `b` (ids, a < b), `score` (raw, 0 to 1), `probability`, `jaccard`,
    `containment_a`, `containment_b`, `aligned`. Of documents with the same words the one with the least id stands for all.

    documents, settings, checker: as for `check`.
    """
    checker = checker or Checker(settings)
    found = Compared.of(examined(items_of(documents, checker.settings), checker), checker)
    ids = found.known.select("place", "id")
    one = ids.select(fn.col("place").alias("left"), fn.col("id").alias("a"))
    other = ids.select(fn.col("place").alias("right"), fn.col("id").alias("b"))
    told = found.scored.filter(fn.col("score") >= FLOOR).join(one, "left").join(other, "right")
    renamed = {"containment_left": "containment_a", "containment_right": "containment_b"}
    return told.select("a", "b", *(fn.col(name).alias(renamed.get(name, name)) for name in SCORES))


def group(
    documents: DataFrame, settings: Settings | None = None, checker: Checker | None = None
) -> DataFrame:
    """`type` (`group`, `story` or `site`), `id` and `record`, the JSON of a scan's record, of each. They equal those of `provcheck scan`.

    documents, settings, checker: as for `check`. A group or story, an outlet, and documents that chains of likely pairs join are
    each the work of one task.
    """
    checker = checker or Checker(settings)
    found = Compared.of(examined(items_of(documents, checker.settings), checker), checker)
    return told_across(found).filter("record is not null").drop("aside")


def told_across(found: Compared) -> DataFrame:
    """Records of groups, stories and outlets; `aside`, the findings that suppressions left out of those of one task."""
    checker = found.checker
    groups = settled(_group_labels(found.scored, checker.settings.groups), "groups")
    rare = rare_word_pairs(found.known, found.size, COMMON, NEIGHBOURS_IN_STORY)
    days = checker.settings.groups.window_days
    pairs = settled(rare, "pairs for stories")
    scored = settled(story_pairs(pairs, found.known, found.size, days), "score pairs for stories")
    stories = settled(_story_labels(scored), "stories")
    told = _bundles(found, groups, stories)
    return told.union(_sites(found)) if checker.rules.across("site") else told


def _group_labels(scored: DataFrame, settings: GroupSettings) -> DataFrame:
    """`place` and `label` of documents that share a label with another one."""
    contained = fn.greatest("containment_left", "containment_right")
    edges = scored.filter((fn.col("score") >= FLOOR) | (contained >= ONE_WORDING))

    def labels(table: pa.Table) -> pa.Table:
        table = table.sort_by([("left", "ascending"), ("right", "ascending")])
        left, right, places = _numbered(table)
        scores = {name: table.column(name).to_numpy() for name in SCORES}
        both = np.maximum(scores["containment_left"], scores["containment_right"])
        wording = wordings(len(places), left, right, both)
        told = scores["score"] >= FLOOR
        found = group_labels(wording, left[told], right[told], scores["score"][told], settings)
        return _several(places, found)

    return _by_component(edges, edges, labels)


def _story_labels(scored: DataFrame) -> DataFrame:
    """The same of stories."""

    def labels(table: pa.Table) -> pa.Table:
        table = table.sort_by([("left", "ascending"), ("right", "ascending")])
        left, right, places = _numbered(table)
        found = agglomerate(len(places), left, right, table.column("score").to_numpy(), CUT, 0.0)
        return _several(places, found)

    return _by_component(scored.filter(fn.col("score") >= CUT), scored, labels)


def _by_component(edges: DataFrame, pairs: DataFrame, labels: Any) -> DataFrame:
    """`labels` of the pairs within each component of some edges."""
    roots = components(edges.select(fn.col("left").alias("one"), fn.col("right").alias("other")))
    one = roots.select(fn.col("node").alias("left"), "root")
    other = roots.select(fn.col("node").alias("right"), fn.col("root").alias("root_right"))
    inside = pairs.join(one, "left").join(other, "right").filter("root = root_right").drop("root_right")
    return inside.groupBy("root").applyInArrow(labels, sql_of(LABELLED))


def _numbered(table: pa.Table) -> tuple[Any, Any, Any]:
    """The pairs of a table, by number among the places that they name, and those places."""
    left, right = (table.column(name).to_numpy() for name in ("left", "right"))
    places = distinct(np.concatenate([left, right]))
    return np.searchsorted(places, left), np.searchsorted(places, right), places


def _several(places: Any, labels: Any) -> pa.Table:
    """What shares its label with another, the label being the least place."""
    _, index, many = np.unique(labels, return_inverse=True, return_counts=True)
    keep = many[index] > 1
    return pa.table({"place": places[keep], "label": places[labels[keep]]}, schema=LABELLED)


def _bundles(found: Compared, groups: DataFrame, stories: DataFrame) -> DataFrame:
    """Groups and stories that have documents in common are told together: a story's findings are a group's, too."""
    labels = groups.select("place", fn.col("label").alias("group")).join(
        stories.select("place", fn.col("label").alias("story")), "place", "outer"
    )
    twins = (
        found.documents.groupBy("place")
        .agg(fn.count("*").alias("many"))
        .filter("many > 1")
        .select("place", "many")
    )
    labels = labels.join(twins, "place", "outer")
    for name in ("group", "story"):  # documents with the same words are a group and a story without any pair
        own = fn.when(fn.col(name).isNull() & fn.col("many").isNotNull(), fn.col("place"))
        labels = labels.withColumn(name, own.otherwise(fn.col(name)))
    labels = settled(labels.drop("many"), "groups with stories")
    # a group and a story are nodes of their own, beside each other: numbers below zero
    grouped = labels.filter("group is not null").select(
        fn.col("place").alias("one"), (-2 * fn.col("group") - 1).alias("other")
    )
    storied = labels.filter("story is not null").select(
        fn.col("place").alias("one"), (-2 * fn.col("story") - 2).alias("other")
    )
    roots = components(grouped.union(storied)).filter("node >= 0")
    bundled = labels.join(roots.withColumnRenamed("node", "place"), "place")
    documents = found.documents.join(bundled, "place").join(found.known.select("place", "known"), "place")
    pairs = found.scored.filter(fn.col("score") >= FLOOR)
    one = bundled.select(fn.col("place").alias("left"), "root")
    other = bundled.select(fn.col("place").alias("right"), fn.col("root").alias("root_right"))
    inside = pairs.join(one, "left").join(other, "right").filter("root = root_right").drop("root_right")
    shipped, size = pickle.dumps(found.checker, protocol=5), found.size

    def tell(_: tuple[Any, ...], mine: pa.Table, theirs: pa.Table) -> pa.Table:
        checker = unshipped(shipped)
        rows = sorted(mine.to_pylist(), key=lambda row: row["id"])
        with closing(Shelf()) as shelf:
            for row in rows:
                shelf.add(_shelved(row))
            collection = Collection(shelf, checker.settings.groups)
            collection.__dict__["frequencies"] = _frequencies(collection, size, rows)
            places = np.array([rows[number]["place"] for number in collection.keepers])
            linked = _linked(theirs, places, collection, rows)
            members = collection.members(linked.labels)
            told_stories = collection.members(_labels(collection, rows, "story"))
            relating = Relating(shelf, checker.rules, checker.settings, checker.roster)
            records = list(relating.told(collection, linked, members, told_stories))
        return _told(records, relating, checker)

    inside = inside.withColumnRenamed("root", "bundle")
    cogrouped = documents.groupBy("root").cogroup(inside.groupBy("bundle"))
    return cogrouped.applyInArrow(tell, sql_of(TOLD))


def _frequencies(collection: Collection, size: Size, rows: list[dict[str, Any]]) -> Known:
    told = [rows[number] for number in collection.keepers]  # doubles have the terms of their keeper
    return Known.of(size, [sketch_of(row) for row in told], [row["known"] for row in told])


def _shelved(row: dict[str, Any]) -> Shelved:
    names = ("id", "outlet", "day", "words", "digest", "sketch", "values", "article")
    return Shelved(**{name: row[name] for name in names})


def _labels(collection: Collection, rows: list[dict[str, Any]], name: str) -> Any:
    """A label for each keeper: the places of a group or a story are one, any other document is alone."""
    told = [rows[number] for number in collection.keepers]
    return np.array([row["place"] if row[name] is None else row[name] for row in told], dtype=np.int64)


def _linked(table: pa.Table, places: Any, collection: Collection, rows: list[dict[str, Any]]) -> Linked:
    left, right = (table.column(name).to_numpy() for name in ("left", "right"))
    order = np.lexsort((right, left))
    scores = PairScores(*(table.column(name).to_numpy()[order] for name in SCORES))
    return Linked(
        np.searchsorted(places, left[order]),
        np.searchsorted(places, right[order]),
        scores,
        _labels(collection, rows, "group"),
        np.arange(len(places)),
        np.arange(len(left)),
        0,
    )


def _sites(found: Compared) -> DataFrame:
    """The outlets over which something was found."""
    shipped = pickle.dumps(found.checker, protocol=5)

    def tell(table: pa.Table) -> pa.Table:
        checker = unshipped(shipped)
        rows = sorted(table.to_pylist(), key=lambda row: row["id"])
        articles = [unpacked(row["article"], checker.roster) for row in rows]
        across = Across({a.id: a for a in articles}, checker.rules, checker.settings.suppressions)
        findings = across.findings(articles, "site")
        names = tuple(article.id for article in articles)
        sites = [Site(outlet=rows[0]["outlet"], documents=names, findings=findings)] if findings else []
        return _told(sites, across, checker)

    outlets = found.documents.filter("outlet is not null").select("outlet", "id", "article")
    return outlets.groupBy("outlet").applyInArrow(tell, sql_of(TOLD))


def _told(
    records: Sequence[Group | Story | Site | Candidates],
    left_out: Relating | Across,
    checker: Checker,
) -> pa.Table:
    known = Baseline.of(checker.settings.baseline)
    rows: list[dict[str, Any]] = []
    for record in map(known.marked, records):
        assert isinstance(record, (Group, Story, Site))
        name = record.outlet if isinstance(record, Site) else record.id
        rows.append({"type": type(record).__name__.lower(), "id": name, "record": encoded(record)})
    aside = tuple(left_out.suppressed), tuple(left_out.skipped)
    if any(aside):
        rows.append({"type": "aside", "aside": pickle.dumps(aside, protocol=5)})
    return pa.Table.from_pylist(rows, schema=TOLD)
