"""Loosened patterns match wherever the exact ones do."""

from __future__ import annotations

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from provcheck.rulebook.packs import read_packs
from provcheck.text.loosening import loosened

EVERY = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)


@pytest.mark.parametrize("name", ["L", "Lu", "Ll", "N"])
@pytest.mark.parametrize("flags", ["", "(?i)"])
@pytest.mark.parametrize(
    "around", [r"\p{{{}}}", r"[\p{{{}}}_]", r"[^\p{{{}}}]", r"[^_\p{{{}}}]", r"[\]\p{{{}}}]"]
)
def test_a_loosened_class_holds_what_the_exact_one_does(name: str, flags: str, around: str) -> None:
    source = flags + around.format(name)
    assert loosened(source) != source
    exact, loose = (re2.compile(f"(?:{each})+") for each in (source, loosened(source)))
    kept = loose.sub("", EVERY)
    assert not exact.search(kept)


@pytest.mark.parametrize(
    "source",
    [r"\Q\p{Lu}\E", r"[[:alpha:]\p{Lu}]", r"a[bc]\d", r"\P{L}", r"\p{Greek}", r"\\p{Lu}", r"[\p{^Lu}]"],
)
def test_what_cannot_be_loosened_stays(source: str) -> None:
    assert loosened(source) == source


def test_short_names_are_loosened_too() -> None:
    assert loosened(r"\pL\pN") == loosened(r"\p{L}\p{N}")


PIECES = st.sampled_from(
    [
        r"\p{Lu}",
        r"\pL+",
        r"[\p{L}.’-]*",
        r"[^\pL\pN]",
        r"[^\n\p{Ll}]",
        r"[\]\p{Lu}]",
        "x",
        "(?i:é)",
        r"\s",
        "“?",
        r"\pN{1,3}",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=5), st.text("aÀÉéxŠßДд字9٣½.’“”] \n–ǅ", max_size=12))
def test_a_loosened_pattern_matches_where_the_exact_one_does(pieces: list[str], text: str) -> None:
    source = "".join(pieces)
    if re2.search(source, text):
        assert re2.search(loosened(source), text)


def test_most_patterns_of_the_shipped_rules_can_be_loosened() -> None:
    filters = [rule.check.prefilter() for pack in read_packs() for rule in pack.rules]
    sources = [each.source for pattern in filters if pattern is not None for each in pattern.each()]
    lettered = [source for source in sources if re.search(r"\\p(?:\{(?:L|Lu|Ll|N)\}|[LN])", source)]
    assert len(lettered) > 100 and all(loosened(source) != source for source in lettered)
