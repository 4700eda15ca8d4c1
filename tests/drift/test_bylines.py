"""Authors of copies and outlets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from provcheck.checker import Checker
from provcheck.drift.bylines import find_author_changes, find_author_spellings
from provcheck.model import Document
from provcheck.names.roster import KnownPerson, Roster

STORY = "The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said.\n\n"
Signed = Callable[..., list]


@pytest.fixture(scope="module")
def articles(checker: Checker) -> Callable[..., list]:
    def make(*credits: str, known: tuple[str, ...] = ()) -> list:
        roster = Roster(tuple(KnownPerson(name) for name in known))
        mine = Checker(rules=checker.rules, roster=roster)
        return [mine.check(Document(id=str(n), text=STORY + c)).article for n, c in enumerate(credits)]

    return make


def spellings(found: list) -> list[tuple[str, str]]:
    return [(s.odd, s.usual) for s in find_author_spellings(found)]


def test_the_rarer_spelling_is_the_odd_one(articles: Signed) -> None:
    signed = ["Reporting by Humeyra Pamuk", "Reporting by Humeyra Pamuk", "Reporting by Hamira Pamuk"]
    assert spellings(articles(*signed)) == [("Hamira Pamuk", "Humeyra Pamuk")]


def test_the_roster_knows_better_than_the_many(articles: Signed) -> None:
    signed = ["Reporting by Hamira Pamuk", "Reporting by Hamira Pamuk", "Reporting by Humeyra Pamuk"]
    assert spellings(articles(*signed, known=("Humeyra Pamuk",))) == [("Hamira Pamuk", "Humeyra Pamuk")]
    both = ("Humeyra Pamuk", "Hamira Pamuk")
    assert spellings(articles(*signed, known=both)) == [], "both are known: two persons"


@pytest.mark.parametrize("other", ["H. Pamuk", "Ana Brandt", "Humeyra A. Pamuk", "Joe Pamuk"])
def test_other_forms_and_other_authors(articles: Signed, other: str) -> None:
    assert spellings(articles("Reporting by Humeyra Pamuk", f"Reporting by {other}")) == []


@pytest.mark.parametrize(
    ("third", "change"),
    [
        ("", "lost"),
        ("Reporting by Joe Pike", "replaced"),
        ("Reporting by Humeyra Pamuk and Joe Pike", "added"),
    ],
)
def test_changed_authors(articles: Signed, third: str, change: str) -> None:
    signed = articles(
        "Reporting by Humeyra Pamuk", "Reporting by Humeyra Pamuk; Editing by Ana Brandt", third
    )
    (found,) = find_author_changes(signed)
    assert (found.article.id, found.change, found.usual) == ("2", change, ("Humeyra Pamuk",))


def test_editors_differ_by_custom_and_one_credit_says_nothing(articles: Signed) -> None:
    assert list(find_author_changes(articles("Reporting by Humeyra Pamuk", "", ""))) == []
    signed = articles(*["Reporting by Humeyra Pamuk"] * 2, "Reporting by Humeyra Pamuk; Editing by Joe Pike")
    assert list(find_author_changes(signed)) == []


def test_a_hyphen_makes_no_other_author(articles: Signed) -> None:
    signed = ["Reporting by Tom Ellery-Shaw", "Reporting by Tom Ellery Shaw", "Reporting by Gemma Hollis"]
    changed = find_author_changes(articles(*signed))
    assert [(found.article.id, found.change) for found in changed] == [("2", "replaced")]


def test_the_usual_name_does_not_depend_on_the_run() -> None:
    code = (
        "from provcheck.checker import Checker; from provcheck.model import Document\n"
        "from provcheck.drift.bylines import find_author_spellings\n"
        "checker = Checker()\n"
        "names = ['Joan Cowalski'] * 3 + ['Jan Kowalski'] * 2 + ['Johan Kovalsky']\n"
        f"found = [checker.check(Document(id=str(n), text={STORY!r} + f'Reporting by {{name}}')).article for n, name in enumerate(names)]\n"
        "print([(s.odd, s.usual) for s in find_author_spellings(found)])"
    )
    told = [
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": str(n)}, capture_output=True, text=True, check=True).stdout
        for n in (0, 3)
    ]  # fmt: skip
    assert told[0] == told[1]
