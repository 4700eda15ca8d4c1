"""The files that a scan on Spark reads, local or at addresses, in the order of the plain engine."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.fs as pafs

from provcheck.errors import UsageError
from provcheck.intake.files import SUFFIXES, Source, is_read, sidecars_among, sources
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
    files = _read_of([info for info in below if info.type == pafs.FileType.File])
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


def _read_of(files: Sequence[pafs.FileInfo]) -> list[pafs.FileInfo]:
    """As the plain engine: files of a kind that is read, without hidden ones and sidecars."""
    by_folder: dict[str, list[str]] = defaultdict(list)
    for info in files:
        folder, _, name = info.path.rpartition("/")
        by_folder[folder].append(name)
    aside = {f"{folder}/{name}" for folder, names in by_folder.items() for name in sidecars_among(names)}
    return [info for info in files if is_read(info.path.rpartition("/")[2]) and info.path not in aside]


def _walked(path: str) -> tuple[tuple[bool, str], ...]:
    """The order of the plain engine: the files of a folder before the folders in it."""
    *folders, name = path.split("/")
    return (*((True, folder) for folder in folders), (False, name))
