"""Patterns that YAML or RE2 read in another way than they were written."""

from __future__ import annotations

import pytest

from provcheck.rulefile.traps import trap_in


@pytest.mark.parametrize(
    ("pattern", "quoted", "behind", "said"),
    [
        ("\bsend us\b", True, "", "has a control character: in double quotes YAML reads `\\b` as one"),
        ("Hafen\n", True, "", "ends in a line break"),
        ("Folge", False, " #\\d+ der Serie", "ends where YAML takes ` #` for the start of a comment"),
        (r"\bÖsterreich wählt", True, "", "has `\\bÖ`, which is never the edge of a word"),
        (r"die Größe und das Maß\b", True, "", "has `ß\\b`, which is never the edge of a word"),
    ],
)
def test_what_is_told(pattern: str, quoted: bool, behind: str, said: str) -> None:
    told = trap_in(pattern, quoted, behind, ascii_edges=True)
    assert told is not None
    assert told.startswith(said)


@pytest.mark.parametrize(
    ("pattern", "quoted", "behind", "ascii_edges"),
    [
        (r"\bsend us\b", True, "", True),
        (r"\bÖsterreich wählt", True, "", False),
        (r"(?:Österreich|Schweiz) wählt\b", True, " # the vote", True),
        (r"Folge \d+", False, "", True),
    ],
)
def test_what_is_left_alone(pattern: str, quoted: bool, behind: str, ascii_edges: bool) -> None:
    assert trap_in(pattern, quoted, behind, ascii_edges) is None
