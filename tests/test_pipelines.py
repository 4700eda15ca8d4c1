"""datatrove and Hugging Face datasets themselves, with our block and our map in them."""

from __future__ import annotations

import gzip
import json
import pickle
from pathlib import Path

import datasets
import pytest
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from provcheck.datatrove import ProvcheckFilter
from provcheck.errors import UsageError
from provcheck.huggingface import Tagger
from provcheck.settings import Settings

STORY = (
    "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement. "
    * 4
)
ROWS = [
    {"id": "a", "text": f"{STORY}\n\nLeave a Reply", "url": "https://coast.example/a"},
    {"id": "b", "text": "Leave a Reply"},
    {
        "id": "c",
        "text": "A court in the capital heard on Tuesday how the museum kept its accounts in two books. " * 6,
    },
]


def read(folder: Path) -> list[dict]:
    return [json.loads(line) for path in sorted(folder.rglob("*.gz")) for line in gzip.open(path, "rt")]


def test_a_local_datatrove_pipeline(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    block = ProvcheckFilter(clean=True, exclusion_writer=JsonlWriter(str(tmp_path / "dropped")))
    LocalPipelineExecutor(
        pipeline=[JsonlReader(str(tmp_path / "in")), block, JsonlWriter(str(tmp_path / "kept"))],
        logging_dir=str(tmp_path / "logs"),
    ).run()
    kept, dropped = read(tmp_path / "kept"), read(tmp_path / "dropped")
    assert [row["id"] for row in kept] == ["a", "c"] and [row["id"] for row in dropped] == ["b"]
    assert "Leave a Reply" not in kept[0]["text"] and kept[0]["metadata"]["provcheck"]["verdict"] == "keep"
    assert dropped[0]["metadata"]["filter_reason"] == "only 0 words of article"


def test_an_unknown_policy_fails_before_anything_runs() -> None:
    with pytest.raises(UsageError, match="no such policy"):
        ProvcheckFilter(policy="mine")


def test_a_map_over_a_dataset(tmp_path: Path) -> None:
    rows = [{"body": row["text"], "url": row.get("url")} for row in ROWS] + [{"body": None, "url": None}]
    dataset = datasets.Dataset.from_list(rows)
    tagged = dataset.map(Tagger(Settings(fields={"text": "body"})), batched=True, batch_size=2)
    assert tagged["provcheck_verdict"][:] == ["keep", "drop", "keep", "unreadable"]
    assert "Leave a Reply" not in tagged[0]["provcheck_cleaned"] and tagged[0]["body"] == rows[0]["body"]
    assert any(f["category"] == "comment-form" for f in json.loads(tagged[0]["provcheck_findings"]))


def test_a_tagger_travels() -> None:
    batch = {"text": [row["text"] for row in ROWS]}
    tagger = Tagger()
    assert pickle.loads(pickle.dumps(tagger))(batch) == tagger(batch)
