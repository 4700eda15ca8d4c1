"""From older schemas of the embedded archive to today's, and from older rule packs to the ones that are loaded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from provcheck._version import __version__
from provcheck.archive.entry import SCHEMA, ArchiveError, Parameters

# What brings a schema to the next one. The first release has the first schema.
_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {}


class _Version(msgspec.Struct):
    schema: int


def parameters_of(path: Path, base: sqlite3.Connection) -> Parameters:
    """What an archive was built with. Raises ArchiveError if it is none, or of another schema."""
    known = base.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'segment')").fetchone()[0]
    row = base.execute("SELECT value FROM meta WHERE name = 'parameters'").fetchone() if known == 2 else None
    if row is None:
        raise ArchiveError(f"{path}: is no archive, or its building was interrupted; build it anew")
    schema = msgspec.json.decode(row[0], type=_Version).schema
    if schema > SCHEMA:
        raise ArchiveError(
            f"{path}: was written by a later provcheck (schema {schema}; this one knows {SCHEMA})"
        )
    return msgspec.json.decode(row[0], type=Parameters)


def migrated(base: sqlite3.Connection, old: Parameters, wanted: Parameters) -> tuple[Parameters, list[str]]:
    """Within the caller's transaction; the new parameters, and a sentence for each thing that was done."""
    told = []
    for schema in range(old.schema, SCHEMA):
        _STEPS[schema](base)
        told.append(f"schema {schema} became {schema + 1}")
    new, more = renewed(old, wanted)
    told += more
    if told:
        new = msgspec.structs.replace(new, schema=SCHEMA, version=__version__)
    base.execute("UPDATE meta SET value = ? WHERE name = 'parameters'", (msgspec.json.encode(new).decode(),))
    return new, told


def renewed(old: Parameters, wanted: Parameters) -> tuple[Parameters, list[str]]:
    """The parameters with the rule packs that are wanted, and a sentence if they are others."""
    if old.text == "whole" or old.packs == wanted.packs:
        return old, []
    names = sorted({pack.id for pack in set(old.packs) ^ set(wanted.packs)})
    told = f"rules now as they are loaded ({', '.join(names)}); documents that are there keep the bodies they have"
    return msgspec.structs.replace(old, packs=wanted.packs, version=__version__), [told]
