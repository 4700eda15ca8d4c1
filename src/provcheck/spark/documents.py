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

from provcheck.intake.files import REPEATED
from provcheck.intake.records import RecordReader, repeated
from provcheck.model import Document, Problem, Record
from provcheck.reports.jsonl import encode
from provcheck.settings import Settings

Batches = Iterator[pa.RecordBatch]
_PLACES = 33  # bits of a monotonically increasing id that count within its partition
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


def settled(frame: DataFrame, name: str) -> DataFrame:
    """The same rows, worked out now and kept: what follows plans from here. name: what Spark's pages say of it.

    They are kept in the folder for checkpoints if the session has one (`setCheckpointDir`; then lost executors lose nothing), else on the
    executors' disks.
    """
    frame.sparkSession.sparkContext.setJobDescription(f"provcheck: {name}")
    if frame.sparkSession.sparkContext.getCheckpointDir() is not None:
        return frame.checkpoint()
    return frame.localCheckpoint(storageLevel=StorageLevel.DISK_ONLY)


def ranked(frame: DataFrame, name: str, *by: str) -> DataFrame:
    """The rows with their rank by some columns, from 0; worked out now. One number for each partition comes to the driver."""
    rows = settled(frame.repartitionByRange(*by).sortWithinPartitions(*by), f"{name} by {by[0]}")
    rows = rows.withColumn("_part", fn.spark_partition_id()).withColumn(
        "_at", fn.monotonically_increasing_id()
    )
    counted = {row["_part"]: row["count"] for row in rows.groupBy("_part").count().collect()}
    before, starts = 0, {}
    for part in range(max(counted, default=-1) + 1):
        starts[part] = before
        before += counted.get(part, 0)
    start = fn.element_at(fn.array(*(fn.lit(at) for at in starts.values() or (0,))), fn.col("_part") + 1)
    at = fn.col("_at").bitwiseAND(fn.lit((1 << _PLACES) - 1))
    return rows.withColumn(name, (start + at).cast("long")).drop("_part", "_at")


def sql_of(schema: pa.Schema) -> str:
    """The same columns in Spark's words."""
    names = {"int64": "long", "int32": "int", "bool": "boolean"}
    return ", ".join(f"{field.name} {names.get(str(field.type), str(field.type))}" for field in schema)


def arrow(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


ROWS_OF_SOURCE = 1 << 36  # numbers for the rows of one file
ITEMS = arrow(
    seq=pa.int64(), source=pa.int64(), id=pa.string(), item=pa.binary(), where=pa.string(), problem=pa.string()
)  # fmt: skip
"""`seq`: rising in the order of the documents. `source`: the number of the file. `item`: a document in MessagePack, `where` it stands;
or `problem`, the JSON of the record."""


def items_of(frame: DataFrame, settings: Settings) -> DataFrame:
    """The rows of anybody's DataFrame as `ITEMS`. The order is that of a column `seq`, whole numbers, if there is one; else Spark's own,
    which for a file that it reads in parts is not the file's.
    """
    fields = dict(settings.fields)

    def read(row: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        record = {name: value for name, value in row.items() if name not in ("_seq", "seq", "path")}
        path = row.get("path") or "-"
        found = RecordReader(path, fields).read(record, f"row {row['_seq'] + 1}")
        row = {"seq": row["_seq"], "source": row["_seq"], "id": found.id}
        if isinstance(found, Problem):
            yield row | {"problem": encoded(Problem(path=path, id=found.id, reason=found.reason))}
        else:
            yield row | {"item": packed(found)}

    order = fn.col("seq").cast("long") if "seq" in frame.columns else fn.monotonically_increasing_id()
    return frame.withColumn("_seq", order).mapInArrow(over_rows(read, ITEMS), sql_of(ITEMS))


def repeating(items: DataFrame) -> DataFrame:
    """The documents that are not kept, as an earlier one has their id: `seq`, and `again`, 2 if one in the same file has, else 1."""
    ids = items.filter("item is not null").select("seq", "source", "id")
    rank = fn.row_number().over(Window.partitionBy("id").orderBy("seq"))
    same = fn.row_number().over(Window.partitionBy("id", "source").orderBy("seq"))
    later = ids.withColumn("rank", rank).withColumn("same", same).filter("rank > 1")
    return later.select("seq", fn.when(fn.col("same") > 1, 2).otherwise(1).alias("again"))


def problem_of(row: Mapping[str, Any]) -> str:
    """The record of a row that is no document of the scan."""
    if row["item"] is None:
        return str(row["problem"])
    document = unpacked(row["item"])
    path = document.path or "-"
    if row["again"] == 2:
        return encoded(Problem(path=path, id=document.id, reason=repeated(document.id), where=row["where"]))
    return encoded(Problem(path=path, id=document.id, reason=REPEATED))


def packed(document: Document) -> bytes:
    return msgspec.msgpack.encode(document)


def unpacked(item: bytes) -> Document:
    return _items.decode(item)


def encoded(record: Record) -> str:
    """The JSON of a record, without a line break."""
    return encode(record).decode().rstrip("\n")
