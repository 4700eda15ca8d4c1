"""The targets take what fuzzing starts from, and what it found and was mended."""

from __future__ import annotations

import gzip

import pytest
from targets import TARGETS, beginnings


@pytest.mark.parametrize("name", TARGETS)
def test_beginnings(name: str) -> None:
    for raw in [*beginnings(name), b"", b"\xff\xfe\x00"][-6:]:
        TARGETS[name](raw)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        (
            "intake",
            b"\x05WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\nHTTP\r\n\r\n",
        ),  # without an address
        ("intake", b"\x06" + gzip.compress(b"x", mtime=0)[:-2]),
        ("names", b"in GaQi\nChen Gang"),  # two alignments that are as good
        (
            "rules",
            b"pack: a\nrules:\n  - id: b\n    check: pattern\n    examples:\n      match: ['[[ open']\n",
        ),
    ],
)
def test_found_and_mended(name: str, raw: bytes) -> None:
    TARGETS[name](raw)
