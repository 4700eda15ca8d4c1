"""Text primitives: lines, words, sentences, quotes. All offsets are code points of the whole text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"\w+")
# A word as a reader counts it: inner apostrophes and hyphens do not split it.
READER_WORD = re.compile(r"\w+(?:['’\-‑]\w+)*")
KEPT_LENGTH = 1_000  # code points of a sentence that is kept for its copies; a table on one line is not
_CONTENT_LETTERS, _CONTENT_SHARE, _CONTENT_LEAST = 6, 0.5, 4
END_MARKS = frozenset(".!?…。！？؟।")
CLOSERS = "\"'”’»)]›」』■●♦◆◼"  # and what papers set behind the last sentence of all
_WORDS = re.compile(r"\w+")
_NOT_WORD = re.compile(r"\W+")
_HEADLINE = 3  # words at least
_CJK = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen col lt sgt capt maj cmdr adm st jr sr rev hon pres
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    no vs etc inc ltd co corp est approx dept univ fig vol ed eds bros ph
    u.s u.k u.n e.u a.m p.m d.c i.e e.g""".split()
)
# The first of the end marks in a row; that none stands before it is asked after it, since a search for a set of characters is fast.
_SENTENCE_END = re.compile(r"[.!?…](?<![.!?…][.!?…])[.!?…]*[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[\w])")
_CJK_SENTENCE_END = re.compile("[。！？]+[」』”’）]*")
_LAST_TOKEN = re.compile(r"[\w.]+$")

# Opening mark -> the marks that may close it. The same mark may open in one country and close in another.
_QUOTE_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"”', "‘": "’"}
_QUOTE_OPENS = re.compile(f"[{''.join(_QUOTE_PAIRS)}]")
_QUOTE_CLOSES = {opener: re.compile(f"[{closers}]") for opener, closers in _QUOTE_PAIRS.items()}


class Line(NamedTuple):
    """One line without its line break. `number` starts at 1."""

    number: int
    start: int
    end: int
    text: str

    @property
    def stripped(self) -> str:
        return self.text.strip()

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


class Quote(NamedTuple):
    """A direct quote: the span of its words, without the marks."""

    start: int
    end: int
    text: str


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text, split at "\\n" alone; a carriage return before it is not part of the line."""
    lines, start = [], 0
    for number, raw in enumerate(text.split("\n"), 1):
        body = raw[:-1] if raw.endswith("\r") else raw
        lines.append(Line(number, start, start + len(body), body))
        start += len(raw) + 1
    return tuple(lines)


def line_and_column(starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column (both from 1) of an offset, given the sorted offsets at which lines start."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def count_words(text: str) -> int:
    """Words as a reader counts them; in scripts without spaces, characters divided by two, about a word."""
    if text.isascii():
        return len(READER_WORD.findall(text))
    dense = len(_CJK.findall(text))
    return len(READER_WORD.findall(_CJK.sub(" ", text) if dense else text)) + (dense + 1) // 2


def plain_words(text: str) -> str:
    """A text in lower case, whatever stands between its words as one space."""
    return _NOT_WORD.sub(" ", text).strip().casefold()


def says_title(line: str, title: str | None) -> bool:
    """Whether a line says a title, behind which the name of the site may stand."""
    said = _WORDS.findall(line.casefold())
    return len(said) >= _HEADLINE and _WORDS.findall((title or "").casefold())[: len(said)] == said


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
    dense = not text.isascii() and _CJK.search(text, start, min(end, start + 200))
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
    if not text.isascii() and _CJK.search(text):
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


def quotes_of_lines(text: str, lines: Sequence[Line]) -> Iterator[Quote]:
    """Direct quotes of some lines of a text, in order; lines without a mark cost nothing."""
    opens = [mark.start() for mark in _QUOTE_OPENS.finditer(text)]
    at, count = 0, len(opens)
    for line in lines:
        while at < count and opens[at] < line.start:
            at += 1
        if at == count:
            return
        if opens[at] < line.end:
            yield from find_quotes(line)


def find_quotes(line: Line) -> Iterator[Quote]:
    """Direct quotes of one line (a paragraph), in all common marks.

    A quote that opens and is not closed in its paragraph runs to the paragraph's end, as newspapers set
    quotes of several paragraphs. Apostrophes do not open or close anything.
    """
    text, position = line.text, 0
    while (mark := _QUOTE_OPENS.search(text, position)) is not None:
        at = mark.start()
        position = at + 1
        if not _opens(text, at):
            continue
        close = _closing(text, at + 1, text[at])
        if close < 0:
            if text[at] not in "“„«" or text[:at].strip():
                continue
            close = len(text)
        inner = text[at + 1 : close]
        if WORD.search(inner):
            yield Quote(line.start + at + 1, line.start + close, inner)
        position = close + 1


def _opens(text: str, at: int) -> bool:
    if text[at] in "“„«「『":
        return True
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in "([—–-,:") and not after.isspace()


def _closing(text: str, start: int, opener: str) -> int:
    for mark in _QUOTE_CLOSES[opener].finditer(text, start):
        at = mark.start()
        after = text[at + 1] if at + 1 < len(text) else " "
        if text[at] == "’" and after.isalnum():
            continue  # an apostrophe
        if opener == '"' and text[at] == "”" and "“" in text[start:at]:
            continue  # the end of another quote
        return at
    return -1


def content_of(sentence: str) -> frozenset[str]:
    """The lower-case words of more than three letters, cut to six: what a sentence tells, names and numbers aside."""
    return _content_of(sentence) if len(sentence) <= KEPT_LENGTH else content_words(WORD.findall(sentence))


@lru_cache(1 << 13)
def _content_of(sentence: str) -> frozenset[str]:
    """Of sentences that copies of a story have in common."""
    return content_words(WORD.findall(sentence))


def content_words(words: Iterable[str]) -> frozenset[str]:
    """The same of a sentence whose words (of `WORD`) are known."""
    return frozenset(w[:_CONTENT_LETTERS] for w in words if len(w) > 3 and w.islower())


def share_content(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences are one: half of the shorter's content words, of at least four, stand in the longer."""
    shorter = min(len(one), len(other))
    return shorter >= _CONTENT_LEAST and len(one & other) >= _CONTENT_SHARE * shorter
