"""On two thousand real articles: what langdetect, textstat and datasketch say themselves, where the data is at hand."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from datasketch import MinHash

from provcheck.groups.nearcopies import shingles_of, signatures
from provcheck.quality import readability
from provcheck.quality.language import READ_CHARACTERS, probabilities

MANY = 2_000


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[str]:
    with gzip.open(shared / "data/perf/corpus-10k.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, MANY)]


def test_languages_are_langdetects(texts: list[str]) -> None:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.set_seed(0)
    for text in texts:
        head = text[:READ_CHARACTERS]
        detector = factory.create()
        detector.append(head)
        ours, theirs = probabilities(head), detector.get_probabilities()
        assert [code for code, _ in ours] == [each.lang for each in theirs]
        assert [p for _, p in ours] == pytest.approx([each.prob for each in theirs], abs=1e-9)


def test_figures_are_textstats(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import textstat
    from textstat.backend.counts import _count_syllables

    class Table(dict[str, Any]):
        def __missing__(self, word: str) -> list[list[str]]:
            return [["A0"] * readability._words_of("en").facts(word)[0]]

    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda lang: Table())
    for text in texts:
        ours = readability.measure(text, "en")
        for metric in readability.METRICS:
            assert ours[metric] == pytest.approx(getattr(textstat, metric)(text), abs=1e-3), metric


def test_values_are_datasketchs(texts: list[str]) -> None:
    values, has = signatures(texts)
    assert has.all()
    for text, row in zip(texts, values, strict=True):
        theirs = MinHash(num_perm=128, hashfunc=int)
        theirs.update_batch(shingles_of(text).tolist())
        assert np.array_equal(row, theirs.hashvalues)
