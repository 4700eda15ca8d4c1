"""Opens plain and gzip streams with bounds: a line has a longest length, a gzip a largest expansion."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from provcheck.intake.decode import UnreadableError

_GZIP_ERRORS = (EOFError, gzip.BadGzipFile, zlib.error)
_EXPANSION_FLOOR = 50_000_000  # bytes that any archive may unpack to
_STEP = 1 << 20


@dataclass(frozen=True)
class Bounds:
    """max_line_bytes: the longest line read. expansion: how many times its size a gzip may unpack to."""

    max_line_bytes: int = 64_000_000
    expansion: int = 200


def read_bytes(path: Path, bounds: Bounds) -> bytes:
    """A whole file, unpacked if its name ends in .gz. Raises UnreadableError or OSError."""
    with path.open("rb") as raw:
        if path.suffix.lower() != ".gz":
            return raw.read()
        limit = max(_EXPANSION_FLOOR, path.stat().st_size * bounds.expansion)
        unpacked = io.BytesIO()
        try:
            with gzip.GzipFile(fileobj=raw) as stream:
                while piece := stream.read(_STEP):
                    unpacked.write(piece)
                    if unpacked.tell() > limit:
                        raise UnreadableError(
                            f"unpacks to more than {bounds.expansion} times its size; not read further"
                        )
        except _GZIP_ERRORS as error:
            raise UnreadableError(
                f"is a damaged or truncated gzip ({error})", f"byte {unpacked.tell()}"
            ) from None
        return unpacked.getvalue()


def read_lines(
    source: BinaryIO, packed_bytes: int | None, bounds: Bounds
) -> Iterator[tuple[int, bytes | UnreadableError]]:
    """Numbered lines of a stream without their line breaks; what is wrong with one stands in its place.

    `packed_bytes` is the size of a gzip file, None for plain streams.
    """
    stream: BinaryIO = gzip.GzipFile(fileobj=source) if packed_bytes is not None else source  # type: ignore[assignment]
    limit = None if packed_bytes is None else max(_EXPANSION_FLOOR, packed_bytes * bounds.expansion)
    number, total = 0, 0
    while True:
        number += 1
        try:
            line = stream.readline(bounds.max_line_bytes + 1)
            total += len(line)
            if limit is not None and total > limit:
                yield (
                    number,
                    UnreadableError(
                        f"unpacks to more than {bounds.expansion} times its size; not read further"
                    ),
                )
                return
            if len(line) > bounds.max_line_bytes:
                yield number, UnreadableError(f"line is longer than {bounds.max_line_bytes:,} bytes")
                _skip_line(stream)
                continue
        except _GZIP_ERRORS as error:
            yield (
                number,
                UnreadableError(f"is a damaged or truncated gzip ({error}); what came before was read"),
            )
            return
        if not line:
            return
        yield number, line.rstrip(b"\r\n")


def read_range(
    stream: BinaryIO, start: int, end: int, before: int, bounds: Bounds
) -> Iterator[tuple[int, bytes | UnreadableError]]:
    """The numbered lines of a part of a plain stream that can seek: those whose line break before them lies in it.

    start, end: bytes. before: how many line breaks stand before `start`. A stream in parts gives the lines of the whole, each once.
    """
    if start:
        stream.seek(start)
        _skip_line(stream)
    first = before + 1 if start else 0
    lines = read_lines(stream, None, bounds)
    while stream.tell() <= end:
        found = next(lines, None)
        if found is None:
            return
        number, line = found
        yield first + number, line


def _skip_line(stream: BinaryIO) -> None:
    while True:
        piece = stream.readline(_STEP)
        if not piece or piece.endswith(b"\n"):
            return
