"""Each document of a DataFrame examined by itself."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn

from provcheck.checker import Checker
from provcheck.groups.shelf import Shelved
from provcheck.groups.sketch import sketch
from provcheck.model import Problem
from provcheck.reports.jsonl import encode
from provcheck.settings import Settings
from provcheck.spark.documents import arrow, numbered, over_rows, settled, sql_of, unpacked
from provcheck.spark.sites import recurring_lines

CHECKED = arrow(seq=pa.int64(), id=pa.string(), type=pa.string(), record=pa.string())
EXAMINED = arrow(
    seq=pa.int64(), id=pa.string(), type=pa.string(), record=pa.string(), outlet=pa.string(), day=pa.int64(),
    words=pa.int64(), digest=pa.binary(), sketch=pa.binary(), values=pa.binary(), article=pa.binary(),
)  # fmt: skip


def check(
    documents: DataFrame, settings: Settings | None = None, checker: Checker | None = None
) -> DataFrame:
    """One row for each row: `seq` (rising), `id`, `type` (`document` or `problem`) and `record`, the JSON of a scan's record.

    documents: the columns of JSON Lines (`id`, `text`, and what else there is; `path` is told in the record), or those that
    `settings.fields` names. The lines that recur on an outlet are learned from all of them first, when this is called. Records equal those of
    `provcheck scan`, but for `path` and the place of rows that cannot be read. checker: instead of settings, for rules that were loaded before.
    """
    return examined(documents, checker or Checker(settings), compared=False)


def examined(documents: DataFrame, checker: Checker, compared: bool = True) -> DataFrame:
    """The columns of `check`, and if documents are to be compared what that needs of each (see `Shelved`)."""
    rows = numbered(documents, checker.settings)
    if checker.needs_sites:
        rows = settled(rows)  # read once: a second reading may number them in another order
        rows = rows.join(recurring_lines(rows), "seq", "left")
    else:
        rows = rows.withColumn("lines", fn.lit(None))
    shipped = pickle.dumps(checker, protocol=5)

    def examine(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        if row["item"] is None:
            problem = Problem(path="-", id=row["id"], reason=row["reason"])
            yield {"seq": row["seq"], "id": row["id"], "type": "problem", "record": _json(problem)}
            return
        lines = {line["number"]: line["others"] for line in row["lines"] or ()}
        known = unshipped(shipped)
        result = known.check(unpacked(row["item"]), lines)
        told = {"seq": row["seq"], "id": row["id"], "type": "document", "record": _json(result.record)}
        if compared:
            settings = known.settings.groups
            shelved = Shelved.of(result.article, sketch(result.article, settings), settings)
            told |= {name: getattr(shelved, name) for name in EXAMINED.names[4:]}
        yield told

    schema = EXAMINED if compared else CHECKED
    return rows.mapInArrow(over_rows(examine, schema), sql_of(schema))


def _json(record: Any) -> str:
    return encode(record).decode().rstrip("\n")


@lru_cache(maxsize=2)
def unshipped(shipped: bytes) -> Checker:
    """The checker of a task; what it compiles serves all tasks of a Python worker."""
    found: Checker = pickle.loads(shipped)
    return found
