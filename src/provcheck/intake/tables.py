"""CSV and Parquet tables."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from provcheck.intake.decode import decode
from provcheck.intake.earlier import EARLIER, is_table
from provcheck.intake.records import RecordReader
from provcheck.intake.streams import Bounds, read_bytes
from provcheck.model import Document, Problem


def read_csv(path: Path, reader: RecordReader, bounds: Bounds) -> Iterator[Document | Problem]:
    """Rows of a CSV file with a header; comma, semicolon or tab is found from the header."""
    text = decode(read_bytes(path, bounds))
    csv.field_size_limit(min(sys.maxsize, bounds.max_line_bytes))
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 1
    try:
        if is_table(rows.fieldnames):
            yield Problem(path=reader.path, reason=EARLIER)
            return
        for row in rows:
            number += 1
            if None in row:
                yield Problem(
                    path=reader.path,
                    reason="has more cells than the header has columns",
                    where=f"row {number}",
                )
                continue
            yield reader.read(
                {key: value for key, value in row.items() if value is not None}, f"row {number}"
            )
    except csv.Error as error:
        yield Problem(
            path=reader.path,
            reason=f"is no readable CSV from here on: {error}",
            where=f"line {rows.line_num}",
        )


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: the most frequent one of the header."""
    return max(",;\t", key=text.split("\n", 1)[0].count)


def read_parquet(
    file: Path | BinaryIO, reader: RecordReader, group: int | None = None, before: int = 0
) -> Iterator[Document | Problem]:
    """Rows of a Parquet file, a batch at a time. Needs pyarrow (`pip install provcheck[parquet]`).

    group: the row group, if not all; `before` rows stand before it.
    """
    try:
        import pyarrow.parquet as parquet
        from pyarrow.lib import ArrowException
    except ImportError:
        yield Problem(path=reader.path, reason="Parquet needs pyarrow: pip install 'provcheck[parquet]'")
        return
    number = before
    try:
        with parquet.ParquetFile(file) as table:
            groups = None if group is None else [group]
            for batch in table.iter_batches(batch_size=1_000, row_groups=groups):
                for row in batch.to_pylist():
                    number += 1
                    yield reader.read(row, f"row {number}")
    except (ArrowException, ValueError) as error:
        reason = str(error).splitlines()[0]
        yield Problem(
            path=reader.path, reason=f"is no readable Parquet file: {reason}", where=f"row {number + 1}"
        )
