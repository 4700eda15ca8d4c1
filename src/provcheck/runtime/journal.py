"""What a long scan has examined, kept in a file while it runs, so that after an interruption it goes on from there."""

from __future__ import annotations

import errno
import hashlib
import pickle
import sys
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from struct import Struct
from typing import IO, Any, TypeVar

import msgspec

from provcheck.errors import UsageError
from provcheck.model import Document, Problem

R = TypeVar("R")
_MAGIC = b"provcheck journal 1\n"
_FRAME = Struct("<II16s")  # bytes of the outcome, their crc32, digest of the input
_KEY = 32
_LOCKED = (
    1 << 30
)  # where the lock lies on Windows, which counts places in 32 bits; who holds it reads there all the same


class Journal:
    """Outcomes in input order, each with the digest of its input, after a key of all that shapes them. Owned by one scan.

    A tail that was cut off when the power went is left out. The outcomes are pickled: a journal is as trusted as a program.
    """

    def __init__(self, path: Path, say: Callable[[str], None] = lambda told: None) -> None:
        """`say` is told in a sentence what is taken over. Raises UsageError if the file is something else."""
        self._path, self._say = path, say
        self._file: IO[bytes] | None = None
        self._sure = 0  # bytes of the file that hold for this run
        if path.exists() and path.stat().st_size:
            with path.open("rb") as stream:
                if stream.read(len(_MAGIC)) != _MAGIC:
                    raise UsageError(f"{path}: is no journal of a scan; --resume would write over it")

    def outcomes(
        self,
        key: bytes,
        source: Iterable[Document | Problem],
        examine: Callable[[Iterator[Document | Problem]], Iterator[R]],
    ) -> Iterator[R]:
        """The outcome of each item: from the file while the items are those of the earlier run, then from `examine`.

        key: 32 bytes that stand for everything else that shapes an outcome. Raises OSError, and UsageError while another run has the
        file.
        """
        self._file = self._path.open("r+b" if self._path.exists() else "w+b")
        if not _locked(self._file):
            raise UsageError(f"{self._path}: another run is writing it; give each its own file to --resume")
        items, taken = iter(source), 0
        first: list[Document | Problem] = []
        for digest, outcome in self._kept(key):
            item = next(items, None)
            if item is None:
                break
            if _digest(item) != digest:
                first.append(item)
                break
            taken += 1
            yield outcome
            self._sure = self._file.tell()
        self._file.seek(self._sure)
        self._file.truncate()
        if taken:
            self._say(f"going on after {taken:,} inputs that an earlier run examined")
        digests: deque[bytes] = deque()

        def noted() -> Iterator[Document | Problem]:
            for part in (first, items):
                for item in part:
                    digests.append(_digest(item))
                    yield item

        for outcome in examine(noted()):
            self._keep(digests.popleft(), outcome)
            yield outcome

    def _kept(self, key: bytes) -> Iterator[tuple[bytes, Any]]:
        """The outcomes of the file, up to the first that is not whole; none if the key is another."""
        assert self._file is not None
        head = self._file.read(len(_MAGIC) + _KEY)
        if head != _MAGIC + key:
            if len(head) == len(_MAGIC) + _KEY:
                self._say("the earlier run had other inputs, rules or settings: starting anew")
            self._file.seek(0)
            self._file.write(_MAGIC + key)
            self._sure = self._file.tell()
            return
        self._sure = self._file.tell()
        while len(frame := self._file.read(_FRAME.size)) == _FRAME.size:
            size, crc, digest = _FRAME.unpack(frame)
            raw = self._file.read(size)
            if len(raw) < size or zlib.crc32(raw) != crc:
                return
            yield digest, pickle.loads(raw)

    def _keep(self, digest: bytes, outcome: object) -> None:
        assert self._file is not None
        raw = pickle.dumps(outcome, protocol=5)
        self._file.write(_FRAME.pack(len(raw), zlib.crc32(raw), digest) + raw)
        self._file.flush()

    def close(self) -> None:
        """Keep it for another run."""
        if self._file is not None:
            self._file.close()

    def done(self) -> None:
        """The scan ended well and its outputs are safe: the file is not needed any more."""
        self.close()
        self._path.unlink(missing_ok=True)


def _locked(file: IO[bytes]) -> bool:
    """Whether the file is this run's alone now, until it is closed, by whatever end."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_LOCKED)  # bytes that are locked cannot be read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN)  # a file system that knows no locks
    return True


def key_of(*parts: object) -> bytes:
    """32 bytes for things that encode to JSON."""
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=_KEY).digest()


def _digest(item: Document | Problem) -> bytes:
    return hashlib.blake2b(msgspec.msgpack.encode(item, enc_hook=str), digest_size=16).digest()
