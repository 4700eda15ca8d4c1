"""Sentences of a text, and where a line ends one. All offsets are code points of the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from provcheck.lexicon.calendar import SHORT_MONTHS, SHORT_WEEKDAYS
from provcheck.text.lines import Line
from provcheck.text.words import DENSE

END_MARKS = frozenset(".!?…。！？؟।")
CLOSERS = "\"'”’»)]›」』■●♦◆◼"  # and what papers set behind the last sentence of all

_ABBREVIATIONS = frozenset(
    f"""{" ".join((*SHORT_MONTHS, *SHORT_WEEKDAYS))} mr mrs ms dr prof sen rep gov gen col lt sgt capt maj cmdr adm st jr sr rev hon pres
    no vs etc inc ltd co corp est approx dept univ fig vol ed eds bros ph
    u.s u.k u.n e.u a.m p.m d.c i.e e.g""".split()
)
# The first of the end marks in a row; that none stands before it is asked after it, since a search for a set of characters is fast.
_SENTENCE_END = re.compile(r"[.!?…](?<![.!?…][.!?…])[.!?…]*[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[\w])")
_CJK_SENTENCE_END = re.compile("[。！？]+[」』”’）]*")
_LAST_TOKEN = re.compile(r"[\w.]+$")


def ends_sentence(line: str) -> bool:
    """Whether a line closes with an end mark, closing quotes and brackets aside."""
    tail = line.rstrip().rstrip(CLOSERS)
    return bool(tail) and tail[-1] in END_MARKS


def runs_on(line: str, following: str) -> bool:
    """Whether a sentence runs from a line into the next one: a paragraph that was broken."""
    return following.lstrip()[:1].islower() and not ends_sentence(line)


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, which should be one paragraph."""
    begin = start
    dense = not text.isascii() and DENSE.search(text, start, min(end, start + 200))
    pattern = _CJK_SENTENCE_END if dense else _SENTENCE_END
    for mark in pattern.finditer(text, start, end):
        if text[mark.start()] == "." and _is_abbreviation(text, begin, mark.start()):
            continue
        yield _trim(text, begin, mark.end())
        begin = mark.end()
    if text[begin:end].strip():
        yield _trim(text, begin, end)


def sentences_of_lines(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The spans of `sentence_spans` of each of some lines, in order; for lines of one script in one pass over the text."""
    if not text.isascii() and DENSE.search(text):
        return [span for line in lines for span in sentence_spans(text, line.start, line.end)]
    ends = [
        mark.end()
        for mark in _SENTENCE_END.finditer(text)
        if text[mark.start()] != "." or not _is_abbreviation(text, 0, mark.start())
    ]
    found, at, count = [], 0, len(ends)
    for line in lines:
        begin, stop = line.start, line.end
        while at < count and ends[at] <= begin:
            at += 1
        while at < count and ends[at] <= stop:
            found.append(_trim(text, begin, ends[at]))
            begin = ends[at]
            at += 1
        if begin < stop and not text[begin:stop].isspace():
            found.append(_trim(text, begin, stop))
    return found


def _is_abbreviation(text: str, begin: int, dot: int) -> bool:
    before = text[max(begin, dot - 12) : dot]
    word = before[max(before.rfind(" "), before.rfind("\n"), before.rfind("\r")) + 1 :]
    if not word.isalnum():
        token = _LAST_TOKEN.search(word)
        if token is None:
            return False
        word = token.group()
    return len(word) == 1 or word.casefold() in _ABBREVIATIONS


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
