"""Words by the compiled loop are those of the plain way, whatever the text."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.groups import tokens as module
from provcheck.groups.tokens import CAPITAL, NUMBER, tokens, words

LETTERS = st.text("aBé1_ '’.\n—ⅷ٣ß\u0301", max_size=60)


@pytest.mark.skipif(find_spec("numba") is None, reason="needs provcheck[fast]")
@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), LETTERS))
def test_compiled_words_are_the_plain_ones(text: str) -> None:
    compiled = import_module("provcheck.groups.compiled")
    plain = module._plain(text)
    for _ in range(2):  # words that are met, and words that are known
        found = module._numbers.tokens(text, compiled)
        if found is None:
            assert any(ord(c) > 0xFFFF or module._DENSE.match(c) for c in text)
            continue
        for one, other in zip(found, plain, strict=True):
            assert np.array_equal(one, other)


@pytest.mark.skipif(find_spec("numba") is None, reason="needs provcheck[fast]")
def test_the_table_grows_and_forgets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = import_module("provcheck.groups.compiled")
    table = module._Numbers()
    texts = [" ".join(f"w{start + at}" for at in range(3_000)) for start in range(0, 60_000, 3_000)]
    first = [table.tokens(text, compiled) for text in texts]
    assert len(table._table[0]) > 1 << 15
    for text, found in zip(texts, first, strict=True):
        assert np.array_equal(table.tokens(text, compiled).numbers, found.numbers)  # type: ignore[union-attr]
        assert np.array_equal(found.numbers, module._plain(text).numbers)  # type: ignore[union-attr]


def test_apostrophes_digits_and_scripts_without_spaces() -> None:
    def of(text: str) -> list[str]:
        found = tokens(text)
        return [text[a:b] for a, b in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]

    assert of("O’Neil's 'rock’n’roll' in 1999_x") == ["O’Neil", "s", "rock’n", "roll", "in", "1999", "x"]
    assert of("北京电 ok") == ["北京", "京电", "ok"]
    kinds = words.kinds[tokens("Anna met 12").numbers].tolist()
    assert kinds == [CAPITAL, 0, NUMBER]


@pytest.mark.parametrize("compiled", [False, True])
def test_marks_and_what_nobody_sees_stay_inside_words(compiled: bool) -> None:
    module_ = pytest.importorskip("provcheck.groups.compiled") if compiled else None

    def words_of(text: str) -> list[str]:
        found = module._numbers.tokens(text, module_) if module_ is not None else module._plain(text)
        assert found is not None
        return [text[a:b] for a, b in zip(found.starts.tolist(), found.ends.tolist(), strict=True)]

    def numbers(text: str) -> list[int]:
        found = module._numbers.tokens(text, module_) if module_ is not None else module._plain(text)
        assert found is not None
        return words.stems[found.numbers].tolist()

    assert words_of("सरकार ने किसानों को दी") == ["सरकार", "ने", "किसानों", "को", "दी"]
    assert words_of("die Haf\u00aden\u00adbe\u00adhörde") == ["die", "Haf\u00aden\u00adbe\u00adhörde"]
    assert numbers("die Haf\u00aden\u00adbe\u00adhörde") == numbers("die Hafenbehörde")
    assert numbers("Behörde") == numbers("Beho\u0308rde")
    assert words_of("\u0301 a") == ["a"]  # a mark alone begins no word
