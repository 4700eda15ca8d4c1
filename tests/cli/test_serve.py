"""`provcheck serve` as a process."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import urllib.request

SERVE = [sys.executable, "-m", "provcheck", "serve", "--isolated"]


def test_it_says_where_it_listens_and_answers_there() -> None:
    process = subprocess.Popen([*SERVE, "--port", "0"], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:[1-9]\d*", told)
        assert address is not None, told
        with urllib.request.urlopen(f"{address.group()}/health", timeout=60) as answer:
            assert json.loads(answer.read())["status"] == "ok"
    finally:
        process.terminate()
        process.wait(30)


def test_a_port_that_is_taken_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([*SERVE, "--port", str(port)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and f"cannot listen on 127.0.0.1, port {port}" in done.stderr
    assert "Traceback" not in done.stderr
