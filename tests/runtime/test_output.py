"""What is written, and what is never written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from provcheck.errors import UsageError
from provcheck.runtime.output import written_whole


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with pytest.raises(ZeroDivisionError), written_whole(path) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with written_whole(path) as stream:
        stream.write(b"whole")
    assert path.read_bytes() == b"whole"


@pytest.mark.parametrize("name", ["a.jsonl", "link.jsonl"])
def test_never_over_what_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{}")
    (tmp_path / "link.jsonl").symlink_to("a.jsonl")
    with (
        pytest.raises(UsageError, match="is read here"),
        written_whole(tmp_path / name, ["-", str(tmp_path / "a.jsonl")]),
    ):
        pass
    assert (tmp_path / "a.jsonl").read_bytes() == b"{}"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("there")
    with written_whole(link) as stream:
        stream.write(b"new")
    assert link.is_symlink() and (tmp_path / "there").read_bytes() == b"new"


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with written_whole(path) as stream:
        stream.write(b"through")
    assert os.read(reader, 100) == b"through" and path.is_fifo()
    os.close(reader)


def test_a_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError) as caught, written_whole(tmp_path):
        pass
    assert caught.value.filename == str(tmp_path.resolve())
