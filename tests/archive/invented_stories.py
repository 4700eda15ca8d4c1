"""Invented stories by the hundred: each of words of its own, so that only what is meant to be alike is."""

from __future__ import annotations

import random

from provcheck.archive.archive import entry_of
from provcheck.archive.entry import Entry, Parameters
from provcheck.article import Article
from provcheck.model import Document
from provcheck.settings import GroupSettings

WHOLE = Parameters(text="whole")
_COMMON = "the of a in to and was said on that by for with at from as it had were".split()


def story(seed: int, sentences: int = 12) -> str:
    """A text of about 15 words a sentence, half of them rare."""
    draw = random.Random(seed)
    made = ["".join(draw.choices("bcdfglmnprstvaeiou", k=draw.randint(5, 9))) for _ in range(60)]
    return "\n".join(
        " ".join(draw.choice(made if draw.random() < 0.5 else _COMMON) for _ in range(15)).capitalize() + "."
        for _ in range(sentences)
    )


def entry(name: str, text: str, **known: str) -> Entry:
    return entry_of(Article(Document(id=name, text=text, **known)), WHOLE, GroupSettings())  # type: ignore[arg-type]
