"""The files of a scan, in pieces: each is read by one task, with the readers of the plain engine, and so with its problems.

Addresses with a scheme (`s3://…`, `hdfs://…`, `gs://…`) are read by pyarrow's file systems, in the executors; paths without one must be
the same files for driver and executors.
"""

from __future__ import annotations

import io
import pickle
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.fs as pafs
from pyspark.sql import DataFrame, SparkSession

from provcheck.intake.files import (
    ONE_DOCUMENT,
    Source,
    kind_of,
    read_source,
    sidecar_names,
)
from provcheck.intake.records import RecordReader, each_json
from provcheck.intake.streams import Bounds, read_range
from provcheck.intake.tables import read_parquet
from provcheck.model import Document, Problem
from provcheck.settings import Settings
from provcheck.spark.documents import ITEMS, ROWS_OF_SOURCE, Batches, encoded, packed, sql_of
from provcheck.spark.listing import listed

PIECE = 32_000_000  # bytes of lines that one task reads
_FILES = 500  # small files that one task reads
_ROWS, _CHARACTERS = 200, 16_000_000  # of one batch of documents
Read = Iterator[Document | Problem]


@dataclass(frozen=True)
class Piece:
    """A file or a part of it.

    number: of its file among all. start, end: bytes of JSON Lines or row groups of Parquet; None for the whole file. before: how many
    lines or rows stand before `start`. size: bytes.
    """

    source: Source
    number: int
    address: str | None
    size: int
    start: int | None = None
    end: int = 0
    before: int = 0

    @property
    def kind(self) -> str | None:
        return kind_of(Path(self.source.shown))

    @property
    def divisible(self) -> bool:
        lines = self.kind in (".jsonl", ".ndjson") and not self.source.shown.lower().endswith(".gz")
        return self.size > PIECE and (lines or self.kind == ".parquet")


def read_files(spark: SparkSession, inputs: Sequence[str], settings: Settings) -> DataFrame:
    """The documents and problems of files and folders, with the columns of `ITEMS` and the order of the plain engine.

    Large files of JSON Lines and Parquet are read in parts, others whole, each by one task. Raises UsageError for an input that does not
    exist.
    """
    pieces: list[Piece | tuple[int, Problem]] = []
    whole: list[Piece] = []
    for number, (source, address, size) in enumerate(listed(inputs)):
        if isinstance(source, Problem):
            pieces.append((number, source))
            continue
        piece = Piece(source, number, address, size)
        (whole if piece.divisible else pieces).append(piece)
    pieces += _divided(spark, whole)
    tasks = [(pickle.dumps(task, protocol=5),) for task in _tasks(pieces)]
    frame = spark.createDataFrame(spark.sparkContext.parallelize(tasks, max(1, len(tasks))), "task binary")

    def read(batches: Batches) -> Batches:
        for batch in batches:
            for task in batch.column("task").to_pylist():
                yield from _batches(_rows(pickle.loads(task), settings))

    return frame.mapInArrow(read, sql_of(ITEMS))


def _divided(spark: SparkSession, whole: Sequence[Piece]) -> list[Piece]:
    """Large files in parts. What stands before each is counted by Spark first: numbers come to the driver, nothing else."""
    parts: list[Piece] = []
    for piece in whole:
        if piece.kind != ".parquet":
            starts = range(0, piece.size, PIECE)
            parts += [replace(piece, start=at, end=min(at + PIECE, piece.size)) for at in starts]
        else:
            parts.append(piece)
    if not parts:
        return []
    counted = spark.sparkContext.parallelize(list(enumerate(parts)), len(parts)).map(
        lambda part: (part[0], _counted(part[1]))
    )
    counts = dict(counted.collect())
    damaged = {part.number for at, part in enumerate(parts) if counts[at] is None}
    found = [piece for piece in whole if piece.number in damaged]  # who reads them whole will say why
    before: dict[int, int] = {}
    for at, part in enumerate(parts):
        if part.number in damaged:
            continue
        if part.start is None:
            found += _row_groups(part, counts[at])
        else:
            found.append(replace(part, before=before.get(part.number, 0)))
            before[part.number] = before.get(part.number, 0) + counts[at]
    return found


def _row_groups(piece: Piece, rows: Sequence[int]) -> Iterator[Piece]:
    for at, _ in enumerate(rows):
        yield replace(piece, start=at, end=at + 1, before=sum(rows[:at]), size=piece.size // len(rows))


def _counted(piece: Piece) -> Any:
    """How many line breaks a part has; of a Parquet file the rows of each group; None for what cannot be read."""
    import pyarrow.parquet as parquet

    try:
        with _opened(piece) as stream:
            if piece.start is None:
                told = parquet.ParquetFile(stream).metadata
                return [told.row_group(at).num_rows for at in range(told.num_row_groups)] or None
            stream.seek(piece.start)
            left, many = piece.end - piece.start, 0
            while left > 0 and (block := stream.read(min(left, 1 << 20))):
                many += block.count(b"\n")
                left -= len(block)
            return many
    except (pa.ArrowException, ValueError, OSError):
        return None


def _tasks(pieces: Iterable[Piece | tuple[int, Problem]]) -> Iterator[list[Piece | tuple[int, Problem]]]:
    """Pieces in the order of their files, as many together as one task reads."""
    task: list[Piece | tuple[int, Problem]] = []
    size = 0
    for piece in sorted(pieces, key=_place):
        task.append(piece)
        size += piece.size if isinstance(piece, Piece) else 0
        if size >= PIECE or len(task) >= _FILES:
            yield task
            task, size = [], 0
    if task:
        yield task


def _place(piece: Piece | tuple[int, Problem]) -> tuple[int, int]:
    return (piece.number, piece.start or 0) if isinstance(piece, Piece) else (piece[0], 0)


def _rows(task: Sequence[Piece | tuple[int, Problem]], settings: Settings) -> Iterator[dict[str, Any]]:
    for piece in task:
        if isinstance(piece, Piece):
            yield from _rows_of(piece, settings)
        else:
            number, problem = piece
            yield {
                "seq": number * ROWS_OF_SOURCE,
                "source": number,
                "id": problem.id,
                "problem": encoded(problem),
            }


def _rows_of(piece: Piece, settings: Settings) -> Iterator[dict[str, Any]]:
    reader = RecordReader(piece.source.shown, settings.fields)
    # A part of a file of lines starts after the first break in it: its first line has one more before it.
    after = bool(piece.start) and piece.kind != ".parquet"
    first = piece.number * ROWS_OF_SOURCE + piece.before + after
    for at, item in enumerate(_read(piece, settings, reader)):
        row = {"seq": first + at, "source": piece.number, "id": item.id}
        if isinstance(item, Problem):
            yield row | {"problem": encoded(item)}
        else:
            yield row | {"item": packed(item), "where": reader.where}


def _read(piece: Piece, settings: Settings, reader: RecordReader) -> Read:
    source = piece.source
    try:
        if piece.start is not None:
            yield from _read_part(piece, piece.start, settings, reader)
        elif piece.address is None:
            yield from read_source(source, settings, reader)
        else:
            with tempfile.TemporaryDirectory(prefix="provcheck-") as folder:
                copy = _fetched(piece, Path(folder))
                yield from read_source(replace(source, path=copy), settings, reader)
    except (OSError, pa.ArrowException) as error:  # it vanished meanwhile, or its system does not answer
        yield Problem(path=source.shown, id=source.identity, reason=f"cannot be read: {_line(error)}")


def _read_part(piece: Piece, start: int, settings: Settings, reader: RecordReader) -> Read:
    with _opened(piece) as stream:
        if piece.kind == ".parquet":
            yield from read_parquet(stream, reader, start, piece.before)
        else:
            bounds = Bounds(settings.max_line_bytes, settings.expansion)
            lines = read_range(stream, start, piece.end, piece.before, bounds)
            yield from each_json(reader, lines)


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _fetched(piece: Piece, folder: Path) -> Path:
    """A copy of a file of another system, and of its sidecar if it has one."""
    name = piece.source.path.name
    system, path = pafs.FileSystem.from_uri(piece.address)
    with system.open_input_stream(path, compression=None) as stream, (folder / name).open("wb") as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
    if piece.kind in ONE_DOCUMENT:
        beside = [str(each) for each in sidecar_names(PurePosixPath(path))]
        for info in system.get_file_info(beside):
            if info.type == pafs.FileType.File:
                with system.open_input_stream(info.path, compression=None) as stream:
                    (folder / PurePosixPath(info.path).name).write_bytes(stream.read())
    return folder / name


@contextmanager
def _opened(piece: Piece) -> Iterator[BinaryIO]:
    if piece.address is None:
        with piece.source.path.open("rb") as local:
            yield local
        return
    system, path = pafs.FileSystem.from_uri(piece.address)
    with system.open_input_file(path) as remote:
        yield cast("BinaryIO", io.BufferedReader(remote, 1 << 20))


def _batches(rows: Iterable[dict[str, Any]]) -> Batches:
    """Batches of bounded size, whatever the documents are."""
    kept: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        kept.append(row)
        size += len(row.get("item") or b"")
        if len(kept) >= _ROWS or size >= _CHARACTERS:
            yield pa.RecordBatch.from_pylist(kept, schema=ITEMS)
            kept, size = [], 0
    if kept:
        yield pa.RecordBatch.from_pylist(kept, schema=ITEMS)
