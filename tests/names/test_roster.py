"""Known names: how a roster is read, and what it decides."""

from __future__ import annotations

from pathlib import Path

import pytest

import provcheck
from provcheck.checker import Checker
from provcheck.errors import UsageError
from provcheck.model import Document
from provcheck.names.roster import KnownPerson, Roster, read_roster

ROSTER = """people:
  - name: Humeyra Pamuk
    variants: [Hümeyra Pamuk]
    role: correspondent
    outlets: [Coast Mail]
  - name: Qin Gang
"""


def test_reading(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(ROSTER, "utf-8")
    roster = read_roster(str(path))
    assert roster.people[0] == KnownPerson(
        "Humeyra Pamuk", ("Hümeyra Pamuk",), "correspondent", ("Coast Mail",)
    )
    assert roster.knows("hümeyra pamuk") and not roster.knows("Hamira Pamuk")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("people: [", ":1:10: is not YAML"),
        ("names: []", "a roster is `people:`"),
        ("people:\n  - nom: X", "a roster is"),
        ("- x", "a roster is"),
    ],
)
def test_broken_rosters_say_where(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / f"{len(text)}.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_roster(str(path))
    assert says in str(caught.value) and path.name in str(caught.value)


def test_a_missing_roster() -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        provcheck.Checker(provcheck.Settings(roster="no/such.yaml"))


def test_who_is_meant() -> None:
    roster = Roster((KnownPerson("Humeyra Pamuk", outlets=("Coast Mail",)), KnownPerson("Qin Gang")))
    meant = roster.meant("Hamira Pamuk")
    assert meant is not None and meant[0].name == "Humeyra Pamuk" and "vowels differ" in meant[1]
    assert roster.meant("Hamira Pamuk", "Hill Times") is None, "she does not write there"
    assert roster.meant("Hamira Pamuk", "Coast Mail") is not None
    for other in ("Humeyra Pamuk", "Pamuk", "Orhan Pamuk", "Qin Yi", "H. Pamuk"):
        assert roster.meant(other) is None, other


def test_known_spellings_win_over_the_many(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    path.write_text("people:\n  - name: Chen Bao\n", "utf-8")
    story = "NORDHAVEN - Transport minister {} said on Monday that the ferry had been checked in spring. {} told reporters so."
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, name in enumerate(("Qin Bao", "Qin Bao", "Chen Bao")):
        (folder / f"{number}.txt").write_text(story.format(name, name.split()[0]), "utf-8")
    found = {
        roster: [
            f.suggestion
            for s in provcheck.scan([str(folder)], provcheck.Settings(roster=roster)).stories
            for f in s.findings
        ]
        for roster in (None, str(path))
    }
    assert "Qin Bao" in found[None]
    assert "Qin Bao" not in found[str(path)]


def test_a_rosters_spelling_is_right_however_rare(checker: Checker) -> None:
    text = "Katherine Hollis said the ferry was safe. {0} said so twice. {0} said it again. Kathryn Hollis said she knew."
    document = Document(id="a", text=text.format("Katherine Hollis"))
    roster = Roster((KnownPerson("Kathryn Hollis"),))
    found = Checker(rules=checker.rules, roster=roster).check(document).findings
    told = [(f.text, f.suggestion) for f in found if f.rule in ("names/name-variant", "names/known-name")]
    assert ("Katherine Hollis", "Kathryn Hollis") in told
