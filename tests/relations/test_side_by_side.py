"""Two documents side by side."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.intake.files import read_documents
from provcheck.model import Document
from provcheck.relations.side_by_side import Comparison, compare
from provcheck.settings import Settings


def seed(seeds: Path, name: str) -> Document:
    (found,) = read_documents([str(seeds / name)], Settings())
    assert isinstance(found, Document)
    return found


def of(seeds: Path, a: str, b: str) -> Comparison:
    return compare(seed(seeds, a), seed(seeds, b))[0]


def test_a_round_trip_and_what_drifted(seeds: Path) -> None:
    found = of(seeds, "ferry-01-wire.txt", "ferry-06-roundtrip.txt")
    assert found.relation in ("rewrite", "partial") and found.score > 0.9
    assert {f.category for f in found.findings} >= {"name-drift", "quote-drift", "fact-drift"}
    assert any("same order" in reason for reason in found.reasons)


def test_two_reports_of_their_own(seeds: Path) -> None:
    found = of(seeds, "ferry-01-wire.txt", "ferry-10-independent.txt")
    assert found.relation is None and found.score < 0.5
    assert found.reasons[-1].startswith("too little")


def test_the_same_text_is_exact(seeds: Path) -> None:
    one = seed(seeds, "ferry-01-wire.txt")
    found, *_ = compare(one, Document(id="other", text=one.text.upper().replace(",", "")))
    assert (found.relation, found.score) == ("exact", 1.0)
    assert all(not p.changed_a for p in found.passages)


def test_changed_words_are_marked_and_moved_sentences_said() -> None:
    first = "The ferry left Maren at dawn on Monday. Divers found a crack in the hull in spring. It sank off Nordhaven."
    other = "Divers found two cracks in the hull in spring. The ferry left Maren at noon on Monday. Nobody was hurt in the end."
    a, b = Document(id="a", text=first), Document(id="b", text=other)
    found, *_ = compare(a, b)
    said = {first[s:e] for p in found.passages for s, e in p.changed_a}
    assert {"dawn", "a crack"} <= said
    assert sum(p.moved for p in found.passages) == 1
    alone = [other[p.b[0] : p.b[1]] for p in found.passages if p.a is None and p.b]
    assert alone == ["Nobody was hurt in the end."]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["The ferry sank.", "It rained. ", "“No,” he said.", "\n\n", "12 %"]), max_size=8
    )
)
def test_every_sentence_stands_once_on_its_side(parts: list[str]) -> None:
    text = " ".join(parts)
    if not text.strip():
        return
    found, one, other = compare(
        Document(id="a", text=text), Document(id="b", text="The ferry sank. It did not rain. “No,” he said.")
    )
    for spans, article in (
        ([p.a for p in found.passages if p.a], one),
        ([p.b for p in found.passages if p.b], other),
    ):
        assert len(spans) == len(set(spans))
        assert all(0 <= start < end <= len(article.text) for start, end in spans)
