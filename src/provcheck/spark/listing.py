"""The files that a scan on Spark reads, local or at addresses, in the order of the plain engine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.fs as pafs

from provcheck.errors import UsageError
from provcheck.intake.files import SUFFIXES, Source, kind_of, sources
from provcheck.model import Problem


def listed(inputs: Sequence[str]) -> Iterator[tuple[Source | Problem, str | None, int]]:
    """What there is to read, with the address if it has a scheme, and the size in bytes. Raises UsageError."""
    alone = len(inputs) == 1
    for name in inputs:
        if "://" in name:
            yield from _listed_remote(name, alone)
            continue
        if not os.path.lexists(name):
            raise UsageError(f"{name}: no such file or folder")
        for item in sources([name], alone=alone):
            size = 0
            if isinstance(item, Source):
                size = item.path.stat().st_size if item.path.is_file() else 0
            yield item, None, size


def _listed_remote(address: str, alone: bool) -> Iterator[tuple[Source | Problem, str | None, int]]:
    base, question, options = address.partition("?")
    try:
        system, root = pafs.FileSystem.from_uri(address)
        found = system.get_file_info(root)
        if found.type == pafs.FileType.NotFound:
            raise UsageError(f"{address}: no such file or folder")
        if found.type == pafs.FileType.File:
            identity = root.rpartition("/")[2] if alone else base
            yield Source(Path(root), base, identity), address, found.size
            return
        below = system.get_file_info(pafs.FileSelector(root, recursive=True))
    except (OSError, pa.ArrowException) as error:
        raise UsageError(f"{address}: cannot be read: {str(error).splitlines()[0]}") from None
    files = [info for info in below if info.type == pafs.FileType.File and _is_read(info.path, root)]
    for info in sorted(files, key=lambda info: _walked(info.path)):
        within = info.path[len(root) :].lstrip("/")
        shown = f"{base.rstrip('/')}/{within}"
        yield (
            Source(Path(info.path), shown, within if alone else shown),
            shown + question + options,
            info.size,
        )
    if not files:
        yield Problem(path=address, reason=f"the folder holds nothing to read; read are {' '.join(SUFFIXES)}, each also .gz"), None, 0  # fmt: skip


def _is_read(path: str, root: str) -> bool:
    """As the plain engine: files of a kind that is read, hidden ones left out."""
    return kind_of(Path(path)) is not None and not PurePosixPath(path).name.startswith(".")


def _walked(path: str) -> tuple[tuple[bool, str], ...]:
    """The order of the plain engine: the files of a folder before the folders in it."""
    *folders, name = path.split("/")
    return (*((True, folder) for folder in folders), (False, name))
