"""What an archive acknowledged is there, whatever ends the process that wrote it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from invented_stories import WHOLE, entry, story

from provcheck.archive import sqlite
from provcheck.archive.archive import Archive
from provcheck.archive.entry import ArchiveError, Entry
from provcheck.archive.opening import create_store, open_store

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which Windows has not")
ENTRIES = [entry(f"d{number}", story(number, 4)) for number in range(400)]


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child process that does the work; its id, and the end of the pipe on which it acknowledges."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    status = 1
    try:
        os.close(read)
        work(write)
        status = 0
    finally:
        os._exit(status)


def adding(path: str, entries: list[Entry], batch: int) -> Callable[[int], None]:
    """Adds some documents at a time, and after each batch says how many there are and how long the log is."""

    def work(acknowledge: int) -> None:
        with open_store(path) as store:
            for start in range(0, len(entries), batch):
                store.add(entries[start : start + batch])
                log = Path(f"{path}-wal")
                size = log.stat().st_size if log.exists() else 0
                os.write(acknowledge, f"{start + batch} {size}\n".encode())

    return work


def acknowledged(pipe: int) -> list[tuple[int, int]]:
    with os.fdopen(pipe, "rb") as stream:
        lines = stream.read().split(b"\n")[:-1]
    return [(int(line.split()[0]), int(line.split()[1])) for line in lines]


def seconds_of(folder: Path, count: int, batch: int) -> float:
    """What adding takes here, once all is loaded, if nothing ends it."""
    taken = []
    for attempt in range(3):
        path = str(folder / f"{count}-{batch}-{attempt}.db")
        create_store(path, WHOLE).close()
        child, pipe = forked(adding(path, ENTRIES[:count], batch))
        started = time.monotonic()
        os.waitpid(child, 0)
        taken.append(time.monotonic() - started)
        os.close(pipe)
    return min(taken)


def test_a_process_that_is_killed_a_hundred_times(tmp_path: Path) -> None:
    """`kill -9` after a random time, the tail of the log cut off behind what was acknowledged, as when the power goes."""
    draw, interrupted = random.Random(11), 0
    warm = create_store(str(tmp_path / "warm.db"), WHOLE)
    warm.add(ENTRIES[:20])
    warm.close()
    takes = {(count, batch): seconds_of(tmp_path, count, batch) for count in (20, 60) for batch in (1, 3, 10)}
    for attempt in range(100):
        path = str(tmp_path / f"{attempt}.db")
        create_store(path, WHOLE).close()
        count = draw.choice([20, 60])
        batch = draw.choice([1, 3, 10])
        child, pipe = forked(adding(path, ENTRIES[:count], batch))
        time.sleep(draw.uniform(0, 0.8 * takes[count, batch]))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told = acknowledged(pipe)
        log = Path(f"{path}-wal")
        if log.exists() and told and attempt % 2:
            size = log.stat().st_size
            with log.open("r+b") as stream:
                stream.truncate(draw.randint(min(told[-1][1], size), size))
        interrupted += os.WIFSIGNALED(status)
        with open_store(path) as store:
            found = store.check()
            assert found.mistakes == ()
            sure = min(told[-1][0], count) if told else 0
            assert found.documents >= sure
            assert found.documents % batch in (0, count % batch), "a batch is there whole or not at all"
            if sure:
                last = ENTRIES[sure - 1]
                assert any(
                    m.document == last.id for m in Archive(store).matches(entry("new", story(sure - 1, 4)))
                )
        shutil.rmtree(path, ignore_errors=True)
    assert interrupted > 50


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "archive.db")
    create_store(path, WHOLE).close()
    children = [forked(adding(path, ENTRIES[start:200:2], 7)) for start in (0, 1)]
    for child, pipe in children:
        assert len(acknowledged(pipe)) == 15
        assert os.waitpid(child, 0)[1] == 0
    with open_store(path) as store:
        assert store.check().mistakes == () and store.stats().documents == 200
        assert sum(len(Archive(store).matches(entry("new", story(at, 4)))) for at in range(0, 200, 10)) == 20


def test_who_waits_too_long_for_the_other_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "archive.db")
    create_store(path, WHOLE).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(sqlite, "_WAIT", 0.05)
    with open_store(path) as store, pytest.raises(ArchiveError, match="another process has been writing"):
        store.add(ENTRIES[:1])
    other.execute("ROLLBACK")
    other.close()
    with open_store(path) as store:
        assert store.add(ENTRIES[:1]) == ["added"]


def test_who_reads_sees_what_another_process_added(tmp_path: Path) -> None:
    path = str(tmp_path / "archive.db")
    with create_store(path, WHOLE) as reader:
        assert Archive(reader).matches(entry("new", story(0, 4))) == ()
        child, pipe = forked(adding(path, ENTRIES[:30], 5))
        assert len(acknowledged(pipe)) == 6 and os.waitpid(child, 0)[1] == 0
        assert [m.document for m in Archive(reader).matches(entry("new", story(0, 4)))] == ["d0"]


def test_a_full_disk(tmp_path: Path) -> None:
    """The system refuses to let the file grow: the batch is not there, those before it are, and later ones fit again."""
    path = str(tmp_path / "archive.db")
    with create_store(path, WHOLE) as store:
        store.add(ENTRIES[:50])

    def work(acknowledge: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        with open_store(path) as store:
            for start in range(50, 400, 10):
                try:
                    store.add(ENTRIES[start : start + 10])
                except ArchiveError as error:
                    os.write(acknowledge, f"{start} {len(str(error))}\n".encode())
                    return

    child, pipe = forked(work)
    (told,) = acknowledged(pipe)
    assert os.waitpid(child, 0)[1] == 0 and 50 <= told[0] < 400
    with open_store(path) as store:
        assert store.check() == store.check() and store.check().mistakes == ()
        assert store.stats().documents == told[0]
        assert set(store.add(ENTRIES[told[0] :])) == {"added"}
        assert store.check().documents == 400


def test_a_batch_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and terms that were learned for it are forgotten, too."""
    with create_store(str(tmp_path / "archive.db"), WHOLE) as store:
        store.add(ENTRIES[:5])
        before = store.stats()
        with monkeypatch.context() as patch:
            patch.setattr(sqlite, "packed", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                store.add(ENTRIES[5:9])
        assert store.check().mistakes == ()
        assert store.stats() == before
        store.add(ENTRIES[5:9])
        assert store.check() == store.check() and store.check().documents == 9


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "archive.db"
    with create_store(str(path), WHOLE) as store:
        store.add(ENTRIES[:200])
    assert not Path(f"{path}-wal").exists(), "one file when nobody uses it"
    yield path


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_a_file_that_lost_its_tail_is_not_taken_for_whole(damaged: Path, share: float) -> None:
    with damaged.open("r+b") as stream:
        stream.truncate(int(damaged.stat().st_size * share))
    try:
        with open_store(str(damaged)) as store:
            assert store.check().mistakes
    except ArchiveError as error:
        assert "damaged" in str(error)


def test_a_changed_byte_is_seen(damaged: Path) -> None:
    base = sqlite3.connect(damaged)
    row = base.execute("SELECT number, sketch FROM document WHERE number = 17").fetchone()
    base.execute("UPDATE document SET sketch = ? WHERE number = 17", (row[1][:-9] + b"x" + row[1][-8:],))
    base.execute("DELETE FROM block WHERE id = (SELECT min(id) FROM block)")
    base.commit()
    base.close()
    with open_store(str(damaged)) as store:
        mistakes = " · ".join(store.check().mistakes)
    assert "document 'd17'" in mistakes and "terms by which documents are found" in mistakes


@pytest.mark.parametrize("content", [b"", b"no archive at all, but long enough to be one" * 40])
def test_other_files_are_no_archive(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="no archive"):
        open_store(str(path))
    with pytest.raises(ArchiveError, match="is there already"):
        create_store(str(path), WHOLE)
    assert path.read_bytes() == content


def test_missing_and_unwritable_places(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive is there"):
        open_store(str(tmp_path / "none.db"))
    with pytest.raises(ArchiveError, match="no such file"):
        create_store(str(tmp_path / "no" / "folder.db"), WHOLE)


def test_a_folder_that_cannot_be_written_can_be_read() -> None:
    """As somebody else than root, who may write everywhere."""
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name), Path(name) / "archive.db"
        with create_store(str(path), WHOLE) as store:
            store.add(ENTRIES[:20])
            assert (
                len(Archive(store).matches(entry("new", story(3, 4)))) == 1
            )  # all is imported before the rights go
        path.chmod(0o444)
        folder.chmod(0o555)

        def work(acknowledge: int) -> None:
            if os.geteuid() == 0:
                os.setuid(65_534)
            with open_store(str(path)) as store:
                found = [match.document for match in Archive(store).matches(entry("new", story(3, 4)))]
                try:
                    store.add(ENTRIES[300:301])
                except ArchiveError as error:
                    os.write(acknowledge, f"{found} {error}".encode())

        child, pipe = forked(work)
        with os.fdopen(pipe, "rb") as stream:
            said = stream.read().decode()
        assert os.waitpid(child, 0)[1] == 0
        folder.chmod(0o755)
    assert said.startswith("['d3']") and said.endswith("cannot be written")
