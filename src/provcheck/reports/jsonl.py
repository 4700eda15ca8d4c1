"""`--format jsonl`: the records of the contract, one a line."""

from __future__ import annotations

from typing import Any

import msgspec

from provcheck.model import Record

_encoder = msgspec.json.Encoder(order="deterministic")


def encode(record: Record) -> bytes:
    """One record as UTF-8 JSON with its line break; the same record gives the same bytes."""
    return bytes(_encoder.encode(record)) + b"\n"


def contract_schema() -> dict[str, Any]:
    """The JSON Schema of one line of the output, generated from the types that travel."""
    return msgspec.json.schema(Record)
