"""For `datasets.Dataset.map`: a function over batches of rows.

from provcheck.huggingface import Tagger
tagged = dataset.map(Tagger(), batched=True)
kept = tagged.filter(lambda row: row["provcheck_verdict"] != "drop")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from provcheck.checker import Checker
from provcheck.model import Document
from provcheck.settings import FIELDS, Settings


class Tagger:
    """Adds the columns `provcheck_verdict`, `provcheck_findings` and `provcheck_provenance` (both JSON), `provcheck_cleaned`.

    settings: provcheck's; its `fields` say what our fields are called in the rows. JSON, because the columns of a dataset have one
    shape. A row without a text gets the verdict `unreadable`. Picklable, so that `num_proc` works, and hashed by its settings.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._checker: Checker | None = None

    def __getstate__(self) -> Settings:
        return self._settings

    def __setstate__(self, state: Settings) -> None:
        self._settings, self._checker = state, None

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
        if self._checker is None:
            self._checker = Checker(self._settings)
        names = {ours: self._settings.fields.get(ours, ours) for ours in FIELDS}
        columns: dict[str, list[str]] = {
            f"provcheck_{name}": [] for name in ("verdict", "findings", "provenance", "cleaned")
        }
        for at in range(len(next(iter(batch.values()), ()))):
            values = {ours: batch[theirs][at] for ours, theirs in names.items() if theirs in batch}
            for name, value in zip(columns, self._row(values, at), strict=True):
                columns[name].append(value)
        return columns

    def _row(self, values: dict[str, Any], at: int) -> tuple[str, str, str, str]:
        text = values.pop("text", None)
        if not isinstance(text, str) or not text.strip():
            return "unreadable", "[]", "{}", text if isinstance(text, str) else ""
        assert self._checker is not None
        told: dict[str, Any] = {name: str(value) for name, value in values.items() if value not in (None, "")}
        result = self._checker.check(Document(**{"id": str(at), **told, "text": text}))
        findings = msgspec.json.encode(result.findings).decode()
        return (
            result.verdict,
            findings,
            msgspec.json.encode(result.record.provenance).decode(),
            result.cleaned,
        )
