"""Rows of a DataFrame into documents, in an order, each id once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame
from pyspark.sql import functions as fn
from pyspark.sql.window import Window

from provcheck.intake.records import RecordReader
from provcheck.model import Document, Problem
from provcheck.settings import Settings

Batches = Iterator[pa.RecordBatch]
_REPEATED = "repeats an id of this scan; the first was kept"
_items = msgspec.msgpack.Decoder(Document)


def over_rows(
    work: Callable[[Mapping[str, Any]], Iterable[Mapping[str, Any]]], schema: pa.Schema
) -> Callable[[Batches], Batches]:
    """For `mapInArrow`: the rows that come of each row."""

    def run(batches: Batches) -> Batches:
        for batch in batches:
            rows = [made for row in batch.to_pylist() for made in work(row)]
            yield pa.RecordBatch.from_pylist(rows, schema=schema)

    return run


def over_batches(work: Callable[[list[dict[str, Any]]], pa.RecordBatch]) -> Callable[[Batches], Batches]:
    """For `mapInArrow`: one batch that comes of the rows of each batch."""

    def run(batches: Batches) -> Batches:
        for batch in batches:
            if batch.num_rows:
                yield work(batch.to_pylist())

    return run


def settled(frame: DataFrame) -> DataFrame:
    """The same rows, worked out now and kept: what follows plans from here. In the folder for checkpoints if the session has one
    (`setCheckpointDir`; then lost executors lose nothing), else on the executors' disks.
    """
    if frame.sparkSession.sparkContext.getCheckpointDir() is not None:
        return frame.checkpoint()
    return frame.localCheckpoint(storageLevel=StorageLevel.DISK_ONLY)


def sql_of(schema: pa.Schema) -> str:
    """The same columns in Spark's words."""
    names = {"int64": "long", "int32": "int", "bool": "boolean"}
    return ", ".join(f"{field.name} {names.get(str(field.type), str(field.type))}" for field in schema)


def arrow(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


ITEMS = arrow(seq=pa.int64(), id=pa.string(), item=pa.binary(), reason=pa.string())


def numbered(frame: DataFrame, settings: Settings) -> DataFrame:
    """Columns `seq` (rising in the order of the rows, with gaps), `id`, and `item`, a document in MessagePack; or `reason`, why
    a row is none. Of rows with one id the first is kept. The order is that of a column `seq`, whole numbers, if there is one; else
    Spark's own, which for a file that it reads in parts is not the file's.
    """
    fields = dict(settings.fields)

    def read(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        record = {name: value for name, value in row.items() if name not in ("_seq", "seq", "path")}
        found = RecordReader(row.get("path") or "-", fields).read(record, f"row {row['_seq'] + 1}")
        if isinstance(found, Problem):
            yield {"seq": row["_seq"], "id": found.id, "item": None, "reason": found.reason}
        else:
            document = msgspec.structs.replace(found, path=row.get("path"))
            yield {"seq": row["_seq"], "id": found.id, "item": packed(document), "reason": None}

    order = fn.col("seq").cast("long") if "seq" in frame.columns else fn.monotonically_increasing_id()
    rows = frame.withColumn("_seq", order)
    read_rows = rows.mapInArrow(over_rows(read, ITEMS), sql_of(ITEMS))
    before = Window.partitionBy("id").orderBy("seq")
    again = fn.col("item").isNotNull() & (fn.row_number().over(before) > 1)
    marked = read_rows.withColumn("again", again)
    return marked.select(
        "seq",
        "id",
        fn.when(~fn.col("again"), fn.col("item")).alias("item"),
        fn.when(fn.col("again"), fn.lit(_REPEATED)).otherwise(fn.col("reason")).alias("reason"),
    )


def packed(document: Document) -> bytes:
    return msgspec.msgpack.encode(document)


def unpacked(item: bytes) -> Document:
    return _items.decode(item)
