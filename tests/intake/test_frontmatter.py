"""What Markdown files say of themselves above their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from provcheck import Checker, Document, Settings
from provcheck.intake.files import read_documents
from provcheck.intake.frontmatter import read_front_matter

PAGE = """---
title: Ferry sinks off Nordhaven
date: 2024-05-04
source: https://coast.example/ferry
author:
  - Ana Brandt
  - Joe Pike
---

The ferry sank off Nordhaven on Monday with sixty people aboard, the coast guard said.

It had left Maren at dawn.
"""


def test_fields_by_our_names() -> None:
    assert read_front_matter(PAGE) == {
        "title": "Ferry sinks off Nordhaven",
        "url": "https://coast.example/ferry",
        "published": "2024-05-04",
        "byline": "Ana Brandt, Joe Pike",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank.",
        "---\nno: [yaml\n---\nThe ferry sank.",
        "---\n- a\n- list\n---\nThe ferry sank.",
        "The ferry.\n---\ntitle: x\n---\n",
        "---\ntitle: x\n",
    ],
)
def test_what_is_none(text: str) -> None:
    assert read_front_matter(text) == {}


def test_the_text_stays_and_the_block_is_no_part_of_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE, "utf-8")
    (document,) = read_documents([str(tmp_path)], Settings())
    assert isinstance(document, Document)
    assert document.text == PAGE
    assert document.title == "Ferry sinks off Nordhaven"
    result = Checker().check(document)
    assert result.cleaned.startswith("---\ntitle: Ferry")
    body = [line.stripped for line in result.article.body if line.stripped]
    assert body[0].startswith("The ferry sank off Nordhaven")
