from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.article import Article, Mark
from provcheck.groups.minhash import minhash, permutations
from provcheck.groups.sketch import FIRST, QUOTED, sketch
from provcheck.groups.tokens import CAPITAL, NUMBER
from provcheck.settings import GroupSettings

SETTINGS = GroupSettings()


@given(st.lists(st.integers(0, 2**32 - 1), max_size=200), st.sampled_from([16, 64, 128]))
def test_values_are_datasketchs_own(values: list[int], count: int) -> None:
    theirs = MinHash(num_perm=count, hashfunc=lambda value: value)
    for value in values:
        theirs.update(value)
    assert (minhash(np.array(values, dtype=np.uint32), count) == theirs.hashvalues).all()


def test_words_have_their_places_and_flags(article: Callable[..., Article]) -> None:
    text = "The ferry met Anna twice. “We saw 12 whales,” she said."
    made = sketch(article(text), SETTINGS)
    words = [text[a:b] for a, b in zip(made.starts, made.ends, strict=True)]
    flags = dict(zip(words, made.flags.tolist(), strict=True))
    assert words == ["The", "ferry", "met", "Anna", "twice", "We", "saw", "12", "whales", "she", "said"]
    assert (flags["The"], flags["Anna"], flags["12"], flags["We"]) == (
        FIRST,
        CAPITAL,
        NUMBER | QUOTED,
        FIRST | QUOTED,
    )
    assert made.sentences.tolist() == [0] * 5 + [1] * 6


def test_copies_disguised_with_other_letters_are_alike(article: Callable[..., Article]) -> None:
    plain, disguised = (
        sketch(article(text), SETTINGS) for text in ("The old ferry sank", "Thе оld fеrry sаnk")
    )
    assert (plain.stems == disguised.stems).all()


@pytest.mark.parametrize(
    "text", ["渡轮周一在港口外沉没", "フェリーが月曜日に沈没した", "เรือข้ามฟากจมลงเมื่อวันจันทร์"]
)
def test_scripts_without_spaces_have_words_too(article: Callable[..., Article], text: str) -> None:
    made = sketch(article(text), SETTINGS)
    assert len(made.stems) >= 5
    assert len(made.shingles(3))


@pytest.mark.parametrize("text", ["", " \n", "…", "word"])
def test_next_to_nothing(article: Callable[..., Article], text: str) -> None:
    made = sketch(article(text), SETTINGS)
    assert len(made.shingles(3)) == len(made.stems) <= 1


@pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), max_size=200))
def test_compiled_values_are_the_plain_ones(values: list[int]) -> None:
    from provcheck.groups import compiled

    hashes = np.array(values, dtype=np.uint32)
    best = np.full(64, 2**32 - 1, dtype=np.uint32)
    compiled.minhash(hashes, *permutations(64), best)
    assert best.tolist() == minhash(hashes, 64).tolist()


@pytest.mark.parametrize(
    ("one", "other", "exact"),
    [
        ("The talks ended, she said.", "THE TALKS  ended - she said", True),
        ("They didn't talk of café.", "They didn’t talk of cafe\u0301.", True),
        ("We wanted talks about reports.", "We want talking about reported.", False),
        ("It cost $5 million.", "It cost €5 million.", False),
        ("It cost $5 million.", "It cost $ 5 million.", True),
    ],
)
def test_exact_copies_have_one_wording(
    article: Callable[..., Article], one: str, other: str, exact: bool
) -> None:
    made = [sketch(article(text), SETTINGS).wording for text in (one, other)]
    assert (made[0] == made[1]) is exact


def test_a_credit_at_the_end_of_a_line_is_no_part_of_it(article: Callable[..., Article]) -> None:
    text = "The ferry sank on Monday. (Reuters)"
    bare = article(text)
    credited = bare.annotated(bare.provenance, [Mark("agency", "credit", 26, 35)])
    assert (
        sketch(credited, SETTINGS).wording == sketch(article("The ferry sank on Monday."), SETTINGS).wording
    )
