"""Scores on the real data that some machines have beside the checkout: floors well below what was measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import provcheck
from provcheck.reports.jsonl import encode
from provcheck.settings import Settings


def score(shared: Path, script: str, scan: Path, *more: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(shared / "eval" / script), str(scan), *more],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def scanned(source: Path, target: Path, settings: Settings | None = None) -> Path:
    with target.open("wb") as stream:
        for record in provcheck.scan_records([str(source)], settings):
            stream.write(encode(record))
    return target


def test_seeds(shared: Path, tmp_path: Path) -> None:
    figures = score(shared, "seeds.py", scanned(shared / "seeds", tmp_path / "scan.jsonl"))
    assert figures["found"] >= 75
    assert (figures["false_removals"], figures["traps_hit"], figures["one_story"]) == (0, 0, True)
    assert figures["quote_drift"] >= 3 and figures["fact_drift"] >= 1


def test_articles(shared: Path, tmp_path: Path) -> None:
    figures = score(
        shared, "articles.py", scanned(shared / "data/articles/docs.jsonl.gz", tmp_path / "scan.jsonl")
    )
    assert figures["removal"]["precision"] >= 0.93 and figures["removal"]["recall"] >= 0.6
    assert figures["body_lost"] <= 0.004 and figures["categories"] >= 0.6


def test_news(shared: Path, tmp_path: Path) -> None:
    script = Path(__file__).parents[1] / "scripts" / "make_gold.py"
    subprocess.run([sys.executable, str(script), str(shared / "data"), str(tmp_path)], check=True)
    scan = scanned(tmp_path / "docs.jsonl.gz", tmp_path / "scan.jsonl")
    figures = score(shared, "articles.py", scan, str(tmp_path))
    assert figures["articles"] == 744
    assert figures["removal"]["precision"] >= 0.97 and figures["removal"]["recall"] >= 0.65
    assert figures["body_lost"] <= 0.002 and figures["categories"] >= 0.58
    assert figures["agencies"]["f1"] >= 0.75 and figures["bylines"]["f1"] >= 0.7
    assert figures["cites"]["f1"] >= 0.82


@pytest.mark.parametrize(
    "extractor", ["trafilatura", "newspaper4k", "readability", "resiliparse", "boilerpy3", "justext"]
)
def test_lines(extractor: str, shared: Path, tmp_path: Path) -> None:
    source = shared / f"data/lines/{extractor}.jsonl.gz"
    scan = scanned(source, tmp_path / "scan.jsonl", Settings(link_documents=False))
    figures = score(shared, "lines.py", scan, str(source))
    assert figures["after"]["f1"] >= figures["before"]["f1"]
    assert figures["body_lost"] <= 0.005
    assert figures["ceiling_closed"] >= 0.15


def test_groups(shared: Path, tmp_path: Path) -> None:
    figures = score(
        shared,
        "groups.py",
        scanned(shared / "data/groups/docs.jsonl.gz", tmp_path / "scan.jsonl"),
        str(shared / "data/groups"),
    )
    assert figures["all"]["f1"] >= 0.96 and figures["groundnews"]["f1"] >= 0.9
    assert figures["l2r"]["recall"] >= 0.83 and figures["drl"]["recall"] >= 0.92
    assert figures["independent_reports_merged"] <= 5 and figures["story_ari"] >= 0.79


def test_planted_near_copies(shared: Path, tmp_path: Path) -> None:
    plain = Settings(
        ignore=("names", "quality", "lines", "typography", "chronology", "fragments", "encoding")
    )  # no say in groups
    scan = scanned(shared / "data/perf/corpus-10k.jsonl.gz", tmp_path / "scan.jsonl", plain)
    gold = json.loads((shared / "data/perf/gold-10k.json").read_text("utf-8"))["groups"]
    truth = {pair for group in gold for pair in combinations(sorted(group), 2)}
    found: set[tuple[str, ...]] = set()
    for line in scan.read_text("utf-8").splitlines():
        if line.startswith('{"type":"group"'):
            names = sorted(member["id"] for member in json.loads(line)["members"])
            found.update(combinations(names, 2))
    assert 2 * len(found & truth) / (len(found) + len(truth)) >= 0.985


def test_planted_drift(shared: Path) -> None:
    script = Path(__file__).parents[1] / "scripts/plant_drift.py"
    done = subprocess.run(
        [sys.executable, str(script), str(shared / "data/groups"), "--rounds", "1"],
        capture_output=True,
        text=True,
        check=True,
    )
    plain, names, *_ = done.stdout.splitlines()
    assert int(plain.split()[2]) <= 80, "name findings where nothing is planted, most of them real"
    planted, _, right = (int(word) for word in re.findall(r"\d+", names))
    assert right >= 0.75 * planted


def test_names(shared: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(shared / "eval/names.py")], capture_output=True, text=True, check=True
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["ofac"]["recall_at_1pct"] >= 0.85 and figures["via_mean_auc"] >= 0.88
