"""Sentences that are told: in which nobody speaks to the reader, and nobody of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from provcheck.model import Span
from provcheck.resources import read_lines
from provcheck.text.sentences import ends_sentence, sentence_spans
from provcheck.text.words import count_words

_SIGN = re.compile(r"(?<=[.!?]) (?=©)")
_LABEL = re.compile(r"\W*[^,.?!]{1,60}[:|»>]\s")
_FEWEST = 5  # words of a statement
_PARAGRAPH = 12  # words of statements that are a paragraph, to whose end something was glued


@cache
def _asking() -> re.Pattern[str]:
    """What no statement has: words of address anywhere, words that ask at the start of a sentence."""
    address = "|".join(read_lines("address.pattern"))
    imperative = "|".join(read_lines("imperative.pattern"))
    return re.compile(
        rf"(?<!\w)(?:{address})(?!\w)|©|https?:|www\.|@\w|(?:^\W*|[.!?:;|»>–—-]\W{{1,8}})\b(?:(?:or|and|to|also|just) )?(?:{imperative})(?!\w)",
        re.I,
    )


@cache
def _attributed() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(read_lines('attributed.pattern'))})", re.I)


def is_attributed(text: str) -> bool:
    """Whether a line says whose words it begins with: "Sign up now, reads the banner."; headlines behind a label ("Read more: …") do not count."""
    return _LABEL.match(text) is None and _attributed().search(text.rstrip()) is not None


def is_statement(text: str) -> bool:
    """Whether a text consists of ended sentences in which nobody is asked or addressed: "Residents can sign up at the town hall."."""
    words = text.strip()
    return (
        words[:1].isupper()
        and ends_sentence(words)
        and count_words(words) >= _FEWEST
        and _asking().search(words) is None
    )


def asking_part(text: str, first: int, last: int) -> Span | None:
    """The span of a paragraph that asks its reader for something in text[first:last], without the statements with which it begins.

    None where the sentences there are statements, too.
    """
    sentences = list(_sentences(text))
    there = [span for span in sentences if span[0] < last and span[1] > first]
    if there and is_statement(text[there[0][0] : there[-1][1]]):
        return None
    asking = (start for start, end in sentences if _asking().search(text[start:end]))
    start = min(next(asking, 0), there[0][0] if there else 0)
    told = count_words(text[:start]) >= _PARAGRAPH and is_statement(text[:start])
    return (start if told else 0, len(text))


def _sentences(text: str) -> Iterator[Span]:
    """The sentences of a paragraph; a copyright sign begins one."""
    marks = [0, *(match.end() for match in _SIGN.finditer(text)), len(text)]
    for start, end in pairwise(marks):
        yield from sentence_spans(text, start, end)
