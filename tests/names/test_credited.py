from __future__ import annotations

import pytest

from provcheck.names.credited import parse_credit

R, A, W, E, BY = "reporting", "additional-reporting", "writing", "editing", "author"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Reporting by Ana Brandt in Oslo; Editing by Joe Pike)", [("Ana Brandt", R), ("Joe Pike", E)]),
        ("Coverage by Ana Brandt in Oslo. Additional reporting by Lu Wei in Xi'an, Sophie Yu and Ben Marsh in Taipei, Writing by Al Grey",
         [("Ana Brandt", R), ("Lu Wei", A), ("Sophie Yu", A), ("Ben Marsh", A), ("Al Grey", W)]),
        ("By Ursula von der Leyen and Mohammed bin Salman", [("Ursula von der Leyen", BY), ("Mohammed bin Salman", BY)]),
        ("(Geschrieben von Scot W. Steven, redigiert von Ralf Bode. Bei Rückfragen)", [("Scot W. Steven", W), ("Ralf Bode", E)]),
        ("Written by Simon Cameron-Hale", [("Simon Cameron-Hale", W)]),
        ("By Staff Reporter", []),
        ("Edited by the Oslo newsroom", []),
    ],
)  # fmt: skip
def test_names_and_roles(text: str, expected: list[tuple[str, str]]) -> None:
    found = list(parse_credit(text))
    assert [(credited.name, credited.role) for credited in found] == expected
    assert all(text[c.start : c.end] == c.name for c in found)
