"""One archive for many scrapers, on a real server that these tests start on the loopback address."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented_stories import WHOLE, entry, story

from provcheck.archive.archive import Archive
from provcheck.archive.entry import ArchiveError, Parameters
from provcheck.archive.opening import create_store, open_store
from provcheck.archive.store import Store

redis = pytest.importorskip("redis", reason="needs provcheck[redis]")


class Server:
    """A redis-server that writes every command to the disk before it answers."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self._folder = folder
        self.process = self.start()

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0?name=press"

    def start(self) -> subprocess.Popen[bytes]:
        options = f"--port {self.port} --bind 127.0.0.1 --appendonly yes --appendfsync always --save".split()
        self.process = subprocess.Popen(
            ["redis-server", *options, "", "--dir", str(self._folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        client = redis.Redis(port=self.port)
        for _ in range(200):
            try:
                client.ping()
                return self.process
            except redis.exceptions.RedisError:
                time.sleep(0.05)
        raise AssertionError("redis-server did not start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server, which is not installed here")
    found = Server(tmp_path)
    yield found
    found.kill()


def test_the_same_answers_as_from_a_file(server: Server, tmp_path: Path) -> None:
    texts = [story(seed) for seed in range(30)] + [story(seed, 6) for seed in range(30)]
    entries = [entry(f"d{at}", text, url=f"https://a.example/{at}") for at, text in enumerate(texts)]

    def answers(store: Store) -> list[object]:
        with store:
            archive = Archive(store)
            assert {outcome for _, outcome in archive.add(entries)} == {"added"}
            assert {outcome for _, outcome in archive.add(entries)} == {"known"}
            assert store.add([entry("d0", "Other words.")]) == ["changed"]
            assert store.check().mistakes == () and store.check().documents == 60
            assert store.stats().documents == 60
            return [
                archive.matches(each) for each in [*entries, entry("none", story(999)), entry("empty", "")]
            ]

    found = answers(create_store(server.address, WHOLE))
    assert found == answers(create_store(str(tmp_path / "archive.db"), WHOLE))
    assert sum(map(len, found)) >= 60  # type: ignore[arg-type]


def test_a_lost_connection_costs_nothing_that_was_acknowledged(server: Server) -> None:
    """The server is killed and started anew while documents are added: the adding goes on, and all of them are there."""
    entries = [entry(f"d{number}", story(number, 4)) for number in range(150)]
    told: list[str] = []

    def add() -> None:
        with open_store(server.address) as store:
            for start in range(0, len(entries), 3):
                told.extend(store.add(entries[start : start + 3]))

    create_store(server.address, WHOLE).close()
    adding = threading.Thread(target=add)
    adding.start()
    for _ in range(3):
        time.sleep(0.25)
        server.kill()
        time.sleep(0.2)
        server.start()
    adding.join(120)
    assert not adding.is_alive() and len(told) == 150 and set(told) <= {"added", "known"}
    with open_store(server.address) as store:
        found = store.check()
        assert found.mistakes == () and found.documents == 150
        assert [m.document for m in Archive(store).matches(entry("new", story(149, 4)))] == ["d149"]


def test_several_scrapers_at_once(server: Server) -> None:
    create_store(server.address, WHOLE).close()
    children = []
    for share in range(3):
        child = os.fork()
        if not child:
            status = 1
            try:
                with open_store(server.address) as store:
                    for number in range(42):
                        if number % 2 or number % 3 == share:  # odd ones are added by all
                            store.add([entry(f"d{number}", story(number, 4))])
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    with open_store(server.address) as store:
        assert store.check().documents == 42 and store.check().mistakes == ()


def test_what_was_interrupted_is_never_answered_with(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with create_store(server.address, WHOLE) as store:
        store.add([entry("a", story(1))])
        with monkeypatch.context() as patch:
            patch.setattr(store._redis, "pipeline", lambda **_: 1 / 0)  # type: ignore[attr-defined]
            with pytest.raises(ZeroDivisionError):
                store.add([entry("b", story(1))])
        assert [m.document for m in Archive(store).matches(entry("new", story(1)))] == ["a"]
        assert store.add([entry("b", story(1))]) == ["added"]
        assert [m.document for m in Archive(store).matches(entry("new", story(1)))] == ["a", "b"]


def test_damage_is_seen(server: Server) -> None:
    client = redis.Redis(port=server.port)
    with create_store(server.address, WHOLE) as store:
        store.add([entry(f"d{number}", story(number)) for number in range(3)])
        (first, *_) = client.hkeys("press:documents")
        client.hset("press:documents", first, b"other")
        client.delete(*(key for key in client.scan_iter("press_bucket_*") if client.type(key) == b"set"))
        mistakes = " · ".join(store.check().mistakes)
    assert "its words are not those" in mistakes and "cannot be found by all" in mistakes


def test_failures_in_a_sentence(server: Server) -> None:
    with pytest.raises(ArchiveError, match="no archive is there"):
        open_store(server.address)
    create_store(server.address, Parameters()).close()
    with pytest.raises(ArchiveError, match="is there already"):
        create_store(server.address, Parameters())
    with pytest.raises(ArchiveError, match=r"redis://127.0.0.1:1/0") as failed:
        open_store("redis://me:secret@127.0.0.1:1/0")
    assert "secret" not in str(failed.value)
