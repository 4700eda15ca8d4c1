"""Other thresholds from a scan that was written before."""

from __future__ import annotations

from pathlib import Path

import pytest

from provcheck.errors import UsageError
from provcheck.relations import relate
from provcheck.relations.regroup import borderline, read_scan, regrouped
from provcheck.reports.jsonl import encode
from provcheck.run import scan_records
from provcheck.settings import Settings


@pytest.fixture(scope="module")
def scan_file(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "found.jsonl"
    path.write_bytes(b"".join(map(encode, scan_records([str(seeds)]))))
    return path


def test_the_same_threshold_gives_the_same_groups(scan_file: Path) -> None:
    scan = read_scan(scan_file)
    same = {frozenset(members) for members in regrouped(scan, scan.settings.cut)}
    assert same == {frozenset(m.id for m in group.members) for group in scan.groups}


def test_lower_thresholds_join_and_higher_ones_part(scan_file: Path) -> None:
    scan = read_scan(scan_file)
    sizes = [sum(len(group) for group in regrouped(scan, cut)) for cut in (0.2, 0.85, 0.999)]
    assert sizes[0] >= sizes[1] > sizes[2]


def test_what_lies_at_the_border(scan_file: Path) -> None:
    scan = read_scan(scan_file)
    pairs = borderline(scan, scan.settings.cut, 8)
    linkages = [pair.linkage for pair in pairs]
    assert linkages == sorted(linkages, reverse=True)
    assert linkages[0] >= scan.settings.cut > linkages[-1]
    assert not pairs[-1].together


def test_a_large_scan_writes_its_pairs_in_pieces(
    seeds: Path, scan_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relate, "PIECE", 5)
    path = tmp_path / "pieces.jsonl"
    path.write_bytes(b"".join(map(encode, scan_records([str(seeds)]))))
    assert path.read_bytes().count(b'"candidates"') > 3
    whole, pieces = read_scan(scan_file), read_scan(path)
    for cut in (0.2, 0.85, 0.999):
        assert regrouped(whole, cut) == regrouped(pieces, cut)


def test_what_is_no_scan(tmp_path: Path, seeds: Path) -> None:
    path = tmp_path / "x.jsonl"
    for text in ("", "{}\n", "no json\n"):
        path.write_text(text)
        with pytest.raises(UsageError):
            read_scan(path)
    path.write_bytes(b"".join(map(encode, scan_records([str(seeds)], Settings(link_documents=False)))))
    with pytest.raises(UsageError, match="no compared pairs"):
        regrouped(read_scan(path), 0.5)
