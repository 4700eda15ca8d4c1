"""The parts of a document in which a rule may look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from provcheck.article import SHORT_WORDS, Article
from provcheck.text.lines import Line
from provcheck.text.patterns import Pattern

_ANCHOR = re.compile(r"[\^$]|\\[AzZbB]")
Scope = Literal["document", "head", "tail", "title", "paragraph", "line", "sentence", "quote", "sign-off"]
LINES = frozenset({"head", "tail", "paragraph", "line"})
Part = Literal[
    "text", "head", "short"
]  # where a pattern is looked for first; "short": the lines of few words


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document: its text and where it starts. A title stands nowhere in the text: `placed` is false."""

    text: str
    start: int
    line: Line | None = None
    placed: bool = True

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def pieces(article: Article, scope: Scope) -> Iterator[Piece]:
    """The pieces of one scope, in order.

    `line` each written line, `head` those within the first 80 words of running text, `tail` those of the second half, `paragraph`
    those of at least eight words that credit nobody, `sentence` and `quote` those of the body, `sign-off` the
    spans that rules of the first stage found, `title` the title of the record, `document` the whole text.
    """
    if scope == "document":
        yield Piece(article.text, 0)
    elif scope == "title":
        if article.document.title:
            yield Piece(article.document.title, 0, placed=False)
    elif scope == "sign-off":
        for mark in article.marks:
            if mark.category == "sign-off":
                yield Piece(article.text[mark.start : mark.end], mark.start)
    elif scope in ("sentence", "quote"):
        spans = article.sentences if scope == "sentence" else [(q.start, q.end) for q in article.quotes]
        for start, end in spans:
            yield Piece(article.text[start:end], start)
    else:
        for line in _lines(article, scope):
            yield Piece(line.text, line.start, line)


def _lines(article: Article, scope: Scope) -> Iterator[Line]:
    if scope == "paragraph":
        starts = {start for start, _ in article.paragraphs}
        yield from (line for line in article.written if line.start in starts)
    else:
        yield from {"line": article.written, "head": article.head, "tail": article.tail}[scope]


def stage_of(*scopes: Scope) -> Literal[0, 1]:
    """Sign-offs, paragraphs, sentences and quotes are told from credits, which the first stage finds."""
    return 1 if set(scopes) & {"sign-off", "paragraph", "sentence", "quote"} else 0


def needs_of(*scopes: Scope) -> frozenset[str]:
    """The metadata without which a scope is empty."""
    return frozenset({"title"}) if "title" in scopes else frozenset()


def prefilter_of(pattern: Pattern, scope: Scope) -> Pattern | None:
    """The pattern, or one that RE2 takes, if every piece of the scope that it matches shows in the whole text, too."""
    if scope == "title":
        return None
    inside_lines = scope in ("sentence", "quote", "sign-off")  # `^` and `$` mean other places there
    return None if inside_lines and _ANCHOR.search(pattern.source) else pattern.for_re2()


def part_of(scope: Scope, max_words: int | None) -> Part:
    """The least part of a text that holds every piece of a scope with at most so many words."""
    if scope == "head":
        return "head"
    return "short" if scope in LINES and max_words is not None and max_words <= SHORT_WORDS else "text"


def texts_of(article: Article, part: Part) -> tuple[str, ...]:
    """What to search in place of a part of an article: each of its lines stands in one of these as it is."""
    if part == "text":
        return (article.text,) if article.searched is article.text else (article.text, article.searched)
    return (article.head_text if part == "head" else article.short_text,)
