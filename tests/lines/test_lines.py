"""The line model: what it sees, what it takes, and that nothing unsettles it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.article import Article
from provcheck.checker import Checker
from provcheck.checks.line_model import LineModelCheck
from provcheck.lines.features import DENSE, NAMES, line_features
from provcheck.lines.model import MOST_LEAVES, shipped_model
from provcheck.lines.wording import likely_category, reasons
from provcheck.model import Document
from provcheck.settings import Settings
from provcheck.text.lines import split_lines

STORY = [
    "The ferry Halcyon Star sank off Nordhaven on Monday with sixty people aboard, the coast guard said in a statement.",
    "It had left Maren at dawn, and the sea was calm for the whole of the way, the captain told reporters on Tuesday.",
    "Divers found a crack in the hull that nobody had seen in spring, when the ship was last inspected by the authorities.",
    "The owner said that the ferry would be raised before winter and that its passengers would be paid for their losses.",
]
FURNITURE = ["Follow us on Facebook and Twitter", "Share this article", "My Account", "Get the App"]


def columns(
    lines: list[str], marks: list[int] | None = None, title: str | None = None
) -> dict[str, list[float]]:
    text = "\n".join(lines)
    written = [line for line in split_lines(text) if not line.blank]
    found = line_features(
        text, [n.start for n in written], [n.end for n in written], marks or [0] * len(written), title
    )
    return {name: found.dense[:, at].tolist() for at, name in enumerate(DENSE)}


def taken(lines: list[str], threshold: float = 1.0) -> list[str]:
    article = Article(Document(id="1", text="\n\n".join(lines)))
    return [article.text[m.start : m.end] for m in LineModelCheck(threshold).find(article)]


def test_features_are_what_they_say() -> None:
    found = columns([*STORY[:2], "Read More Here", "Read More Here", STORY[2]])
    assert found["end"] == [1, 1, 0, 0, 1]
    assert np.expm1(found["words"]).round().tolist() == [20, 23, 3, 3, 22]
    assert found["cap_share"][2:4] == [1, 1]
    assert found["run"] == [0, 0, 2, 2, 0]
    assert found["since_prose"] == [20, 0, 0, 1, 2]
    assert found["until_prose"][2:4] == [1, 0]
    assert found["repeats"] == [0, 0, 1, 1, 0]
    assert found["said"][:2] == [1, 1]
    assert found["doc_prose"] == pytest.approx([0.6] * 5)
    assert columns(["12 March 2024", "ABC"])["digit_share"] == pytest.approx([6 / 13, 0])


def test_marked_lines_are_context() -> None:
    found = columns([STORY[0], "Most read", "Herring prices fall"], marks=[0, 1, 0])
    assert found["since_listing"] == [20, 20, 0] and found["marked_2"][2] > 0


def test_a_line_of_the_article_speaks_of_what_the_article_speaks_of() -> None:
    found = columns([*STORY, "Captain of the ferry: hull was sound", "Baker wins prize for bread"])
    assert found["overlap_prose"][4] > 0.7 > 0.2 > found["overlap_prose"][5]


def test_it_takes_furniture_and_leaves_the_story() -> None:
    found = taken([*STORY, *FURNITURE])
    assert found and set(found) <= set(FURNITURE)
    assert taken(STORY) == []
    assert len(taken([*STORY, *FURNITURE], -1)) >= len(found) >= len(taken([*STORY, *FURNITURE], 3))


def test_it_leaves_what_is_not_english_running_text_and_what_credits() -> None:
    assert taken(FURNITURE * 3) == []
    german = [
        "Die Fähre sank am Montag vor Nordhafen, und alle sechzig Menschen an Bord wurden bis zum Abend gerettet."
    ]
    assert taken(german * 4 + FURNITURE) == []
    assert "Photos by Ana Brandt" not in taken([*STORY, *FURNITURE, "Photos by Ana Brandt"], -3)


def test_its_reasons_and_category_are_in_words() -> None:
    result = Checker(Settings(select=("lines",))).check(
        Document(id="1", text="\n\n".join([*STORY, *FURNITURE]))
    )
    assert result.findings and all(f.confidence == "medium" for f in result.findings)
    assert all(f.message.startswith("not the article: ") and len(f.message) > 25 for f in result.findings)
    assert {f.category for f in result.findings} <= {"navigation", "editorial-listing", "newsletter"}
    row = np.zeros(len(NAMES), np.float32)
    row[[NAMES.index("since_comment"), NAMES.index("since_subscribe")]] = 20
    assert likely_category("Follow us on Telegram", row) == "social-promo"
    assert reasons(shipped_model(), row)


def test_the_trees_are_walked_as_trees() -> None:
    """The bit sets against a plain walk: leaf by leaf, struck out test by test."""
    model = shipped_model()
    rows = np.random.default_rng(3).normal(size=(40, len(NAMES))).astype(np.float32) * 3
    fast = model.log_odds(rows)
    for row, value in zip(rows, fast, strict=True):
        total = 0.0
        for tree in range(model.feature.shape[1]):
            left = (1 << MOST_LEAVES) - 1
            for node in range(model.feature.shape[0]):
                if row[model.feature[node, tree]] > model.threshold[node, tree]:
                    left &= int(model.mask[node, tree])
            first = next(leaf for leaf in range(MOST_LEAVES) if left >> leaf & 1)
            total += float(model.leaf[tree, first])
        assert value == pytest.approx(total, abs=1e-4)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=12), st.none() | st.text(max_size=20))
def test_no_text_unsettles_it(lines: list[str], title: str | None) -> None:
    document = Document(id="1", text="\n".join(lines), title=title)
    found = list(LineModelCheck(-9).find(Article(document)))
    assert all(0 <= m.start <= m.end <= len(document.text) for m in found)
