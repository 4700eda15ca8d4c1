"""Every kind of input, and every kind of bad input: a problem record, and the rest is still read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from provcheck.errors import UsageError
from provcheck.intake.files import MANIFEST, read_documents
from provcheck.model import Document, Problem
from provcheck.settings import Settings


def read(*paths: Path | str, **settings: object) -> tuple[list[Document], list[Problem]]:
    items = list(read_documents([str(path) for path in paths], Settings(**settings)))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Problem)]


def only_problem(*paths: Path | str, **settings: object) -> Problem:
    documents, problems = read(*paths, **settings)
    assert not documents
    (problem,) = problems
    return problem


def test_a_folder_is_read_in_order_with_sidecars(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.md").write_text("# Two", "utf-8")
    (tmp_path / "a.txt").write_text("One", "utf-8")
    (tmp_path / "a.json").write_text(
        '{"title": "T", "url": "https://x.example/1", "published": "2024-01-02", "section": "coast"}'
    )
    (tmp_path / "ignored.pdf").write_bytes(b"%PDF")
    documents, problems = read(tmp_path)
    assert [d.id for d in documents] == ["a.txt", "b/two.md"]
    assert (documents[0].title, documents[0].published, documents[0].extra) == (
        "T",
        "2024-01-02",
        {"section": "coast"},
    )
    assert not problems


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Zażółć".encode(), "Zażółć"),
        ("Zażółć".encode("utf-8-sig"), "Zażółć"),
        ("Zażółć".encode("utf-16"), "Zażółć"),
        (
            ("Die Fähre lief bei Küstenwind auf Grund, sagte der Kapitän über Funk. " * 8).encode("cp1252"),
            "Die Fähre",
        ),
        (b"a\r\nb\rc", "a\r\nb\rc"),
    ],
)
def test_encodings(tmp_path: Path, raw: bytes, text: str) -> None:
    (tmp_path / "x.txt").write_bytes(raw)
    (document,), _ = read(tmp_path / "x.txt")
    assert document.text.startswith(text)


def test_html_with_its_metadata(seeds: Path) -> None:
    (document,), _ = read(seeds / "library-02.html")
    assert document.title == "Library in Dunmore opens its doors again"
    assert (document.published, document.source) == ("2024-10-13", "Inland Gazette")
    assert "The old library of Dunmore" in document.text and "Home" not in document.text


def test_json_lines_with_mapped_fields_and_extra(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(
        gzip.compress(
            b'{"key": 7, "body": "One", "tags": ["a"], "title": "T"}\n\n{"key": 8, "body": "Two"}\n'
        )
    )
    documents, problems = read(path, fields={"id": "key", "text": "body"})
    assert [(d.id, d.text, d.title) for d in documents] == [("7", "One", "T"), ("8", "Two", None)]
    assert documents[0].extra == {"tags": ["a"]}
    assert not problems


def test_bad_json_lines_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    lines = [
        '{"id": "1", "text": "Good"}', "{not json", '{"id": "2"}', '{"id": "1", "text": "Again"}', "[1, 2]",
        '{"id": "3", "text": 5}', '{"id": "4", "text": "  "}', '{"id": "5", "text": "null \\u0000 byte"}',
        '{"id": "6", "text": "Good too"}',
    ]  # fmt: skip
    path = tmp_path / "x.jsonl"
    path.write_bytes("\n".join(lines).encode() + b'\n{"id": "7", "text": "\xff"}\n')
    documents, problems = read(path)
    assert [d.id for d in documents] == ["1", "6"]
    assert [p.where for p in problems] == [f"line {n}" for n in (2, 3, 4, 5, 6, 7, 8, 10)]
    assert "has no `text`" in problems[1].reason and "--field text=" in problems[1].reason
    assert "repeats the id '1'" in problems[2].reason


def test_lone_surrogates_are_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "1", "text": "half \\ud800 character"}\n{"id": "2", "text": "Good"}\n')
    documents, problems = read(path)
    assert [d.id for d in documents] == ["2"]
    assert len(problems) == 1


def test_csv_with_semicolons_and_a_wide_row(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('id;text\n1;"One; with a\nline break"\n2;Two;too many\n3;Three\n', "utf-8")
    documents, problems = read(path)
    assert [(d.id, d.text) for d in documents] == [("1", "One; with a\nline break"), ("3", "Three")]
    assert "more cells" in problems[0].reason


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(
        arrow.table({"id": ["1", "2"], "text": ["One", None], "n": [1, 2]}), tmp_path / "x.parquet"
    )
    documents, problems = read(tmp_path / "x.parquet")
    assert [(d.id, d.extra) for d in documents] == [("1", {"n": 1})]
    assert problems[0].where == "row 2"
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 nothing")
    assert "no readable Parquet" in only_problem(tmp_path / "bad.parquet").reason


def test_warc(tmp_path: Path, seeds: Path) -> None:
    writer_module = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders")
    path = tmp_path / "x.warc.gz"
    with path.open("wb") as stream:
        writer = writer_module.WARCWriter(stream, gzip=True)
        page = (seeds / "library-02.html").read_bytes()
        http = headers.StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0"
        )
        for _ in range(2):
            writer.write_record(
                writer.create_warc_record(
                    "https://x.example/1", "response", payload=io.BytesIO(page), http_headers=http
                )
            )
    documents, problems = read(path)
    assert [(d.id, d.url) for d in documents] == [("https://x.example/1", "https://x.example/1")]
    assert "repeats" in problems[0].reason
    (tmp_path / "cut.warc.gz").write_bytes(path.read_bytes()[:200])
    assert "damaged or truncated" in only_problem(tmp_path / "cut.warc.gz").reason


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t", "empty"),
        ("null.txt", b"a\x00b", "null byte"),
        ("binary.txt", bytes(range(1, 256)) * 8, "not text"),
        ("marked.txt", b"\xff\xfe\x00", "is marked as"),
        ("cut.txt.gz", gzip.compress(b"x" * 5000, mtime=0)[:20], "truncated gzip"),
        ("no.jsonl.gz", b"plain", "damaged or truncated gzip"),
        ("empty.jsonl", b"", "no document"),
        ("empty.csv", b"", "no document"),
        ("page.html", b"<html><body></body></html>", "no article"),
    ],
)
def test_what_is_no_document(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    assert reason in only_problem(path).reason


def test_a_damaged_gzip_gives_what_came_before(tmp_path: Path) -> None:
    records = b"".join(
        json.dumps({"id": str(n), "text": os.urandom(40).hex()}).encode() + b"\n" for n in range(2_000)
    )
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(records, mtime=0)[:-2_000])
    documents, problems = read(path)
    assert len(documents) > 1_000
    assert "what came before was read" in problems[-1].reason


def test_a_gzip_that_expands_too_far_is_left(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 60_000_000))
    assert "unpacks to more than" in only_problem(tmp_path / "bomb.txt.gz", expansion=10).reason


def test_a_line_that_is_too_long_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id": "1", "text": "' + b"x" * 5_000 + b'"}\n{"id": "2", "text": "Good"}\n')
    documents, problems = read(path, max_line_bytes=1_000)
    assert [d.id for d in documents] == ["2"]
    assert "longer than 1,000 bytes" in problems[0].reason


def test_links_that_turn_in_a_circle_or_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    documents, problems = read(tmp_path)
    assert [d.id for d in documents] == ["a.txt"]
    assert sorted(p.reason.split()[0] for p in problems) == ["cannot", "is"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("One")
    (tmp_path / "x.txt").chmod(0)
    assert "permission denied" in only_problem(tmp_path / "x.txt").reason


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("One")
    (tmp_path / "b.txt").write_text("Two")
    items = read_documents([str(tmp_path)], Settings())
    assert isinstance(next(items), Document)
    (tmp_path / "b.txt").unlink()
    (problem,) = list(items)
    assert isinstance(problem, Problem) and problem.id == "b.txt"


@pytest.mark.parametrize("name", ["line\nbreak.txt", "😀.txt", os.fsdecode(b"bad\xff.txt")])
def test_odd_file_names(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("One")
    (document,), _ = read(tmp_path)
    assert document.id.encode("utf-8")


def test_an_empty_folder_and_a_missing_path(tmp_path: Path) -> None:
    assert "nothing to read" in only_problem(tmp_path).reason
    with pytest.raises(UsageError, match="no such file"):
        list(read_documents([str(tmp_path / "none")], Settings()))


def test_the_same_id_in_two_inputs(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / f"{name}.jsonl").write_text('{"id": "1", "text": "One"}\n')
    documents, problems = read(tmp_path / "x.jsonl", tmp_path / "y.jsonl")
    assert len(documents) == 1 and "repeats an id of this scan" in problems[0].reason


def test_folders_with_the_same_file_names_are_all_read(tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"The {name}")
    documents, problems = read(tmp_path / "x", tmp_path / "y")
    assert len(documents) == 2 and not problems


def test_a_pipe_among_many_files_keeps_nobody_waiting(tmp_path: Path) -> None:
    for number in range(70):
        (tmp_path / f"{number}.txt").write_text(f"The ferry {number} sank.")
    os.mkfifo(tmp_path / "zz.txt")
    documents, problems = read(tmp_path)
    assert len(documents) == 70 and "no regular file" in problems[0].reason


@pytest.mark.parametrize(
    ("words", "encoding"),
    [("Die Fähre fährt über den Fluß nach Köln, sagte der Bürgermeister.\n", "cp1252"), ("港の渡し船は月曜日に沈んだと海上保安庁が発表した。\n", "shift_jis"), ("渡轮星期一在北港附近沉没,海岸警卫队在声明中说。\n", "gb18030")],
)  # fmt: skip
def test_the_encoding_of_a_large_file(tmp_path: Path, words: str, encoding: str) -> None:
    """Guessed by lines around the first odd byte, not by the first bytes, cut anywhere."""
    path = tmp_path / "a.txt"
    text = "The ferry sank off Nordhaven on Monday.\n" * 6_000 + words * 4_000
    path.write_bytes(text.encode(encoding))
    (document,), problems = read(path)
    assert document.text == text and not problems


def test_what_is_nested_too_deeply_is_a_problem(tmp_path: Path) -> None:
    deep = "[" * 700 + "]" * 700
    (tmp_path / "a.jsonl").write_text(
        f'{{"id":"a","text":"x y","d":{deep}}}\n{{"id":"b","text":"The ferry sank."}}\n'
    )
    documents, problems = read(tmp_path / "a.jsonl")
    assert [d.id for d in documents] == ["b"] and "nested" in problems[0].reason


@pytest.mark.parametrize("sidecar", [b'{"title": "\xff"}', b"[" * 90_000, b"[1]", b'{"title": "X",}'])
def test_a_broken_sidecar_says_what_is_left_out(tmp_path: Path, sidecar: bytes) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank.")
    (tmp_path / "a.json").write_bytes(sidecar)
    problem = only_problem(tmp_path / "a.txt")
    assert "a.txt is left out" in problem.reason


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n", b"\xef\xbb\xbf\r\n"])
def test_json_lines_on_standard_input_after_a_mark_or_a_blank_line(
    monkeypatch: pytest.MonkeyPatch, before: bytes
) -> None:
    raw = before + b'{"id":"a","text":"The ferry sank."}\n{"id":"b","text":"Nobody was hurt."}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(raw))))
    documents, problems = read("-")
    assert [d.id for d in documents] == ["a", "b"] and not problems


def test_what_clean_writes_beside_the_texts_is_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank.")
    (tmp_path / MANIFEST).write_text('{"type":"cut","at":1,"text":"See also"}\n')
    documents, problems = read(tmp_path)
    assert len(documents) == 1 and not problems


def test_a_file_of_json_is_a_document_or_a_list_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "The ferry sank.", "title": "Ferry"}')
    (tmp_path / "b.json").write_text('[{"id": "x", "text": "One."}, {"text": "Two."}, 3]')
    (tmp_path / "c.json").write_text('{"id": "y", "text": "Three."}\n{"id": "z", "text": "Four."}\n')
    (tmp_path / "d.json").write_text('{"title": "no text"}')
    (tmp_path / "e.txt").write_text("Five.")
    (tmp_path / "e.json").write_text('{"title": "of e.txt"}')
    (tmp_path / "f.html.json").write_text('{"text": "Six."}')
    documents, problems = read(tmp_path)
    assert [(d.id, d.title) for d in documents] == [
        ("a.json", "Ferry"), ("x", None), (f"{tmp_path}/b.json#2", None), ("y", None), ("z", None), ("e.txt", "of e.txt"), ("f.html.json", None),
    ]  # fmt: skip
    assert [(p.where, p.reason.split(";")[0]) for p in problems] == [
        ("item 3", "a JSON value, but not an object with fields"),
        ("item 1", "has no `text`"),
    ]


def test_a_file_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{broken\n{broken too")
    assert only_problem(tmp_path / "a.json").reason.startswith("not JSON")
