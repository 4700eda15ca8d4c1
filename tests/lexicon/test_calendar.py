from __future__ import annotations

import re

import pytest

from provcheck.lexicon.calendar import ENGLISH_MONTHS, MONTH_OF, WEEKDAY_OF, rule_patterns


@pytest.mark.parametrize(
    "day",
    [
        "May 4",
        "4 May 2025",
        "9 Jänner",
        "12 de febrero de 2024",
        "Sept. 3rd, 2021",
        "1er août 2024",
        "août 5",
    ],
)
def test_days_of_many_languages(day: str) -> None:
    assert re.fullmatch(rule_patterns()["day"], day, re.I)


@pytest.mark.parametrize("words", ["12 markets", "5 decades", "March of 40 men", "set 3 goals"])
def test_words_that_begin_as_months_do_are_no_days(words: str) -> None:
    assert not re.match(rf"(?:{rule_patterns()['day']})$", words, re.I)


def test_every_month_and_weekday_has_its_number() -> None:
    assert set(MONTH_OF.values()) == set(range(1, 13)) and set(WEEKDAY_OF.values()) == set(range(7))
    assert [MONTH_OF[name] for name in ENGLISH_MONTHS] == list(range(1, 13))
