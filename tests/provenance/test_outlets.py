"""Names of outlets in running text."""

from __future__ import annotations

import pytest

from provcheck.provenance.outlets import known_outlets, outlets_in, small_outlets
from provcheck.text.patterns import Pattern

NOTHING = Pattern(r"\bHarbour Courier\b")


def named(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in outlets_in(text, NOTHING)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He told Nikkei Asia on Monday.", ["Nikkei Asia"]),
        (
            "He told the Washington Post, not Última Hora or RTÉ.",
            ["the Washington Post", "Última Hora", "RTÉ"],
        ),
        ("So Lloyd’s List put it; +972 Magazine did not.", ["Lloyd’s List", "+972 Magazine"]),
        ("The Verge said so, and a verge it was.", ["The Verge"]),
        ("The Harbour Courier said so", ["Harbour Courier"]),
        ("CNNs and xCNN are nothing, CNN is.", ["CNN"]),
        ("It was in the Independent Arabic edition.", []),
    ],
)
def test_the_longest_names_from_left_to_right(text: str, found: list[str]) -> None:
    assert named(text) == found


def test_every_known_name_is_found() -> None:
    missing = [
        name
        for name in known_outlets() - set(small_outlets())
        if not any(name in each for each in named(f"He told {name}, he said."))
    ]
    assert not missing
