"""A scan on Spark, from files to a folder, is the plain engine's: every record, every problem, the summary."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from provcheck.baseline import BaselineWriter
from provcheck.errors import UsageError
from provcheck.reports.jsonl import encode
from provcheck.run import scan_records
from provcheck.settings import Settings, Suppression

FURNITURE = ["Subscribe to the Coast Letter", "More from the coast"]


def article(number: int, name: str | None = None) -> dict[str, Any]:
    story = number // 2
    lines = [
        f"The ferry number {story} struck rock {story * 31 + at} off Nordhaven on Monday, the guard of station {story} said."
        for at in range(6)
    ]
    return {
        "id": name or f"d{number}",
        "text": "\n".join([*lines, FURNITURE[number % 2], "See also: Storm"]),
        "source": ("coast.example", "harbour.example")[number % 2],
        "published": f"2024-10-{number % 28 + 1:02}",
        "extra": [number],
    }


def written(folder: Path) -> list[str]:
    parts = [part for part in folder.glob("*/part-*") if part.is_file()]
    return sorted(line for part in parts for line in part.read_text("utf-8").splitlines())


def plain(inputs: Sequence[str], settings: Settings | None = None) -> list[str]:
    return sorted(encode(record).decode().rstrip("\n") for record in scan_records(inputs, settings))


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Files of every kind, some of them broken, with ids that repeat within one file and over several."""
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as parquet

    folder = tmp_path / "crawl"
    (folder / "a" / "deep").mkdir(parents=True)
    lines = [json.dumps(article(number)) for number in range(12)]
    broken = ['{"id": 7', "", "[1]", '{"id": "d3", "text": "The pier closed."}', '{"id": "e", "text": " "}']
    (folder / "z.jsonl").write_text("\ufeff" + "\n".join(lines + broken + lines[:1]) + "\n")
    packed = gzip.compress("".join(json.dumps(article(n)) + "\n" for n in range(10, 16)).encode())
    (folder / "a" / "packed.jsonl.gz").write_bytes(packed)
    (folder / "a" / "torn.jsonl.gz").write_bytes(packed[:-40])
    parquet.write_table(
        pa.Table.from_pylist([article(n) for n in range(14, 24)]),
        folder / "a" / "t.parquet",
        row_group_size=4,
    )
    (folder / "a" / "deep" / "bad.parquet").write_bytes(b"PAR1 no")
    (folder / "a" / "deep" / "large.parquet").write_bytes(b"PAR1" + bytes(3_000))
    (folder / "a" / "deep" / "t.csv").write_text("id,text\nc1,The ferry sank off Nordhaven.\nc1,It sank.\n")
    (folder / "a" / "deep" / "one.txt").write_text(article(3)["text"])
    (folder / "a" / "deep" / "one.json").write_text('{"title": "Ferry", "desk": 3}')
    (folder / "a" / "deep" / "empty.txt").write_text("")
    (folder / "p.html").write_text("<html><body><article><p>The ferry sank.</p></article></body></html>")
    return folder


def test_records_are_those_of_a_scan(spark: Any, crawl: Path, tmp_path: Path, monkeypatch: Any) -> None:
    from provcheck.spark import files, scan

    monkeypatch.setattr(files, "PIECE", 1_500)  # so that files are read in parts
    settings = Settings(
        suppressions=(Suppression(rule="boilerplate-en/see-also", reason="known", document=("a/*",)),),
    )
    known = BaselineWriter()
    for record in islice(scan_records([str(crawl)], settings), 12):
        known.add(record)
    (tmp_path / "known").write_bytes(known.bytes())
    settings = replace(settings, baseline=str(tmp_path / "known"))
    summary = scan(spark, [str(crawl)], str(tmp_path / "out"), settings)
    expected = plain([str(crawl)], settings)
    assert written(tmp_path / "out") == expected
    assert (
        summary.suppressed
        and summary.known
        and summary.documents > 20
        and summary.problems > 8
        and summary.groups > 5
    )
    assert not list(tmp_path.glob(".out*"))


def test_an_address_reads_as_a_path_does(spark: Any, crawl: Path, tmp_path: Path, monkeypatch: Any) -> None:
    from provcheck.spark import files, scan

    monkeypatch.setattr(files, "PIECE", 1_500)
    settings = Settings(link_documents=False)
    scan(spark, [f"file://{crawl}"], str(tmp_path / "out"), settings)
    found = [line.replace(f"file://{crawl}", str(crawl)) for line in written(tmp_path / "out")]
    assert sorted(found) == plain([str(crawl)], settings)


def test_what_is_listed_is_what_the_plain_engine_reads(crawl: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="needs provcheck[spark]")
    from provcheck.intake.files import Source, sources
    from provcheck.spark.listing import listed

    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    inputs = [str(crawl), str(tmp_path / "lost.txt")]
    local = [source for source, _, _ in listed(inputs)]
    assert local == list(sources(inputs))
    far = [each[0] for each in listed([f"file://{crawl}"])]
    names = [source.identity for source in sources([str(crawl)]) if isinstance(source, Source)]
    assert [source.identity for source in far if isinstance(source, Source)] == names
    one = crawl / "z.jsonl"
    ((alone, address, size),) = listed([f"file://{one}"])
    assert isinstance(alone, Source) and alone.identity == "z.jsonl"
    assert address == f"file://{one}" and size == one.stat().st_size


def test_outputs_and_inputs_that_cannot_be(spark: Any, crawl: Path, tmp_path: Path) -> None:
    from provcheck.spark import scan

    with pytest.raises(UsageError, match="exists already"):
        scan(spark, [str(crawl)], str(crawl))
    for missing in (str(tmp_path / "none"), f"file://{tmp_path}/none"):
        with pytest.raises(UsageError, match="no such file"):
            scan(spark, [missing], str(tmp_path / "out"))
    assert [path.name for path in tmp_path.iterdir()] == ["crawl"]


def test_a_folder_that_cannot_get_its_name_is_kept_and_named(spark: Any, tmp_path: Path) -> None:
    from provcheck.spark.scanning import _new_folder

    def write(folder: str) -> Path:
        path = Path(folder.removeprefix("file:"))
        path.mkdir()
        return path

    with (
        pytest.raises(OSError, match="all is written in") as told,
        _new_folder(spark, str(tmp_path / "out")) as name,
    ):
        part = write(name)
        (tmp_path / "out").mkdir()  # somebody else was faster
    assert part.is_dir() and part.name in str(told.value)
    with pytest.raises(ZeroDivisionError), _new_folder(spark, str(tmp_path / "other")) as name:
        part = write(name)
        raise ZeroDivisionError
    assert not part.exists() and not (tmp_path / "other").exists()


def test_the_parts_of_a_file_are_its_lines(tmp_path: Path) -> None:
    from provcheck.intake.streams import Bounds, read_range

    raw = b"\n".join([b"a" * (n * 7 % 23) for n in range(60)]) + b"\nend"
    path = tmp_path / "x"
    path.write_bytes(raw)
    for step in (1, 2, 5, 24, 100, 10_000):
        found = []
        for start in range(0, len(raw), step):
            with path.open("rb") as stream:
                before = raw[:start].count(b"\n")
                found += read_range(stream, start, min(len(raw), start + step), before, Bounds())
        assert found == list(enumerate(raw.split(b"\n"), 1))


def test_a_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="needs provcheck[spark]")
    from provcheck.intake.files import Source
    from provcheck.spark.files import Piece, _counted, _rows_of

    gone = Piece(Source(tmp_path / "gone.jsonl", "gone.jsonl", "gone.jsonl"), 3, None, 10, start=0, end=10)
    assert _counted(gone) is None
    (row,) = _rows_of(gone, Settings())
    assert json.loads(row["problem"])["reason"].startswith("cannot be read: ") and row["source"] == 3
