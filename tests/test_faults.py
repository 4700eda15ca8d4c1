"""What goes wrong around a scan: full disks, files that change, processes that die, plug-ins that never return, odd folders."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from provcheck.intake.files import read_documents
from provcheck.model import Document, Problem, Skip
from provcheck.run import scan, scan_records
from provcheck.runtime.bounded import within
from provcheck.runtime.workers import LostWorkerError, Workers
from provcheck.settings import Settings

resource = pytest.importorskip("resource", reason="needs the limits of a Unix system")
STORY = (
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement.\n"
)


def run(*arguments: str | Path, limit: int | None = None, temporary: Path | None = None) -> tuple[str, int]:
    """Standard error and exit status of `provcheck`, where no file may grow beyond a limit: the system says so as for a full disk."""

    def bound() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if temporary is not None:
        environment["TMPDIR"] = str(temporary)
    done = subprocess.run(
        [sys.executable, "-m", "provcheck", *map(str, arguments)],
        capture_output=True, text=True, timeout=300, preexec_fn=bound, env=environment,
    )  # fmt: skip
    return done.stderr, done.returncode


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.jsonl"
    path.write_text(
        "".join(json.dumps({"id": f"d{n}", "text": f"{STORY * 3}Number {n}."}) + "\n" for n in range(60))
    )
    return path


@pytest.mark.parametrize("format", ["jsonl", "html"])
def test_a_full_disk_leaves_the_output_as_it_was(crawl: Path, tmp_path: Path, format: str) -> None:
    output = tmp_path / "found"
    output.write_text("as it was")
    said, status = run("scan", crawl, "--isolated", "--format", format, "--output", output, limit=4_000)
    assert status == 2 and said.count("\n") == 1 and "too large" in said.lower()
    assert output.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["crawl.jsonl", "found"]


def test_a_full_folder_for_temporary_files_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from provcheck.groups import shelf

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelf, "_IN_MEMORY", 10)
    monkeypatch.setattr(shelf.tempfile, "TemporaryFile", full)
    monkeypatch.setattr(shelf.tempfile, "gettempdir", lambda: "/full")
    (tmp_path / "a.txt").write_text(STORY)
    with pytest.raises(OSError, match="No space left") as failed:
        scan([str(tmp_path)])
    assert failed.value.filename == "/full"


def test_a_scan_that_was_killed_goes_on_and_ends_with_the_same_bytes(crawl: Path, tmp_path: Path) -> None:
    plain, output, journal = tmp_path / "plain.jsonl", tmp_path / "found.jsonl", tmp_path / "journal"
    assert run("scan", crawl, "--isolated", "--format", "jsonl", "--output", plain)[1] == 0
    command = ["scan", crawl, "--isolated", "--format", "jsonl", "--output", output, "--resume", journal]
    for _ in range(2):
        scanning = subprocess.Popen(
            [sys.executable, "-m", "provcheck", *map(str, command)], stderr=subprocess.DEVNULL
        )
        size = journal.stat().st_size if journal.exists() else 0
        for _ in range(1_200):
            if scanning.poll() is not None or (journal.exists() and journal.stat().st_size > size + 20_000):
                break
            time.sleep(0.02)
        scanning.kill()
        scanning.wait()
    assert not output.exists() and journal.exists()
    with journal.open("r+b") as stream:
        stream.truncate(journal.stat().st_size - 7)  # as when the power went
    said, status = run(*command)
    assert status == 0 and "going on after" in said
    assert output.read_bytes() == plain.read_bytes()
    assert not journal.exists()


def test_a_journal_of_other_inputs_or_rules_is_not_taken_over(crawl: Path, tmp_path: Path) -> None:
    from provcheck.runtime.journal import Journal

    def records(journal: Path, settings: Settings, told: list[str]) -> list[object]:
        return list(scan_records([str(crawl)], settings, journal=Journal(journal, told.append)))

    journal = tmp_path / "journal"
    told: list[str] = []
    whole = records(journal, Settings(), told)
    assert records(journal, Settings(), told) == whole and told == [
        "going on after 60 inputs that an earlier run examined"
    ]
    assert records(journal, Settings(ignore=("quality",)), told) != whole
    assert told[-1] == "the earlier run had other inputs, rules or settings: starting anew"
    lines = crawl.read_text().splitlines()
    crawl.write_text("\n".join([*lines[:20], lines[20].replace("Monday", "Sunday"), *lines[21:]]) + "\n")
    told.clear()
    changed = records(journal, Settings(ignore=("quality",)), told)
    assert told == ["going on after 20 inputs that an earlier run examined"]
    assert changed == list(scan_records([str(crawl)], Settings(ignore=("quality",))))


def test_resume_does_not_write_over_another_file(crawl: Path) -> None:
    before = crawl.read_bytes()
    said, status = run("scan", crawl, "--isolated", "--resume", crawl)
    assert status == 2 and "is no journal" in said and crawl.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="a lock of this process does not keep it out there")
def test_two_runs_do_not_share_a_journal(crawl: Path, tmp_path: Path) -> None:
    from provcheck.errors import UsageError
    from provcheck.runtime.journal import Journal

    path = tmp_path / "journal"
    running = scan_records([str(crawl)], Settings(), journal=Journal(path))
    while next(running).__class__.__name__ != "DocumentRecord":
        pass
    before = path.read_bytes()
    with pytest.raises(UsageError, match="another run is writing it"):
        list(scan_records([str(crawl)], Settings(), journal=Journal(path)))
    assert path.read_bytes() == before
    running.close()


def _ends_on_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), 9)
    return number * 2


def _ends_once(flag: str) -> str:
    if not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), 9)
    return "done"


def test_a_worker_that_the_system_ends_is_replaced(tmp_path: Path) -> None:
    with Workers(2) as pool:
        found = list(pool.map(_ends_on_seven, range(40), chunk=3, lost=lambda number: -number))
        assert found == [-7 if number == 7 else number * 2 for number in range(40)]
        assert list(pool.map(_ends_on_seven, [1, 2])) == [2, 4], "the processes work on"
        with pytest.raises(LostWorkerError, match="fewer --workers"):
            list(pool.map(_ends_on_seven, [6, 7, 8]))
        assert list(pool.map(_ends_once, [str(tmp_path / "flag")])) == ["done"], "it was not the item's fault"


PLUGIN = """
import os, time
import provcheck

def find(article):
    if "hangs" in article.text:
        while True:
            try:
                time.sleep(0.001)
            except Exception:
                pass
    if "crashes" in article.text:
        os.kill(os.getpid(), 9)
    if "raises" in article.text:
        raise RuntimeError("no luck")
    yield provcheck.Match(0, 3)
"""
RULES = """
pack: mine
rules:
  - id: odd
    check: python
    category: fragment
    file: odd.py
    message: odd
    examples:
      match: ['[[The]] ferry sank.']
      none: ['raises']
"""


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "odd.py").write_text(PLUGIN)
    rules = tmp_path / "rules" / "odd.yaml"
    rules.write_text(RULES)
    return rules


def test_a_plug_in_that_never_returns_or_crashes_is_named_and_the_others_go_on(
    plugin: Path, tmp_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("fine", "hangs", "raises", "crashes", "well"):
        (texts / f"{name}.txt").write_text(f"The ferry {name} off Nordhaven on Monday.")
    settings = tmp_path / "provcheck.toml"
    settings.write_text("plugin-seconds = 0.3\n")
    output = tmp_path / "found.jsonl"
    said, status = run(
        "scan", texts, "--settings", settings, "--rules", plugin, "--allow-code", "--workers", "2",
        "--format", "jsonl", "--output", output,
    )  # fmt: skip
    records = [json.loads(line) for line in output.read_text().splitlines()]
    documents = {record["id"]: record for record in records if record["type"] == "document"}
    assert documents["hangs.txt"]["skipped"] == [{"rule": "mine/odd", "reason": "took longer than 0.3 s"}]
    assert documents["raises.txt"]["skipped"][0]["reason"] == "failed: RuntimeError: no luck"
    for name in ("fine.txt", "well.txt"):
        assert any(finding["rule"] == "mine/odd" for finding in documents[name]["findings"])
    (problem,) = (record for record in records if record["type"] == "problem")
    assert (
        problem["id"] == "crashes.txt" and "ended the process" in problem["reason"] and "crashes.txt" in said
    )
    assert status == 0


def test_work_under_a_time_limit() -> None:
    assert within(5, lambda: 3) == 3
    with pytest.raises(KeyError):
        within(5, lambda: {}["x"])
    started = time.monotonic()
    ended: list[str] = []

    def forever() -> None:
        try:
            while True:
                pass
        finally:
            ended.append("told to stop")

    with pytest.raises(TimeoutError):
        within(0.05, forever)
    for _ in range(100):
        if ended:
            break
        time.sleep(0.02)
    assert ended and time.monotonic() - started < 5


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """Cut off, it gives what was whole; grown, it gives what it had when that line was reached."""
    path = tmp_path / "crawl.jsonl"
    line = json.dumps({"text": STORY * 2_000}) + "\n"
    path.write_text(line * 20)
    items = read_documents([str(path)], Settings())
    first = [next(items) for _ in range(3)]
    with path.open("r+b") as stream:
        stream.truncate(len(line) * 10 + 50)
    rest = list(items)
    assert all(isinstance(item, Document) for item in [*first, *rest[:7]])
    assert len(first) + len(rest) <= 11 and isinstance(rest[-1], Problem)


def test_a_file_that_vanishes_while_a_folder_is_read(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(STORY)
    items = read_documents([str(tmp_path)], Settings())
    assert isinstance(next(items), Document)
    (tmp_path / "3.txt").unlink()
    found = list(items)
    assert [type(item) for item in found] == [Document, Document, Problem, Document, Document]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_permission_that_is_lost_midway(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(STORY)
    items = read_documents([str(tmp_path)], Settings())
    assert isinstance(next(items), Document)
    (tmp_path / "1.txt").chmod(0)
    found = list(items)
    assert [type(item) for item in found] == [Problem, Document] and "permission denied" in found[0].reason


def _damaged(raw: bytes) -> Iterator[bytes]:
    for share in (0.1, 0.5, 0.9):
        at = int(len(raw) * share)
        yield raw[:at]
        yield raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]


@pytest.mark.parametrize(
    "name", ["a.jsonl.gz", "a.parquet", "a.warc", "a.warc.gz", "a.csv.gz", "a.txt.gz", "a.html.gz"]
)
def test_damaged_files_are_told_and_stop_nothing(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "z.txt").write_text(STORY)
    for raw in _damaged(_whole(tmp_path, name)):
        (folder / name).write_bytes(raw)
        found = list(read_documents([str(folder)], Settings()))
        assert isinstance(found[-1], Document) and found[-1].id == "z.txt"
        assert all(isinstance(item, (Document, Problem)) for item in found)
        assert len(found) > 1, "a damaged file is never passed over in silence"


def _whole(tmp_path: Path, name: str) -> bytes:
    rows = [{"id": f"d{n}", "text": f"{STORY} Number {n}: {os.urandom(9).hex()}"} for n in range(50)]
    page = f"<html><body><article><p>{STORY * 9}</p></article></body></html>"
    if name == "a.parquet":
        pa = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pa.Table.from_pylist(rows), tmp_path / name)
        return (tmp_path / name).read_bytes()
    if name.startswith("a.warc"):
        record = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\n"
            "WARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
            "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
        records = [record.format(n=n, length=len(body), body=body).encode() for n in range(5)]
        return b"".join(map(gzip.compress, records)) if name.endswith(".gz") else b"".join(records)
    if name == "a.csv.gz":
        return gzip.compress(("id,text\n" + "".join(f'{r["id"]},"{r["text"]}"\n' for r in rows)).encode())
    if name == "a.jsonl.gz":
        return gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())
    return gzip.compress((page if "html" in name else "\n".join(row["text"] for row in rows)).encode())


def test_a_gzip_that_expands_a_thousandfold_is_bounded_by_the_setting(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b" " * 60_000_000 + STORY.encode()))
    (problem,) = read_documents([str(tmp_path)], Settings())
    assert isinstance(problem, Problem) and "200 times" in problem.reason
    (found,) = read_documents([str(tmp_path)], Settings(expansion=2_000))
    assert isinstance(found, Document)


def test_a_clock_that_goes_backwards_changes_nothing(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = list(scan_records([str(crawl)]))
    now = iter(range(10_000_000, 0, -1))
    monkeypatch.setattr(time, "time", lambda: float(next(now)))
    monkeypatch.setattr(time, "perf_counter", lambda: float(next(now)))
    assert list(scan_records([str(crawl)])) == plain


def test_a_hundred_thousand_files_in_one_folder(tmp_path: Path) -> None:
    for number in range(100_000):
        (tmp_path / f"{number:06}.txt").write_text(STORY)
    count, last = 0, ""
    for item in read_documents([str(tmp_path)], Settings()):
        assert isinstance(item, Document) and item.id > last
        count, last = count + 1, item.id
    assert count == 100_000


def test_five_hundred_folders_one_in_the_other(tmp_path: Path) -> None:
    """Also where the path gets longer than the system takes: that is told, not a crash."""
    deep = tmp_path / "short"
    for _ in range(500):
        deep = deep / "f"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(STORY)
    (found,) = read_documents([str(tmp_path / "short")], Settings())
    assert isinstance(found, Document) and found.id.count("/") == 500
    here = Path.cwd()
    try:
        (tmp_path / "long").mkdir()
        os.chdir(tmp_path / "long")
        for _ in range(500):
            Path("a-folder-name-of-some-length").mkdir()
            os.chdir("a-folder-name-of-some-length")
    finally:
        os.chdir(here)
    found_long = list(read_documents([str(tmp_path / "long")], Settings()))
    assert len(found_long) == 1 and isinstance(found_long[0], Problem) and "too long" in found_long[0].reason


def test_names_that_differ_only_in_case(tmp_path: Path) -> None:
    (tmp_path / "Ferry.txt").write_text(STORY)
    (tmp_path / "ferry.txt").write_text(STORY)
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system takes them for one")
    assert [document.id for document in scan([str(tmp_path)]).documents] == ["Ferry.txt", "ferry.txt"]
    assert len(scan([str(tmp_path)]).groups) == 1


def test_a_skipped_rule_is_a_record(plugin: Path, tmp_path: Path) -> None:
    from provcheck.checker import Checker
    from provcheck.rulebook.ruleset import load

    settings = Settings(rules=(str(plugin),), plugin_seconds=0.2)
    checker = Checker(settings, rules=load(settings, allow_code=True))
    record = checker.check(Document(id="a", text="The ferry hangs.")).record
    assert record.skipped == (Skip("mine/odd", "took longer than 0.2 s"),)
