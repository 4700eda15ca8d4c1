"""An array that grows: in memory while it is little, then in a temporary file."""

from __future__ import annotations

import mmap
import tempfile
from contextlib import suppress
from functools import cached_property
from typing import IO, Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

_IN_MEMORY = 64 << 20  # bytes that need no file
_LARGE = 256 << 20  # bytes of a file that may stay in memory
Kind = TypeVar("Kind", bound=np.generic)


class LongArray(Generic[Kind]):
    """Add parts, then look at the `whole`; a part that is added after that is not seen."""

    def __init__(self, kind: type[Kind]) -> None:
        self._kind = np.dtype(kind)
        self._parts: list[npt.NDArray[Kind]] = []
        self._file: IO[bytes] | None = None
        self._map: mmap.mmap | None = None
        self._bytes = 0

    @classmethod
    def of(cls, array: npt.NDArray[Kind]) -> LongArray[Kind]:
        """One that has a part."""
        made = cls(array.dtype.type)
        made._parts, made._bytes = [array], array.nbytes
        return made

    def add(self, part: npt.NDArray[Kind]) -> None:
        """Raises OSError, which names the folder for temporary files, when that is full."""
        self._parts.append(part)
        self._bytes += part.nbytes
        if self._bytes <= _IN_MEMORY:
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="provcheck-")  # noqa: SIM115 - closed with the array
            for each in self._parts:
                self._file.write(each.tobytes())
            self._file.flush()
        except OSError as error:
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from None
        self._parts = []

    @cached_property
    def whole(self) -> npt.NDArray[Kind]:
        """All parts one after the other; read-only where they are in a file."""
        if self._file is None:
            joined = (
                np.concatenate([np.empty(0, self._kind), *self._parts])
                if len(self._parts) != 1
                else self._parts[0]
            )
            return joined
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, dtype=self._kind)

    def rest(self) -> None:
        """Give back the memory that pages of a large file take, where the system knows how."""
        dismissed: Any = getattr(mmap, "MADV_DONTNEED", None)
        if self._map is not None and dismissed is not None and self._bytes > _LARGE:
            self._map.madvise(dismissed)

    def close(self) -> None:
        """Free the file; the `whole` is not to be looked at any more."""
        self.__dict__.pop("whole", None)
        self._parts = []
        if self._map is not None:
            with suppress(BufferError):  # somebody still looks at it; the file goes with them
                self._map.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
