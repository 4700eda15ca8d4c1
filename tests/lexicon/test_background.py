from __future__ import annotations

from provcheck.lexicon.background import is_known, stem_of


def test_stems_are_light() -> None:
    assert stem_of("ferries") == stem_of("ferry's") == "ferry"
    assert stem_of("rescued") == stem_of("rescues")
    assert stem_of("boss") == "boss"


def test_words_of_general_news_are_known_and_slips_are_not() -> None:
    assert is_known("minister") and is_known("Minister") and is_known("Britain")
    assert not is_known("Ztevenage") and not is_known("Wickremeshinghe")
