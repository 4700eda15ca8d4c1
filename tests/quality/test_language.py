"""Labels and probabilities are langdetect's own with seed 0; langdetect itself is the oracle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect import detector_factory

from provcheck.arrays.speedup import Compiled
from provcheck.model import Language
from provcheck.quality import language
from provcheck.quality.language import UNKNOWN, detect, probabilities
from provcheck.quality.profiles import gram_key, profiles

TEXTS = [
    "Der Präsident sagte am Montag, dass die Verhandlungen  fortgesetzt werden. Siehe http://example.org/a?b=1",
    "Le président a déclaré lundi que les négociations se poursuivraient, mail a@example.org",
    "中国外交部长在北京会见了美国国务卿，双方进行了坦诚的会谈。 hello",
    "日本の首相は月曜日に記者会見を開いた。",
    "Thủ tướng nói hôm thứ Hai rằng cuộc đàm phán sẽ tiếp tục",
    "قال رئيس الوزراء يوم الاثنين إن المفاوضات ستستمر",
    "Η κυβέρνηση ανακοίνωσε ΝΕΑ μέτρα",
    "THE FERRY sank OFF Nordhaven",
    "12345 !!",
    "",
]


@cache
def _factory() -> Any:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.set_seed(0)
    return factory


def oracle(text: str) -> list[tuple[str, float]]:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text)
    try:
        return [(language.lang, language.prob) for language in detector.get_probabilities()]
    except LangDetectException:
        return []


def same(text: str) -> None:
    ours, theirs = probabilities(text), oracle(text)
    assert [code for code, _ in ours] == [code for code, _ in theirs]
    assert [p for _, p in ours] == pytest.approx([p for _, p in theirs], abs=1e-9)


@pytest.mark.parametrize("text", TEXTS)
def test_equal_to_langdetect(text: str) -> None:
    same(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("abcdeABÄäéñçß ЖжиÝ中国日のあرسثไทย한국.,’ởã12"), max_size=200))
def test_equal_to_langdetect_on_any_mixture(text: str) -> None:
    same(text)


def test_short_and_unclear_texts_are_unknown() -> None:
    assert detect("Hi") == UNKNOWN == detect("12 345 678 901 234 567 890 123")


def test_threads_agree_from_the_first_call() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(detect, [TEXTS[0] * 3] * 16))
    assert found == [Language("de", found[0].confidence)] * 16


def test_the_shipped_table_is_langdetects_own() -> None:
    """Every probability, bit for bit; a new langdetect asks for `scripts/make_languages.py`."""
    factory = detector_factory.DetectorFactory()
    factory.load_profile(detector_factory.PROFILES_DIRECTORY)
    known = profiles()
    assert sorted(factory.langlist) == known.languages
    order = [known.languages.index(name) for name in factory.langlist]
    row = {int(key): index for index, key in enumerate(known.slots.keys)}
    assert len(row) == len(factory.word_lang_prob_map)
    for gram, expected in factory.word_lang_prob_map.items():
        assert known.table[row[gram_key(gram)]][order].tolist() == list(expected)


@pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
@settings(deadline=None)
@given(st.one_of(st.sampled_from(TEXTS), st.text(max_size=200)))
def test_compiled_loops_give_the_same(text: str) -> None:
    plain = probabilities(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_compiled", Compiled("provcheck.quality.compiled", 1))
        compiled = probabilities(text)
    assert [code for code, _ in plain] == [code for code, _ in compiled]
    assert [p for _, p in plain] == pytest.approx([p for _, p in compiled], abs=1e-12)
