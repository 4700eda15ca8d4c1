"""Outputs of earlier scans, which lie among what they scanned: they are no articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

EARLIER = "is the output of an earlier scan, and was left out; write outputs to a folder of their own"
GENERATOR = '<meta name="generator" content="provcheck">'  # in the head of our pages
_HEAD = 2_000  # code points of a page that hold its head
_SCHEMA = "provcheck."
_COLUMNS = ("rule", "category", "confidence", "message", "known")  # that no table of articles has together


def is_report(page: str) -> bool:
    """Whether a page is a report of ours."""
    return GENERATOR in page[:_HEAD]


def is_header(record: Mapping[str, Any]) -> bool:
    """Whether a record is the first of a scan."""
    return record.get("type") == "header" and str(record.get("schema")).startswith(_SCHEMA)


def is_table(columns: Sequence[str] | None) -> bool:
    """Whether the columns of a table are those of our findings."""
    return set(_COLUMNS) <= set(columns or ())
