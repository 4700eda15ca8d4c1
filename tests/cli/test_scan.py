"""The command as a person or a script runs it: outputs, exit statuses, failures in one sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import provcheck
from provcheck.cli.outputs import Output, tell_briefly

PROVCHECK = [sys.executable, "-m", "provcheck"]


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "COLUMNS": "100"}
    return subprocess.run(
        [*PROVCHECK, *map(str, arguments)], input=stdin, capture_output=True, env=environment, timeout=120
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("The ferry sank off Nordhaven on Monday.\n\nLeave a Reply", "utf-8")
    return articles


def test_help_and_version() -> None:
    assert b"scan" in run("--help").stdout
    assert run("--version").stdout.startswith(b"provcheck 0.")


def test_jsonl_is_the_contract(folder: Path) -> None:
    done = run("scan", folder, "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["type"] for record in records] == ["header", "document", "summary"]
    assert records[0]["schema"] == "provcheck.scan/1"
    assert records[1]["findings"][-1]["text"] == "Leave a Reply"
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_report_for_people(folder: Path) -> None:
    done = run("scan", folder)
    assert b"comment-form" in done.stdout and b"1 document " in done.stdout


def test_output_appears_whole(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.jsonl"
    assert run("scan", folder, "--format", "jsonl", "--output", target).returncode == 0
    assert target.read_bytes() == run("scan", folder, "--format", "jsonl").stdout
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["found.jsonl"]


def test_terminal_report_into_a_file(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.txt"
    assert run("scan", folder, "-o", target).returncode == 0
    assert "comment-form" in target.read_text("utf-8")


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on(folder: Path, level: str, status: int) -> None:
    assert run("scan", folder, "--fail-on", level).returncode == status


def test_standard_input() -> None:
    done = run("scan", "-", "--format", "jsonl", stdin=b'{"id": "x", "text": "The ferry sank."}\n{bad\n')
    assert [json.loads(line)["type"] for line in done.stdout.splitlines()] == [
        "header",
        "document",
        "problem",
        "summary",
    ]
    assert b"line 2" in done.stderr and b"not JSON" in done.stderr
    text = run("scan", "-", "--format", "jsonl", stdin=b"The ferry sank.")
    assert json.loads(text.stdout.splitlines()[1])["id"] == "-"


def test_problems_do_not_stop_the_scan(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00")
    done = run("scan", folder, "--format", "jsonl")
    assert done.returncode == 0
    assert b"null byte" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere: no such file or folder"),
        (("{folder}", "--rules", "{folder}/none.yaml"), "none.yaml: cannot be read"),
        (("{folder}", "--rules", "{folder}/bad.yaml"), "bad.yaml:4:5: unknown key `patern`"),
        (("{folder}", "--field", "body"), "OURS=THEIRS"),
        (("{folder}", "--field", "txt=body"), "not a field of a document"),
        (("{folder}", "--output", "{folder}/none/x.jsonl"), "No such file or directory"),
        (("{folder}", "--format", "xml"), "xml"),
    ],
)
def test_bad_usage_is_exit_2_with_a_sentence(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    (folder / "bad.yaml").write_text(
        "pack: mine\nrules:\n  - id: a\n    patern: x\n    check: pattern\n    category: c\n    message: m\n    pattern: y\n"
    )
    done = run("scan", *(argument.replace("{folder}", str(folder)) for argument in arguments))
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_nothing_to_read_is_exit_2(tmp_path: Path) -> None:
    done = run("scan", tmp_path)
    assert done.returncode == 2 and b"nothing to read" in done.stderr


def test_workers_give_the_same_bytes(seeds: Path) -> None:
    one = run("scan", seeds, "--format", "jsonl", "--workers", "1").stdout
    assert one == run("scan", seeds, "--format", "jsonl", "--workers", "2").stdout
    assert b'"type":"group"' in one


def test_hash_seeds_give_the_same_bytes(seeds: Path) -> None:
    outputs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [*PROVCHECK, "scan", str(seeds), "--format", "jsonl"],
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            timeout=120,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    for n in range(200):
        (folder / f"{n}.txt").write_text(f"The ferry number {n} sank off Nordhaven on Monday. " * 20)
    with subprocess.Popen(
        [*PROVCHECK, "scan", str(folder), "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        process.wait(60)


def _heed_interrupts() -> None:
    """What a shell starts in the background ignores them, and what that starts, too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_interrupting_leaves_no_half_written_output(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.jsonl"
    target.write_text("as it was")
    reader, writer = os.pipe()
    with subprocess.Popen(
        [*PROVCHECK, "scan", "-", "--format", "jsonl", "-o", str(target)],
        stdin=reader,
        stderr=subprocess.PIPE,
        preexec_fn=_heed_interrupts,
    ) as process:
        os.close(reader)
        os.write(writer, b'{"id": "1", "text": "The ferry sank."}\n' * 3)
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".found.jsonl.*.part")) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        os.close(writer)
    # CPython ends by the signal itself if it struck inside an exec() of the imports; a shell sees 130 either way
    assert process.returncode in (130, -signal.SIGINT)
    assert target.read_text() == "as it was"
    assert b"no file was written" in said and b"Traceback" not in said
    assert not list(tmp_path.glob(".found*"))


def test_importing_costs_nothing_heavy() -> None:
    code = "import sys, provcheck, provcheck.cli; print([m for m in ('numpy', 'scipy', 'trafilatura', 'langdetect', 'rich.table') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).stdout.strip() == b"[]"
    )


def test_rules_are_listed_shown_and_tested(tmp_path: Path) -> None:
    assert b"credits/dateline" in run("rules", "list", "credits").stdout
    shown = run("rules", "show", "boilerplate-en/see-also").stdout
    assert b"silence it: provcheck scan" in shown and b"Ferry owner fined" in shown
    missing = run("rules", "show", "boilerplate-en/see-alsoo")
    assert missing.returncode == 2 and b"did you mean 'boilerplate-en/see-also'" in missing.stderr
    path = tmp_path / "mine.yaml"
    path.write_text(
        "pack: mine\nrules:\n  - {id: a, check: pattern, category: c, message: m, pattern: herring}\n"
    )
    tested = run("rules", "test", path)
    assert tested.returncode == 1 and b"0 passed, 1 failed" in tested.stdout


def test_an_output_that_cannot_be_written_is_named(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "no such folder" / "report.html"
    done = run("scan", folder, "--format", f"html={target}")
    assert done.returncode == 2 and b"Traceback" not in done.stderr
    assert str(target).encode() in done.stderr and b".part" not in done.stderr


def test_times_are_told_where_the_records_go_elsewhere(folder: Path, tmp_path: Path) -> None:
    asked = run("scan", str(folder), "--format", "jsonl", "--output", str(tmp_path / "x.jsonl"), "--timings")
    assert b"seconds: examine" in asked.stderr and asked.stdout == b""
    silent = run("scan", str(folder), "--format", "jsonl", "--output", str(tmp_path / "y.jsonl"))
    assert silent.stderr == b""


def test_a_person_is_told_what_was_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = provcheck.scan([]).summary
    to_file = [Output("jsonl", Path("found.jsonl"))]
    tell_briefly(summary, to_file)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    tell_briefly(summary, to_file)
    assert "0 groups · 0 stories · written: found.jsonl" in capsys.readouterr().err
    tell_briefly(summary, [*to_file, Output("terminal", None)])
    assert capsys.readouterr().err == ""
