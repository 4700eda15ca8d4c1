"""Where patterns are looked for first holds every piece in which they can match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.article import Article
from provcheck.checks.scopes import Scope, part_of, pieces, texts_of
from provcheck.model import Document
from provcheck.text.words import count_words

LINES = st.lists(st.integers(0, 40).map(lambda n: " ".join(["herring"] * n) + "." * (n % 2)), max_size=12)


@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n"]), st.none() | st.integers(1, 40))
@pytest.mark.parametrize("scope", ["line", "head", "tail", "paragraph", "document"])
def test_every_piece_of_few_enough_words_is_a_line_of_its_part(
    scope: Scope, lines: list[str], ending: str, max_words: int | None
) -> None:
    article = Article(Document(id="a", text=ending.join(lines)))
    texts = texts_of(article, part_of(scope, max_words))
    for piece in pieces(article, scope):
        if max_words is None or count_words(piece.text) <= max_words:
            assert any(f"\n{piece.text}\n" in f"\n{text}\n" for text in texts)


def test_short_lines_are_looked_for_apart() -> None:
    article = Article(Document(id="a", text="Read more\n" + "The ferry sank off the island. " * 20))
    assert texts_of(article, part_of("line", 10)) == ("Read more",)
    assert part_of("line", None) == part_of("sentence", 5) == "text" and part_of("head", 5) == "head"
