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
from provcheck.model import Problem
from provcheck.reports.jsonl import encode
from provcheck.settings import Settings
from provcheck.spark.documents import arrow, numbered, over_rows, unpacked
from provcheck.spark.sites import recurring_lines

CHECKED = arrow(seq=pa.int64(), id=pa.string(), type=pa.string(), record=pa.string())


def check(
    documents: DataFrame, settings: Settings | None = None, checker: Checker | None = None
) -> DataFrame:
    """One row for each row: `seq` (rising), `id`, `type` (`document` or `problem`) and `record`, the JSON of a scan's record.

    documents: the columns of JSON Lines (`id`, `text`, and what else there is; `path` is told in the record), or those that
    `settings.fields` names. The lines that recur on an outlet are learned from all of them first. Records equal those of
    `provcheck scan`, but for `path` and the place of rows that cannot be read. checker: instead of settings, for rules that were loaded before.
    """
    checker = checker or Checker(settings)
    rows = numbered(documents, checker.settings)
    if checker.needs_sites:
        rows = rows.join(recurring_lines(rows), "seq", "left")
    else:
        rows = rows.withColumn("lines", fn.lit(None))
    shipped = pickle.dumps(checker, protocol=5)

    def examine(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        if row["item"] is None:
            told: Any = Problem(path="-", id=row["id"], reason=row["reason"])
        else:
            document = unpacked(row["item"])
            lines = {line["number"]: line["others"] for line in row["lines"] or ()}
            told = _unshipped(shipped).check(document, lines).record
        record = encode(told).decode().rstrip("\n")
        kind = "problem" if row["item"] is None else "document"
        yield {"seq": row["seq"], "id": row["id"], "type": kind, "record": record}

    return rows.mapInArrow(over_rows(examine, CHECKED), "seq long, id string, type string, record string")


@lru_cache(maxsize=2)
def _unshipped(shipped: bytes) -> Checker:
    """The checker of a task; what it compiles serves all tasks of a Python worker."""
    found: Checker = pickle.loads(shipped)
    return found
