"""Given names of many languages, and nothing that opens a headline as something else."""

from __future__ import annotations

import pytest

from provcheck.names.given import is_given_name


@pytest.mark.parametrize(
    "name", ["simone", "meenal", "ebere", "sinéad", "eitan", "ravinder", "bob", "anne-lise", "dwi"]
)
def test_given_names(name: str) -> None:
    assert is_given_name(name)


@pytest.mark.parametrize(
    "name", ["paris", "monday", "harbour", "senate", "police", "world-class", "gaza", ""]
)
def test_words_that_are_none(name: str) -> None:
    assert not is_given_name(name)
