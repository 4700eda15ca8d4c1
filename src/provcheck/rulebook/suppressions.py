"""The file of findings that a person looked at and does not want to be told again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provcheck.errors import Mistake, SettingsError
from provcheck.rulefile.reading import RuleFile
from provcheck.settings import Suppression


@dataclass(frozen=True)
class _Entry:
    """One entry of the file; see `settings.Suppression`."""

    rule: str
    reason: str
    document: tuple[str, ...] = ()
    text: str | None = None
    expires: date | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("`reason` says in a few words why")


@dataclass(frozen=True)
class _File:
    suppressions: tuple[_Entry, ...] = ()


def read_suppressions(path: Path, today: date) -> tuple[tuple[Suppression, ...], tuple[str, ...]]:
    """The suppressions that hold today, and a sentence for each that has expired.

    Raises SettingsError with every mistake of the file.
    """
    reading = RuleFile(str(path))
    root = reading.compose(path)
    decoded = (
        reading.decode(_File, reading.pairs(root, "a file of suppressions"), root, "a file of suppressions")
        if root is not None
        else None
    )
    if reading.problems or decoded is None:
        raise SettingsError(tuple(reading.problems) or (Mistake(str(path), 0, 0, "is empty"),))
    entries: tuple[_Entry, ...] = decoded.suppressions
    active = tuple(_suppression(e) for e in entries if e.expires is None or e.expires >= today)
    expired = tuple(
        f"{path}: the suppression of {e.rule} expired on {e.expires.isoformat()} ({e.reason})"
        for e in entries
        if e.expires is not None and e.expires < today
    )
    return active, expired


def _suppression(entry: _Entry) -> Suppression:
    return Suppression(
        rule=entry.rule,
        reason=entry.reason,
        document=entry.document,
        text=entry.text,
        expires=entry.expires.isoformat() if entry.expires else None,
    )
