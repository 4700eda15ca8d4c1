from __future__ import annotations

import pytest

import provcheck
from provcheck.checker import Checker


def test_a_text_alone_is_no_document() -> None:
    with pytest.raises(TypeError, match="Document"):
        Checker().check("The ferry sank.")  # type: ignore[arg-type]


def test_one_text_is_not_many() -> None:
    with pytest.raises(TypeError, match="many texts"):
        provcheck.near_copies("The ferry sank.")
