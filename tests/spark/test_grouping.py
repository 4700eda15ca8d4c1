"""Groups, stories and outlets on Spark are those of the plain engine, to the byte."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from provcheck.model import Candidates, Group, Site, Story
from provcheck.reports.jsonl import encode
from provcheck.run import scan_records
from provcheck.settings import Settings

FIELDS = ("id", "text", "title", "url", "published", "source", "byline")


def frame(spark: Any, records: Sequence[dict[str, Any]]) -> Any:
    rows = [{name: record.get(name) for name in FIELDS} | {"seq": at} for at, record in enumerate(records)]
    columns = ", ".join(f"{name} string" for name in FIELDS) + ", seq int"
    return spark.createDataFrame(rows, columns).repartition(3)


def plain(records: Sequence[dict[str, Any]], tmp_path: Path, settings: Settings | None = None) -> list[Any]:
    path = tmp_path / "crawl.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return list(scan_records([str(path)], settings))


def told(records: Sequence[Any]) -> list[str]:
    return sorted(encode(r).decode().rstrip("\n") for r in records if isinstance(r, (Group, Story, Site)))


@pytest.fixture(scope="module")
def invented(seeds: Path) -> list[dict[str, Any]]:
    """The seeds, and stories of words of their own with copies, cuts, mixtures and doubles."""
    found = [
        {
            "id": path.name,
            "text": path.read_text("utf-8"),
            "published": "2024-10-08",
            "source": f"{path.name[:7]}.example",
        }
        for path in sorted(seeds.glob("*.txt"))
    ]
    draw = random.Random(4)
    names = ["".join(draw.choices("bcdfglmnprstvaeiou", k=7)).capitalize() for _ in range(400)]
    for number in range(30):
        words = draw.sample(names, 40)
        sentences = [
            f"The {draw.choice(words)} of {draw.choice(words)} met {draw.choice(words)} near the old {draw.choice(words).lower()} pier on day {at}."
            for at in range(9)
        ]
        texts = (
            [sentences]
            if number % 3
            else [sentences, sentences, sentences[:5], [*sentences[4:], names[number]]]
        )
        found += [
            {
                "id": f"n{number}-{at}",
                "text": "\n".join(text),
                "title": f"{words[0]} and {words[1]}",
                "source": f"o{at}.example",
            }
            for at, text in enumerate(texts)
        ]
    return found


def test_records_are_those_of_a_scan(spark: Any, invented: list[dict[str, Any]], tmp_path: Path) -> None:
    from provcheck.spark import group

    rows = group(frame(spark, invented)).collect()
    records = plain(invented, tmp_path)
    assert sorted(row.record for row in rows) == told(records)
    assert sum(row.type == "group" for row in rows) > 10 and any(row.type == "story" for row in rows)
    assert {json.loads(row.record)["type"] for row in rows} == {row.type for row in rows}


def test_pairs_are_the_candidates_of_a_scan(
    spark: Any, invented: list[dict[str, Any]], tmp_path: Path
) -> None:
    from provcheck.spark import link

    expected = {
        (found.documents[one], found.documents[other]): (score, probability)
        for found in plain(invented, tmp_path)
        if isinstance(found, Candidates)
        for one, other, score, probability in found.pairs
    }
    rows = link(frame(spark, invented)).collect()
    assert {(r.a, r.b): (round(r.score, 4), round(r.probability, 4)) for r in rows} == expected


@pytest.mark.parametrize("at_once", [0, 1_000])
def test_components_of_chains_rings_and_stars(spark: Any, at_once: int) -> None:
    from provcheck.spark.components import components

    draw = random.Random(9)
    edges = [(at, at + 1) for at in range(40)] + [
        (100, 101),
        (101, 102),
        (102, 100),
        (-7, 300),
        (300, 301),
        (5, 5),
    ]
    edges += [(200, leaf) for leaf in range(201, 230)]
    draw.shuffle(edges)
    found = {
        row.node: row.root
        for row in components(spark.createDataFrame(edges, "one long, other long"), at_once).collect()
    }
    expected = (
        dict.fromkeys(range(41), 0) | dict.fromkeys((100, 101, 102), 100) | dict.fromkeys((-7, 300, 301), -7)
    )
    assert found == expected | dict.fromkeys(range(200, 230), 200)


def test_nothing_alike_is_nothing(spark: Any) -> None:
    from provcheck.spark import group

    records = [
        {"id": "a", "text": "The ferry sank off Nordhaven."},
        {"id": "b", "text": "A court met in the capital."},
    ]
    assert group(frame(spark, records)).collect() == []


def test_real_documents(spark: Any, shared: Path, tmp_path: Path) -> None:
    from provcheck.spark import group

    with gzip.open(shared / "data" / "groups" / "docs.jsonl.gz", "rt") as stream:
        records = [json.loads(line) for line, _ in zip(stream, range(200), strict=False)]
    records = [{name: record.get(name) for name in FIELDS} for record in records]
    assert sorted(row.record for row in group(frame(spark, records)).collect()) == told(
        plain(records, tmp_path)
    )
