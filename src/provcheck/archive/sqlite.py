"""An archive in one file: SQLite, with the terms in segments of its own (`postings`)."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import msgspec
import numpy as np
import numpy.typing as npt

from provcheck.archive import postings
from provcheck.archive.entry import ArchiveError, Checked, Entry, Parameters, Stats
from provcheck.archive.migrations import migrated, parameters_of
from provcheck.archive.packing import Vocabulary, packed, unpacked
from provcheck.archive.postings import Postings
from provcheck.archive.store import Found, Outcome, by_id
from provcheck.archive.terms import Terms, terms_of
from provcheck.arrays.distinct import distinct

_WAIT = 60.0  # seconds for another writer's batch to end
_PAGE = 16_384  # bytes: rows are a kilobyte, and waste less of a large page
_MASK = 0xFFFFFFFFFFFFFFFF
_TABLES = (
    """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT, url TEXT, published TEXT, outlet TEXT, day INTEGER,
  digest BLOB NOT NULL, terms INTEGER NOT NULL, sketch BLOB NOT NULL
);
CREATE TABLE word (first INTEGER PRIMARY KEY, stems BLOB NOT NULL, roots BLOB NOT NULL);
"""
    + postings.TABLES
)


class _DamagedError(ArchiveError):
    """What was kept of a document cannot be read."""


class SqliteStore:
    """One process at a time writes a batch, the others wait for it; who reads never waits (write-ahead log).

    A batch is a transaction that is on the disk before `add` returns. Not thread-safe.
    """

    def __init__(self, path: Path, base: sqlite3.Connection) -> None:
        self._path, self._base = path, base
        self._postings, self._vocabulary = Postings(base), Vocabulary()
        self._version = -1
        with self._reading():
            self.parameters = parameters_of(path, base)

    @classmethod
    def create(cls, path: Path, parameters: Parameters) -> Self:
        """Raises ArchiveError if the file is there, or cannot be made."""
        try:
            path.open("xb").close()
        except FileExistsError:
            raise ArchiveError(f"{path}: is there already; `provcheck index add` adds to it") from None
        except OSError as error:
            raise ArchiveError(f"{path}: {(error.strerror or str(error)).lower()}") from None
        with _told(path):
            base = _connected(path, "rw")
            base.execute(f"PRAGMA page_size = {_PAGE}")
            base.execute("PRAGMA journal_mode = WAL")
            base.executescript(f"BEGIN; {_TABLES} COMMIT;")
            told = msgspec.json.encode(parameters).decode()
            base.execute("INSERT INTO meta VALUES ('parameters', ?)", (told,))
        return cls(path, base)

    @classmethod
    def open(cls, path: Path) -> Self:
        if not path.is_file():
            raise ArchiveError(f"{path}: no archive is there; `provcheck index build` makes one")
        with _told(path):
            try:
                base = _connected(path, "rw")
                base.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.OperationalError:  # a folder that cannot be written: no log can lie beside it
                base = _connected(path, "ro&immutable=1")
        return cls(path, base)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._base.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One state of the archive for all that is read within; what another process added is seen at its start."""
        with _told(self._path):
            self._base.execute("BEGIN")
            try:
                self._renew()
                yield
            finally:
                self._base.execute("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction: on the disk at the end, or as if it had never begun."""
        with _told(self._path):
            self._base.execute("BEGIN IMMEDIATE")
            size = len(self._vocabulary)
            try:
                self._renew()
                size = len(self._vocabulary)
                yield
                self._base.execute("COMMIT")
            except BaseException:
                # What was learned within is not there, and another process may give its numbers to something else.
                self._version = -1
                self._vocabulary.cut(size)
                self._postings.forget()
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    def _renew(self) -> None:
        version = self._base.execute("PRAGMA data_version").fetchone()[0]
        tables = self._base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'segment'").fetchone()[0]
        if version == self._version or not tables:
            return
        self._postings.reload()
        size = self._base.execute(
            "SELECT first + length(stems) / 4 FROM word ORDER BY first DESC LIMIT 1"
        ).fetchone()
        self._vocabulary.cut(size[0] if size else 0)
        rows = self._base.execute(
            "SELECT stems, roots FROM word WHERE first >= ? ORDER BY first", (len(self._vocabulary),)
        ).fetchall()
        if rows:
            stems, roots = (b"".join(part) for part in zip(*rows, strict=True))
            self._vocabulary.extend(np.frombuffer(stems, np.uint32), np.frombuffer(roots, np.uint32))
        self._version = version

    def outcomes(self, entries: Sequence[Entry]) -> list[Outcome]:
        return by_id(entries, self._digests([entry.id for entry in entries]))

    def add(self, entries: Sequence[Entry]) -> list[Outcome]:
        with self._writing():
            outcomes = self.outcomes(entries)
            new = [e for e, outcome in zip(entries, outcomes, strict=True) if outcome == "added"]
            if new:
                self._put(new)
        return outcomes

    def _digests(self, ids: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            marks = ",".join("?" * len(some))
            found.update(
                self._base.execute(f"SELECT id, digest FROM document WHERE id IN ({marks})", some).fetchall()
            )
        return found

    def _put(self, new: Sequence[Entry]) -> None:
        first = self._count()
        sketches = [entry.sketch for entry in new]
        stems = np.concatenate([sketch.stems for sketch in sketches])
        at = len(self._vocabulary)
        fresh = self._vocabulary.learned(stems, np.concatenate([sketch.roots for sketch in sketches]))
        if len(fresh[0]):
            self._base.execute(
                "INSERT INTO word VALUES (?, ?, ?)", (at, fresh[0].tobytes(), fresh[1].tobytes())
            )
        bounds = np.cumsum([len(sketch.stems) for sketch in sketches])[:-1]
        numbers = np.split(self._vocabulary.numbers(stems), bounds)
        rows, keys = terms_of(sketches, self.parameters).keys()
        documents = rows + first
        self._postings.add(documents, keys)
        sums = np.zeros(len(new), dtype=np.uint64)
        np.add.at(sums, rows, (keys.astype(np.uint64) << np.uint64(32)) | documents.astype(np.uint64))
        self._base.executemany(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    first + row,
                    entry.id,
                    entry.title,
                    entry.url,
                    entry.published,
                    entry.sketch.outlet,
                    entry.sketch.day,
                    entry.digest,
                    summed,
                    packed(entry.sketch, numbers[row]),
                )
                for row, (entry, summed) in enumerate(zip(new, sums.view(np.int64).tolist(), strict=True))
            ),
        )

    def _count(self) -> int:
        return int(self._base.execute("SELECT coalesce(max(number), -1) + 1 FROM document").fetchone()[0])

    def found_by_words(self, terms: Terms, most: int) -> Found:
        with self._reading():
            return self._postings.documents(terms.words[terms.rows == 0], most)

    def found_by_bands(self, terms: Terms, most: int) -> npt.NDArray[np.int64]:
        if not terms.has[0]:
            return np.empty(0, dtype=np.int64)
        with self._reading():
            found = self._postings.documents(distinct(terms.bands[0]), most)
        return np.concatenate([*found.values(), np.empty(0, dtype=np.int64)])

    def entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        asked = list(numbers)
        marks = ",".join("?" * len(asked))
        with self._reading():
            rows = self._base.execute(
                f"SELECT {_ENTRY} FROM document WHERE number IN ({marks})", asked
            ).fetchall()
            return {row[0]: self._entry(row) for row in rows}

    def _entry(
        self, row: tuple[int, str, str | None, str | None, str | None, str | None, int | None, bytes]
    ) -> Entry:
        _, name, title, url, published, outlet, day, sketch = row
        try:
            whole = unpacked(sketch, self._vocabulary, name, outlet, day)
        except (ValueError, IndexError, zlib.error):
            raise _DamagedError(
                f"{self._path}: the document {name!r} is damaged; bring back a copy"
            ) from None
        return Entry(id=name, title=title, url=url, published=published, sketch=whole)

    def stats(self) -> Stats:
        with self._reading():
            documents = self._base.execute("SELECT count(*) FROM document").fetchone()[0]
            pages = self._base.execute("PRAGMA page_count").fetchone()[0]
            size = self._base.execute("PRAGMA page_size").fetchone()[0]
        return Stats(
            documents=documents,
            words=len(self._vocabulary),
            terms=len(self._postings),
            bytes=pages * size,
            parameters=self.parameters,
        )

    def check(self) -> Checked:
        with self._reading():
            broken = [row[0] for row in self._base.execute("PRAGMA integrity_check(20)").fetchall()]
            if broken != ["ok"]:
                return Checked(documents=0, mistakes=broken)
            mistakes = list(self._postings.mistakes())
            whole, summed, expected = 0, 0, 0
            for row in self._base.execute(f"SELECT {_ENTRY}, digest, terms FROM document ORDER BY number"):
                number, name, digest, terms = row[0], row[1], row[8], row[9]
                summed += terms
                try:
                    fits = self._entry(row[:8]).digest == digest
                except _DamagedError:
                    fits = False
                if not fits or number != expected:
                    mistakes.append(f"document {name!r}: its words are not those that were added")
                whole, expected = whole + fits, number + 1
            if summed & _MASK != self._postings.total():
                mistakes.append("the terms by which documents are found are not those that were added")
        return Checked(documents=whole, mistakes=tuple(mistakes))

    def migrate(self, parameters: Parameters) -> list[str]:
        with self._writing():
            self.parameters, told = migrated(self._base, self.parameters, parameters)
        return told


_ENTRY = "number, id, title, url, published, outlet, day, sketch"


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    base = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None
    )
    base.execute("PRAGMA synchronous = FULL")
    base.execute("PRAGMA cache_size = -65536")  # 64 MB
    return base


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What goes wrong in SQLite, in a sentence that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            raise ArchiveError(
                f"{path}: another process has been writing to it for {_WAIT:.0f} seconds; try again then"
            ) from None
        if "full" in said:
            raise ArchiveError(f"{path}: the disk is full; all that was acknowledged is kept") from None
        if "readonly" in said or "read-only" in said:
            raise ArchiveError(f"{path}: cannot be written") from None
        if isinstance(error, sqlite3.DatabaseError) and ("malformed" in said or "not a database" in said):
            raise ArchiveError(f"{path}: is damaged, or no archive ({said}); bring back a copy") from None
        raise ArchiveError(f"{path}: {said}") from None
