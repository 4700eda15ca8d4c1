"""Archives by their addresses: a path is a file of SQLite, `redis://…` a server."""

from __future__ import annotations

from pathlib import Path

from provcheck.archive.entry import Parameters
from provcheck.archive.sqlite import SqliteStore
from provcheck.archive.store import Store


def open_store(address: str) -> Store:
    """The archive at a path, or at `redis://host:port/number?name=…`. Raises ArchiveError if there is none."""
    if address.startswith(("redis://", "rediss://")):
        from provcheck.archive.redis import RedisStore

        return RedisStore.open(address)
    return SqliteStore.open(Path(address))


def create_store(address: str, parameters: Parameters) -> Store:
    """A new archive. Raises ArchiveError if something is there."""
    if address.startswith(("redis://", "rediss://")):
        from provcheck.archive.redis import RedisStore

        return RedisStore.create(address, parameters)
    return SqliteStore.create(Path(address), parameters)
