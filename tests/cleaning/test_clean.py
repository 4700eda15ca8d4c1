"""`clean` and `restore`: what goes, what stays, and the way back, byte for byte."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.cleaning.clean import Cleaned, clean
from provcheck.cleaning.manifest import NAME, restore
from provcheck.cleaning.originals import csv_rows, in_json
from provcheck.errors import UsageError
from provcheck.model import Problem
from provcheck.settings import Settings

BODY = "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said."
TEXT = f"{BODY}\n\nSee also: Herring prices fall\n\nIt had left Maren at dawn, and the sea was calm."
CLEAN = f"{BODY}\n\nIt had left Maren at dawn, and the sea was calm."


def run(source: Path, output: Path, **more: object) -> list[Cleaned | Problem]:
    return list(clean([str(source)], output, Settings(), **more))  # type: ignore[arg-type]


def back(cleaned: Path, output: Path) -> list[str | Problem]:
    return list(restore(cleaned, output))


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", TEXT.encode()),
        ("a.md", TEXT.replace("\n", "\r\n").encode()),
        ("bom.txt", b"\xef\xbb\xbf" + TEXT.encode()),
        ("wide.txt", TEXT.encode("utf-16")),
        ("old.txt", TEXT.replace("calm", "calm – so geht’s, schön").encode("cp1252")),
        ("a.jsonl", json.dumps({"id": "1", "n": 1.10, "text": TEXT + " \U0001f6a2 “é”"}).encode() + b"\n\n"),
        ("b.jsonl", ('{ "text" : ' + json.dumps(TEXT, ensure_ascii=False) + ', "x":1e5}\r\n').encode()),
        ("a.csv", ('id,text,n\r\n1,"' + TEXT.replace("Herring", '""Herring""') + '",2\r\n').encode()),
    ],
)
def test_cleaned_and_restored(tmp_path: Path, name: str, raw: bytes) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / name).write_bytes(raw)
    (told,) = run(source, tmp_path / "out")
    assert isinstance(told, Cleaned) and told.spans
    written = (tmp_path / "out" / name).read_bytes()
    assert written != raw and len(written) < len(raw)
    assert back(tmp_path / "out", tmp_path / "again") == [name]
    assert files(tmp_path / "again") == files(source)


def test_the_rest_of_a_record_is_untouched(tmp_path: Path) -> None:
    text = json.dumps(TEXT)
    line = f'{{"text": {text}, "n": 1.10, "n": 2, "big": 12345678901234567890}}\n'
    (tmp_path / "a.jsonl").write_text(line)
    run(tmp_path / "a.jsonl", tmp_path / "out")
    assert (tmp_path / "out" / "a.jsonl").read_text() == line.replace(
        "See also: Herring prices fall\\n\\n", ""
    )


def test_a_gzip_is_a_gzip_again_and_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode()))
    for name in ("one", "two"):
        run(tmp_path / "a.jsonl.gz", tmp_path / name)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert json.loads(gzip.decompress(files(tmp_path / "one")["a.jsonl.gz"]))["text"] == CLEAN
    back(tmp_path / "one", tmp_path / "again")
    assert json.loads(gzip.decompress(files(tmp_path / "again")["a.jsonl.gz"]))["text"] == TEXT


def test_bad_lines_stay_and_are_told(tmp_path: Path) -> None:
    raw = (
        f'not json\n{json.dumps({"id": 1, "text": TEXT})}\n{json.dumps({"id": 1, "text": TEXT})}\n{{"id": 2}}'
    )
    (tmp_path / "a.jsonl").write_text(raw)
    told = run(tmp_path / "a.jsonl", tmp_path / "out")
    assert [type(item).__name__ for item in told] == ["Problem", "Cleaned", "Problem", "Problem"]
    lines = (tmp_path / "out" / "a.jsonl").read_text().split("\n")
    assert (lines[0], lines[2], lines[3]) == tuple(raw.split("\n")[i] for i in (0, 2, 3))
    assert json.loads(lines[1])["text"] == CLEAN


def test_what_is_all_boilerplate_is_kept_for_review(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("See also: Herring prices fall\n")
    (told,) = run(tmp_path / "a.txt", tmp_path / "out")
    assert isinstance(told, Cleaned) and told.review and not told.spans
    assert (tmp_path / "out" / "a.txt").read_text() == "See also: Herring prices fall\n"
    assert '"review":["a.txt"]' in (tmp_path / "out" / NAME).read_text()


def test_confidence_decides_how_bold_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        "".join(
            json.dumps({"id": n, "source": "Mail", "text": f"{BODY} {n}\n\nAll the news of the coast"}) + "\n"
            for n in ("first and only", "second of two", "third that we have")
        ).replace(BODY, "%s")
        % (BODY, "Herring prices fell again on Tuesday.", "A library reopened after the storm.")
    )
    bold = run(tmp_path / "a.jsonl", tmp_path / "out")
    careful = run(tmp_path / "a.jsonl", tmp_path / "out2", min_confidence="high")
    assert all(isinstance(c, Cleaned) and c.spans for c in bold)
    assert not any(isinstance(c, Cleaned) and c.spans for c in careful)


def test_metadata_and_folders_go_along_and_pages_are_told(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "a.txt").write_text(TEXT)
    (source / "deep" / "a.json").write_text('{"source": "Coast Mail"}')
    (source / "b.html").write_text(f"<html><body><article><p>{BODY}</p></article></body></html>")
    told = run(source, tmp_path / "out")
    assert sorted(files(tmp_path / "out")) == ["deep/a.json", "deep/a.txt", NAME]
    assert [item.path.endswith("b.html") for item in told if isinstance(item, Problem)] == [True]
    back(tmp_path / "out", tmp_path / "again")
    assert sorted(files(tmp_path / "again")) == ["deep/a.json", "deep/a.txt"]


def test_it_never_writes_over_anything(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(TEXT)
    for output in (source, source / "below"):
        with pytest.raises(UsageError):
            run(source, output)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("")
    with pytest.raises(UsageError, match="not empty"):
        run(source, tmp_path / "full")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["full", "in"]


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("provcheck.cleaning.manifest.ManifestWriter.end", full)
    with pytest.raises(OSError, match="No space"):
        run(tmp_path / "a.txt", tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_changed_file_is_not_restored_wrongly(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT)
    list(clean([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], tmp_path / "out", Settings()))
    changed = next((tmp_path / "out").rglob("a.txt"))
    changed.write_text(changed.read_text() + "!")
    told = back(tmp_path / "out", tmp_path / "again")
    assert [type(item) for item in told] == [Problem, str]
    assert [p.name for p in (tmp_path / "again").rglob("*.txt")] == ["b.txt"]


@settings(max_examples=60)
@given(st.text(max_size=30), st.booleans())
def test_a_json_string_is_found_letter_by_letter(text: str, escaped: bool) -> None:
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        return
    line = json.dumps({"a": [1, {"text": "no"}], "text": text, "b": None}, ensure_ascii=escaped)
    placed = in_json(line, "text")
    assert placed is not None and placed.text == text
    for at in range(len(text)):
        raw = line[placed.starts[at] : placed.starts[at + 1]]
        assert json.loads(f'"{raw}"') == text[at]


@given(st.lists(st.lists(st.text('ab,"\n\r;é', max_size=6), min_size=2, max_size=3), min_size=1, max_size=4))
def test_csv_cells_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    assert [[cell.text for cell in row] for row in csv_rows(out.getvalue(), ",")] == rows


@pytest.mark.parametrize("damage", ["truncated", "dangling"])
def test_a_file_that_cannot_be_read_does_not_end_the_others(tmp_path: Path, damage: str) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(f"{BODY}\n\nSee also: Baker wins\n")
    packed = gzip.compress(json.dumps({"id": "x", "text": BODY}).encode() * 400, mtime=0)
    if damage == "truncated":
        (source / "b.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    else:
        (source / "b.jsonl").symlink_to("nowhere.jsonl")
    items = list(clean([str(source)], tmp_path / "out", Settings()))
    assert (tmp_path / "out" / "a.txt").read_text() != (source / "a.txt").read_text()
    assert any(isinstance(item, Problem) and item.path.startswith(f"{source}/b") for item in items)


def test_files_may_use_the_same_ids(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in "abc":
        (source / f"{name}.csv").write_text(
            f"id,text\n1,{BODY}\n2,Advertisement\n".replace(f"1,{BODY}", f'1,"{BODY}"')
        )
    items = list(clean([str(source)], tmp_path / "out", Settings()))
    assert [item.id for item in items if isinstance(item, Cleaned)] == ["1", "2"] * 3
    assert sorted(p.name for p in (tmp_path / "out").glob("*.csv")) == ["a.csv", "b.csv", "c.csv"]
    list(restore(tmp_path / "out", tmp_path / "back"))
    assert all((tmp_path / "back" / p.name).read_bytes() == p.read_bytes() for p in source.glob("*.csv"))
