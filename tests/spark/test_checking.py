"""Records on Spark are those of the plain engine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from provcheck.checker import Checker
from provcheck.intake.files import REPEATED
from provcheck.model import DocumentRecord
from provcheck.reports.jsonl import encode
from provcheck.run import scan_records
from provcheck.settings import Settings

FURNITURE = [
    "Subscribe to the Coast Letter",
    "The harbour desk",
    "More from the coast",
    "Follow the ferry line",
]


def record(number: int) -> dict[str, Any]:
    """One of many articles of two outlets: some lines recur on one, some articles are copies of others."""
    story = number % 7 if number % 3 else number
    body = "\n\n".join(
        f"The ferry number {story} struck rock {story * 31 + at} off Nordhaven on Monday, the guard of station {story} said."
        for at in range(5)
    )
    lines = [FURNITURE[number % 4], body, FURNITURE[(number + 1) % 4], f"Call 0{number}55"]
    return {
        "id": f"d{number}",
        "text": "\n\n".join(lines),
        "source": ("coast.example", "harbour.example")[number % 2] if number % 5 else "",
        "published": f"2024-10-{number % 28 + 1:02}",
        "depth": {"x": [number]},
    }


def compared(records: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(each | {"path": None}, sort_keys=True) for each in records)


@pytest.mark.parametrize("settings", [Settings(), Settings(ignore=("lines", "boilerplate-en/on-every-page"))])
def test_records_are_those_of_a_scan(spark: Any, tmp_path: Path, settings: Settings) -> None:
    from pyspark.sql import functions

    from provcheck.spark import check

    path = tmp_path / "crawl.jsonl"
    path.write_text("".join(json.dumps(record(number)) + "\n" for number in range(60)))
    rows = spark.read.json(str(path)).withColumn("seq", functions.substring("id", 2, 9).cast("int"))
    found = check(rows.repartition(3), settings).collect()
    told = [json.loads(row.record) for row in found]
    assert {row.type for row in found} == {"document"}
    records = scan_records([str(path)], settings)
    assert compared(told) == compared(json.loads(encode(r)) for r in records if isinstance(r, DocumentRecord))
    if not settings.ignore:
        assert any(
            finding["rule"].endswith("on-every-page") for each in told for finding in each["findings"]
        ), "nothing was learned of the sites"


def test_rows_that_are_no_documents_are_problems(spark: Any) -> None:
    from provcheck.spark import check

    rows = [
        ("a", "The ferry sank."),
        ("a", "It sank again."),
        ("b", ""),
        ("c", None),
        (None, "The pier closed."),
    ]
    found = check(
        spark.createDataFrame(rows, "id string, body string").coalesce(1), Settings(fields={"text": "body"})
    )
    told = {(row.id, row.type): json.loads(row.record).get("reason") for row in found.collect()}
    assert told["a", "problem"] == REPEATED
    assert "is empty" in told["b", "problem"] and "has no `body`" in told["c", "problem"]
    assert told["-#5", "document"] is None and len(told) == 5


def test_rules_that_were_loaded_before(spark: Any) -> None:
    from provcheck.spark import check

    checker = Checker(Settings(select=("quality",)))
    found = check(
        spark.createDataFrame([("a", "Short.")], "id string, text string"), checker=checker
    ).collect()
    rules = {finding["rule"].partition("/")[0] for finding in json.loads(found[0].record)["findings"]}
    assert rules == {"quality"}
