"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from provcheck.errors import UsageError


@contextmanager
def written_whole(path: Path, inputs: Iterable[str] = ()) -> Iterator[BinaryIO]:
    """A stream whose bytes become `path` when the block ends well; on any failure `path` stays as it was.

    A link stays one: what it leads to is replaced. Pipes and devices are written into as they are.
    inputs: files and folders that are read meanwhile. Raises UsageError if `path` is one of them, OSError if it cannot be written.
    """
    for name in inputs:
        if name != "-" and path.exists() and Path(name).exists() and path.samefile(name):
            raise UsageError(f"{path}: is read here; name another file to write")
    path = path.resolve()
    if path.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
    except OSError as error:  # say it of the file that was asked for
        raise OSError(error.errno, error.strerror, str(path)) from None
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
