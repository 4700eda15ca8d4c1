"""The HTTP service over a real socket: answers, limits, and clients that misbehave."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from unittest import mock

import jsonschema
import pytest
import uvicorn

from provcheck.checker import Checker, Result
from provcheck.model import Document
from provcheck.service import Limits, Service, openapi

STORY = "The ferry sank off Nordhaven on Monday, the coast guard said in a statement to reporters.\n\nLeave a Reply"


@pytest.fixture(scope="module")
def port(checker: Checker) -> Iterator[int]:
    checker.check(Document(id="a", text=STORY))  # what is loaded on first use is not the service's time
    limits = Limits(max_bytes=50_000, seconds=4.0, batch=3)
    config = uvicorn.Config(Service(checker, limits).app(), port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def ask(port: int, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, raw)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def test_one_document(port: int) -> None:
    status, told = ask(port, "POST", "/check", {"id": "a", "text": STORY})
    assert status == 200 and told["id"] == "a" and "Leave a Reply" not in told["cleaned"]
    assert [f["text"] for f in told["findings"] if f["category"] == "comment-form"] == ["Leave a Reply"]


def test_a_batch_in_order_with_what_cannot_be_read(port: int) -> None:
    status, told = ask(
        port, "POST", "/check/batch", {"documents": [{"id": "a", "text": STORY}, {"id": "b"}, 7]}
    )
    assert status == 200
    assert [("error" in r, r.get("id")) for r in told["results"]] == [(False, "a"), (True, "b"), (True, None)]


def test_rules_health_and_the_description(port: int) -> None:
    assert ask(port, "GET", "/health")[1]["status"] == "ok"
    rules = ask(port, "GET", "/rules")[1]
    assert any(rule["rule"] == "names/name-drift" for rule in rules)
    status, told = ask(port, "GET", "/openapi.json")
    assert status == 200 and told == json.loads(json.dumps(openapi()))
    schema = {**told["components"]["schemas"]["DocumentRecord"], "components": told["components"]}
    answer = ask(port, "POST", "/check", {"id": "a", "text": STORY})[1]
    jsonschema.validate(answer, schema)


@pytest.mark.parametrize(
    ("path", "body", "status", "says"),
    [
        ("/check", b"", 400, "body is empty"),
        ("/check", b"{nope", 400, "not JSON"),
        ("/check", [1], 400, "not an object"),
        ("/check", {"id": "a"}, 400, "has no `text`"),
        ("/check", {"text": "x" * 60_000}, 413, "larger than 50,000 bytes"),
        ("/check/batch", {"texts": []}, 400, "a batch is a list"),
        ("/check/batch", {"documents": [{}] * 4}, 413, "at most 3 documents"),
    ],
)
def test_what_is_refused_says_why(port: int, path: str, body: Any, status: int, says: str) -> None:
    found, told = ask(port, "POST", path, body)
    assert found == status and says in told["error"]


def test_a_client_that_lies_about_its_length_or_sends_no_end(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b"POST /check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(8):
            client.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")
        assert b"413" in client.recv(4_096).split(b"\r\n")[0]


def test_a_client_that_hangs_is_told_so_and_others_go_on(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b'POST /check HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"text": ')
        assert ask(port, "POST", "/check", {"id": "a", "text": STORY})[0] == 200
        assert b"408" in client.recv(4_096).split(b"\r\n")[0]


def test_a_client_that_leaves(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b'POST /check HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"text": ')
    assert ask(port, "GET", "/health")[0] == 200


def test_a_turn_ends_with_its_thread(checker: Checker) -> None:
    """Clients were told that it takes too long, and others let in, while the threads went on: their number had no bound."""
    running, most = 0, 0

    def slow(document: Document) -> Result:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.3)
        running -= 1
        return checker.check(document)

    async def ask() -> None:
        service = Service(checker, Limits(seconds=0.05, threads=2))
        with mock.patch.object(Checker, "acheck", lambda self, document: asyncio.to_thread(slow, document)):
            asked = (service._checked(Document(id=str(n), text="x y")) for n in range(6))
            told = await asyncio.gather(*asked, return_exceptions=True)
            assert len(told) == 6 and all(isinstance(each, Exception) for each in told)
            await asyncio.sleep(0.4)

    asyncio.run(ask())
    assert most == 2
