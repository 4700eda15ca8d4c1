"""Arrays that grow into a file."""

from __future__ import annotations

import errno
import tempfile
from typing import Any

import numpy as np
import pytest

from provcheck.groups import longarray
from provcheck.groups.longarray import LongArray


@pytest.mark.parametrize("in_memory", [1 << 20, 40, 0])
def test_all_parts_in_their_order(monkeypatch: pytest.MonkeyPatch, in_memory: int) -> None:
    monkeypatch.setattr(longarray, "_IN_MEMORY", in_memory)
    monkeypatch.setattr(longarray, "_LARGE", 0)
    array = LongArray(np.uint32)
    for start in range(0, 30, 3):
        array.add(np.arange(start, start + 3, dtype=np.uint32))
    assert array.whole.tolist() == list(range(30)) and array.whole.dtype == np.uint32
    array.rest()
    assert array.whole.tolist() == list(range(30))
    array.close()


def test_no_parts() -> None:
    assert LongArray(np.int32).whole.tolist() == []


def test_a_full_disk_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(longarray, "_IN_MEMORY", 0)
    monkeypatch.setattr(longarray.tempfile, "TemporaryFile", lambda **_: Full())
    array = LongArray(np.int32)
    with pytest.raises(OSError, match="No space left") as told:
        array.add(np.arange(4, dtype=np.int32))
    assert told.value.filename == tempfile.gettempdir()
    array.close()
