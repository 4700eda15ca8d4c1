"""`provcheck filter` as a scraper uses it: line by line, through a pipe that may break."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

FILTER = [sys.executable, "-m", "provcheck", "filter", "--isolated"]
STORY = (
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement. "
    "All were brought ashore before noon by fishermen from the villages of the coast, the mayor told reporters. "
    "The owner of the ferry, a firm from the capital, said that the ship had been checked in spring and found sound. "
)
OTHER = (
    "A court in the capital heard on Tuesday how the accounts of the museum were kept in two sets of books for years. "
    "The director denied the charges, and her lawyer asked the judges to hear the painters who had been paid in cash. "
)


def lines(*records: dict[str, Any] | str) -> bytes:
    return "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records).encode()


def run(stdin: bytes, *arguments: str | Path) -> tuple[list[dict[str, Any]], str, int]:
    done = subprocess.run([*FILTER, *map(str, arguments)], input=stdin, capture_output=True, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode(), done.returncode


def test_kept_records_come_back_whole_and_in_order() -> None:
    records = [
        {"id": "a", "text": STORY, "depth": {"x": [1, 2]}},
        {"id": "b", "text": OTHER, "title": "Museum"},
    ]
    found, said, status = run(lines(*records), "--policy", "tag")
    assert status == 0 and "2 keep" in said
    assert [{k: v for k, v in r.items() if k != "provcheck"} for r in found] == records
    assert found[0]["provcheck"]["verdict"] == "keep" and found[0]["provcheck"]["language"]["code"] == "en"


def test_records_come_back_byte_for_byte_and_an_earlier_judgement_stays() -> None:
    line = f'  {{"id" : "a", "far": 1.50e3, "twice": 1, "twice": 2, "text": {json.dumps(STORY)}, "é": "\\u00e9"  }}'
    first = subprocess.run(FILTER, input=line.encode(), capture_output=True, timeout=120, check=True).stdout
    assert first.startswith(line.strip()[:-1].rstrip().encode() + b',"provcheck":{"verdict":"keep",')
    second = subprocess.run(FILTER, input=first, capture_output=True, timeout=120, check=True).stdout
    told, before = json.loads(second)["provcheck"], json.loads(first)["provcheck"]
    assert told["earlier"] == before and told["verdict"] == "keep"
    assert b'"far":1.50e3' in second


def test_what_is_dropped_keeps_its_reason_and_broken_lines_are_not_lost(tmp_path: Path) -> None:
    aside = tmp_path / "dropped.jsonl"
    stdin = lines(
        {"id": "a", "text": STORY},
        "{not json",
        {"id": "c"},
        "",
        {"id": "d", "text": "Leave a Reply"},
        {"id": "e", "text": OTHER},
    )
    found, said, status = run(stdin, "--dropped", aside)
    assert [r["id"] for r in found] == ["a", "e"] and status == 0
    assert "line 2: not JSON" in said and "line 3: has no `text`" in said and "1 drop, 2 unreadable" in said
    kept_aside = [json.loads(line) for line in aside.read_text("utf-8").splitlines()]
    assert [r.get("id") for r in kept_aside] == [None, None, "d"]
    assert kept_aside[0]["raw"] == "{not json" and "not JSON" in kept_aside[0]["provcheck"]["problem"]
    assert kept_aside[2]["provcheck"]["reasons"] == ["only 0 words of article"]


@pytest.mark.parametrize(
    ("policy", "verdicts"), [("default", ["keep", "review"]), ("strict", ["keep"]), ("tag", ["keep", "keep"])]
)
def test_near_copies_in_the_stream(policy: str, verdicts: list[str]) -> None:
    text = (STORY + OTHER) * 2
    stdin = lines({"id": "a", "text": text}, {"id": "b", "text": text.replace("Monday", "Sunday")})
    found, _, _ = run(stdin, "--policy", policy)
    assert [r["provcheck"]["verdict"] for r in found] == verdicts
    if len(found) > 1:
        assert found[1]["provcheck"]["copy_of"]["document"] == "a"


def test_policies_of_the_settings_and_unknown_ones(tmp_path: Path) -> None:
    settings = tmp_path / "provcheck.toml"
    settings.write_text('[policies.mine]\ndrop = ["comment-form"]\ndrop-below-words = 0\n', "utf-8")
    stdin = lines({"id": "a", "text": STORY + "\n\nLeave a Reply"}, {"id": "b", "text": OTHER})
    command = [sys.executable, "-m", "provcheck", "filter", "--settings", str(settings), "--policy"]
    done = subprocess.run([*command, "mine"], input=stdin, capture_output=True, timeout=120)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b"]
    done = subprocess.run([*command, "their"], input=stdin, capture_output=True, timeout=120)
    assert done.returncode == 2 and done.stdout == b""
    assert b"--policy their: no such policy; known: default, mine, strict, tag" in done.stderr


def test_the_cleaned_text_if_asked() -> None:
    found, _, _ = run(lines({"id": "a", "text": STORY + "\n\nLeave a Reply"}), "--policy", "tag", "--cleaned")
    assert found[0]["provcheck"]["cleaned"].strip() == STORY.strip()


def test_answers_at_once_and_flushes_when_it_is_ended(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*FILTER, "--dropped", str(tmp_path / "d.jsonl")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None and process.stdout is not None
    with process:
        process.stdin.write(lines({"id": "a", "text": STORY}, {"id": "x", "text": "Leave a Reply"}))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "a", "before the input ends"
        process.stdin.write(lines({"id": "b", "text": OTHER}))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "b"
        process.send_signal(signal.SIGTERM)
        rest, said = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM and rest == b"" and b"Traceback" not in said
    assert json.loads((tmp_path / "d.jsonl").read_text("utf-8"))["id"] == "x"


def test_a_closed_pipe_is_no_error() -> None:
    records = lines(*({"id": str(n), "text": STORY + str(n)} for n in range(400)))
    process = subprocess.Popen(FILTER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    with process:
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(records)
            process.stdin.close()
        said = process.stderr.read()
        process.wait(timeout=60)
    assert process.returncode == 0 and b"Traceback" not in said


def test_nothing_readable_is_a_failure() -> None:
    assert run(b"junk\n")[2] == 2
    assert run(b"")[2] == 0
