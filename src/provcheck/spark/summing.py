"""The summary of a scan, from what each partition counted."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from functools import reduce
from typing import Any

import msgspec
import pyarrow as pa
from pyspark.sql import DataFrame

from provcheck.model import DocumentRecord, Group, Problem, Record, Site, Story
from provcheck.spark.documents import Batches, arrow, sql_of
from provcheck.tally import Tally

COUNTED = arrow(tally=pa.binary())
_records = msgspec.json.Decoder(Record)


def tallied(rows: DataFrame) -> Tally:
    """What some rows (`record`, `aside`) add up to; one count for each partition comes to the driver."""

    def count(batches: Batches) -> Batches:
        tally = Tally()
        for batch in batches:
            for row in batch.to_pylist():
                _add(tally, row)
        yield pa.RecordBatch.from_pylist([{"tally": pickle.dumps(tally, protocol=5)}], schema=COUNTED)

    counted = rows.select("record", "aside").mapInArrow(count, sql_of(COUNTED)).collect()
    return reduce(Tally.with_counts_of, (pickle.loads(row.tally) for row in counted), Tally())


def _add(tally: Tally, row: Mapping[str, Any]) -> None:
    aside: Any = pickle.loads(row["aside"]) if row["aside"] is not None else ((), ())
    record = _records.decode(row["record"]) if row["record"] is not None else None
    if isinstance(record, Problem):
        tally.problems += 1
    elif isinstance(record, DocumentRecord):
        missing, suppressed = aside
        tally.add(record, missing)
        tally.add_suppressed(suppressed)
    else:
        suppressed, skipped = aside
        tally.add_suppressed(suppressed)
        tally.add_skipped(skipped)
        if isinstance(record, (Group, Story, Site)):
            tally.add_across(record)
