"""The packs gopher, c4 and fineweb against datatrove's own filters, on the same documents."""

from __future__ import annotations

import gzip
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from provcheck.checker import Checker
from provcheck.errors import UsageError
from provcheck.model import Document
from provcheck.settings import Settings

PACKS = ("gopher", "c4", "fineweb")
PROSE = (
    "The ferry of the island left the harbour and sank in the bay, and the coast guard said that all were saved.",
    "“Divers have been sent,” the owner said.",
    "It will be raised before winter with a crane that the council has to pay for!",
    "Nobody knows why (or says so); a crack was seen in 2019 & again in spring.",
    "He didn't say who'd seen it, e.g. Mr. Moll of Smith-Co., at 10a.m.",
)
ODDITIES = (
    "Read more",
    "- a bullet",
    "• another bullet that is longer",
    "#ferry #harbour",
    "and then...",
    "so it goes…",
    "Lorem ipsum dolor sit amet.",
    "function() { return; }",
    "a { b } c.",
    "Please enable JavaScript to go on.",
    "By using this site you agree to our terms of use.",
    "The ferry sank.[3] [edit]",
    "It sank.[citation needed]",
    "12:30 4.5 % 1,000 €",
    "Привет, мир и все остальные.",
    "x" * 1200 + " is long indeed.",
    "",
    "   ",
    "\t tabbed line here.",
    "ferry",
    "A B C D E F G.",
)


@cache
def oracle() -> dict[str, list[Any]]:
    pytest.importorskip("datatrove")
    pytest.importorskip("spacy")
    from datatrove.pipeline import filters

    return {
        "gopher": [filters.GopherQualityFilter(), filters.GopherRepetitionFilter()],
        "c4": [filters.C4QualityFilter()],
        "fineweb": [filters.FineWebQualityFilter()],
    }


@cache
def checkers() -> dict[str, Checker]:
    return {pack: Checker(Settings(select=(pack,))) for pack in PACKS}


def theirs(pack: str, text: str) -> tuple[bool, str]:
    """Whether datatrove keeps a document, and the text that it leaves of it."""
    from datatrove.data import Document as Theirs

    document = Theirs(text=text, id="1")
    kept = True
    for each in oracle()[pack]:
        result = each.filter(document)
        kept = kept and (result if isinstance(result, bool) else result[0])
    return kept, document.text


def ours(pack: str, text: str) -> tuple[bool, str]:
    result = checkers()[pack].check(Document(id="1", text=text))
    return not any(f.action == "flag" for f in result.findings), result.cleaned


def disagreements(texts: list[str]) -> list[tuple[str, bool, str]]:
    found = []
    for text in texts:
        for pack in PACKS:
            kept, left = theirs(pack, text)
            mine, cleaned = ours(pack, text)
            if mine != kept:
                found.append((pack, kept, text[:200]))
            elif pack == "c4" and kept:
                marks = ("[3]", "[edit]", "[citation needed]")
                if not any(mark in text for mark in marks) and "[" not in text:
                    lines = [line.strip() for line in cleaned.splitlines() if line.strip()]
                    if lines != left.splitlines():
                        found.append(("c4 lines", kept, text[:200]))
    return found


def invented(count: int) -> list[str]:
    draw = random.Random(4)
    texts = []
    for _ in range(count):
        odd = draw.random()
        pieces = [
            draw.choice(ODDITIES) if draw.random() < odd else draw.choice(PROSE)
            for _ in range(draw.randint(1, 40))
        ]
        joined = ""
        for piece in pieces:
            joined += piece + draw.choice(("\n", "\n", "\n\n", " "))
        texts.append(joined if draw.random() < 0.5 else joined.strip())
    return [text for text in texts if text.strip()]


def test_they_decide_as_datatrove_does_on_invented_texts() -> None:
    oracle()
    assert disagreements(invented(400)) == []


def test_they_decide_as_datatrove_does_on_real_texts() -> None:
    oracle()
    path = Path(__file__).parents[3] / "shared" / "data" / "articles" / "docs.jsonl.gz"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert disagreements(texts) == []


def test_without_spacy_they_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provcheck.quality.webcorpus.find_spec", lambda name: None)
    Checker()
    with pytest.raises(UsageError, match=r"gopher/length needs spaCy"):
        Checker(Settings(extend_select=("gopher",)))
