"""pyphen is the oracle."""

from __future__ import annotations

from functools import cache

import pyphen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.quality.hyphens import Hyphens

LANGUAGES = ["en_US", "de", "es", "fr", "it", "nl", "pl", "ru", "hu", "pt"]
WORDS = (
    "hyphenation antidisestablishmentarianism ferry a it the donaudampfschifffahrtsgesellschaft schifffahrt öffentlichkeit "
    "république aujourd'hui développement città straordinaria árboles corazón niño voorzitter lettergrepen rzeczpospolita "
    "правительство международный asszonnyal fennköltebb governação r2d2 2024 nordhaven's co-operation x ''"
).split()
hyphens, oracle = cache(Hyphens), cache(lambda language: pyphen.Pyphen(lang=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_equal_to_pyphen(language: str) -> None:
    for word in WORDS:
        assert hyphens(language).count(word) == len(oracle(language).positions(word)), word


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(["en_US", "de", "fr"]), st.text("abcdefghilmnoprstuvzäöüéè.'0", min_size=0, max_size=25)
)
def test_equal_on_anything(language: str, word: str) -> None:
    assert hyphens(language).count(word) == len(oracle(language).positions(word))
