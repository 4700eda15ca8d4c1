"""`--format csv` and `--format parquet`: one row a finding, across documents included."""

from __future__ import annotations

import csv
import io
from typing import Any, BinaryIO

from provcheck.errors import UsageError
from provcheck.model import Record
from provcheck.reports.rows import COLUMNS, Rows

_FORMULA = ("=", "+", "-", "@", "\t", "\n")  # a spreadsheet would run what starts so
_BATCH = 10_000  # rows of a row group


class CsvReport:
    """Writes rows as they come, UTF-8. A cell of text that a spreadsheet would take for a formula gets an apostrophe before it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._rows = Rows()
        self._text = io.TextIOWrapper(
            stream, encoding="utf-8", errors="replace", newline="", write_through=True
        )
        self._writer = csv.writer(self._text, lineterminator="\n")
        self._writer.writerow(COLUMNS)

    def add(self, record: Record) -> None:
        for row in self._rows.of(record):
            self._writer.writerow([_cell(value) for value in row.cells().values()])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else ""
    if not isinstance(value, str):
        return value
    value = value.replace("\r\n", "\n").replace(
        "\r", "\n"
    )  # a carriage return alone is not quoted, and ends a row
    return f"'{value}" if value.startswith(_FORMULA) else value


class ParquetReport:
    """Writes rows in groups of ten thousand. Raises UsageError without pyarrow."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError:
            raise UsageError("--format parquet needs pyarrow: pip install 'provcheck[parquet]'") from None
        kinds = {
            "line": pyarrow.int32(),
            "start": pyarrow.int64(),
            "end": pyarrow.int64(),
            "known": pyarrow.bool_(),
        }
        self._schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in COLUMNS])
        self._table = pyarrow.Table
        self._writer = parquet.ParquetWriter(stream, self._schema)
        self._rows = Rows()
        self._waiting: list[dict[str, Any]] = []

    def add(self, record: Record) -> None:
        self._waiting += [row.cells() for row in self._rows.of(record)]
        if len(self._waiting) >= _BATCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(self._table.from_pylist(self._waiting, schema=self._schema))
            self._waiting = []
