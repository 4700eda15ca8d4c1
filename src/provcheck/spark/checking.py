"""Each document of a DataFrame examined by itself."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.baseline import Baseline
from provcheck.checker import Checker, failed_on
from provcheck.groups.shelf import Shelved
from provcheck.groups.sketch import sketch
from provcheck.model import Document
from provcheck.settings import Settings
from provcheck.spark.documents import (
    arrow,
    encoded,
    items_of,
    over_rows,
    problem_of,
    repeating,
    settled,
    sql_of,
    unpacked,
)
from provcheck.spark.sites import recurring_lines

CHECKED = arrow(seq=pa.int64(), id=pa.string(), type=pa.string(), record=pa.string(), aside=pa.binary())
EXAMINED = arrow(
    seq=pa.int64(), id=pa.string(), type=pa.string(), record=pa.string(), aside=pa.binary(), outlet=pa.string(),
    day=pa.int64(), words=pa.int64(), digest=pa.binary(), sketch=pa.binary(), values=pa.binary(), article=pa.binary(),
)  # fmt: skip


def check(
    documents: DataFrame, settings: Settings | None = None, checker: Checker | None = None
) -> DataFrame:
    """One row for each row: `seq` (rising), `id`, `type` (`document` or `problem`) and `record`, the JSON of a scan's record.

    documents: the columns of JSON Lines (`id`, `text`, and what else there is; `path` is told in the record), or those that
    `settings.fields` names. The lines that recur on an outlet are learned from all of them first, when this is called. Records equal those of
    `provcheck scan`, but for `path` and the place of rows that cannot be read. checker: instead of settings, for rules that were loaded before.
    """
    checker = checker or Checker(settings)
    return examined(items_of(documents, checker.settings), checker, compared=False).drop("aside")


def examined(items: DataFrame, checker: Checker, compared: bool = True) -> DataFrame:
    """Items with the columns of `check`; `aside`, what a summary needs that the record does not tell; and if documents are to be compared
    what that needs of each (see `Shelved`).
    """
    items = settled(items, "read")  # read once: a second reading may number them in another order
    marks = settled(repeating(items), "ids that repeat")
    if checker.needs_sites:
        marks = marks.join(recurring_lines(items, marks), "seq", "outer")
    else:
        marks = marks.withColumn("lines", fn.lit(None))
    rows = items.join(marks, "seq", "left")
    shipped = pickle.dumps(checker, protocol=5)
    baseline = Baseline.of(checker.settings.baseline)

    def examine(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        told = {"seq": row["seq"], "id": row["id"]}
        if row["item"] is None or row["again"]:
            return [told | {"type": "problem", "record": problem_of(row)}]
        lines = {line["number"]: line["others"] for line in row["lines"] or ()}
        document = unpacked(row["item"])
        try:
            return [{**told, **document_row(unshipped(shipped), document, lines)}]
        except Exception as error:  # a mistake of ours costs one document, not the job
            return [told | {"type": "problem", "record": encoded(failed_on(document, error))}]

    def document_row(known: Checker, document: Document, lines: Mapping[int, int]) -> Mapping[str, Any]:
        result = known.check(document, lines)
        aside = frozenset(result.article.missing_metadata), result.suppressed
        found = {
            "type": "document",
            "record": encoded(baseline.marked(result.record)),
            "aside": pickle.dumps(aside, protocol=5),
        }
        if compared:
            settings = known.settings.groups
            shelved = Shelved.of(result.article, sketch(result.article, settings), settings)
            found |= {name: getattr(shelved, name) for name in EXAMINED.names[5:]}
        return found

    schema = EXAMINED if compared else CHECKED
    return rows.mapInArrow(over_rows(examine, schema), sql_of(schema))


@lru_cache(maxsize=2)
def unshipped(shipped: bytes) -> Checker:
    """The checker of a task; what it compiles serves all tasks of a Python worker."""
    found: Checker = pickle.loads(shipped)
    return found
