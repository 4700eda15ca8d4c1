"""The figures by which web corpora choose their documents, as datatrove's filters compute them.

Gopher: Rae et al. 2021, "Scaling language models", appendix A1. C4: Raffel et al. 2020. FineWeb: Penedo et al. 2024. The
definitions are those of datatrove 0.10, quirks included, so that a document that stays here stays there. Words and
sentences are those of spaCy's blank English pipeline, which datatrove uses, too; it comes with `provcheck[corpus]`.
All shares run from 0 to 1 and are not rounded; what has no denominator is 0.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, cached_property, partial
from importlib.util import find_spec
from typing import Any

from provcheck.resources import data_file

_STOP_WORDS = frozenset({"the", "be", "to", "of", "and", "that", "have", "with"})
_DOTS = ("...", "…")
_C4_ENDS = (".", "?", "!", '"', "'")
_CITATION = re.compile(r"\[\d*]|\[edit]|\[citation needed]")
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
_LONGEST_WORD, _LEAST_WORDS = 1000, 3
_SHORT_LINE = 30  # characters


class CorpusFigures:
    """The figures of one text, each computed when it is first asked for. Raises ImportError without spaCy."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __getitem__(self, name: str) -> float:
        if name not in self._known:
            self._known[name] = float(FIGURES[name](self))
        return self._known[name]

    @cached_property
    def _known(self) -> dict[str, float]:
        return {}

    @cached_property
    def tokens(self) -> list[str]:
        return [word for token in _english().tokenizer(self.text) if (word := token.text.strip())]

    @cached_property
    def words(self) -> list[str]:
        """Tokens that are not marks alone."""
        marks = _marks()["punctuation"]
        return [token for token in self.tokens if any(character not in marks for character in token)]

    @cached_property
    def lines(self) -> list[str]:
        """Lines as FineWeb counts them: those that are not blank."""
        return [line for line in self.text.split("\n") if line.strip()]

    @cached_property
    def split(self) -> list[str]:
        """Lines as Gopher counts them: at every line break that Unicode knows, blank ones too."""
        return self.text.splitlines()

    @cached_property
    def c4(self) -> C4Lines:
        return C4Lines(self.text)


class C4Lines:
    """What C4 makes of the lines of a text: those it keeps, and whether something in them damns the document."""

    def __init__(self, text: str) -> None:
        self.kept: list[str] = []
        self.lorem = self.curly = False
        for line in text.splitlines():
            self._take(line.strip())

    def _take(self, line: str) -> None:
        words = line.split()
        line = _CITATION.sub("", line)
        if any(len(word) > _LONGEST_WORD for word in words) or len(words) < _LEAST_WORDS:
            return
        if not line.endswith(_C4_ENDS) or line.endswith("..."):
            return
        low = line.lower()
        if "lorem ipsum" in low:
            self.lorem = self.lorem or not self.curly
        elif "javascript" in low:
            return
        elif "{" in line:
            self.curly = self.curly or not self.lorem
        elif not any(phrase in low for phrase in _POLICY):
            self.kept.append(line)

    @cached_property
    def sentences(self) -> int:
        return sum(_sentences(line) for line in self.kept)


def is_available() -> bool:
    """Whether spaCy is installed."""
    return find_spec("spacy") is not None


@cache
def _english() -> Any:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 1 << 40
    return pipeline


@cache
def _marks() -> dict[str, frozenset[str]]:
    data = json.loads(data_file("webcorpus.json").read_text("utf-8"))
    return {name: frozenset(data[name]) for name in ("punctuation", "terminal")}


def _sentences(line: str) -> int:
    return max(1, sum(1 for _ in _english()(line).sents))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _repeats(pieces: Sequence[str]) -> list[str]:
    """Each later copy of a piece."""
    seen: set[str] = set()
    found = []
    for piece in pieces:
        if piece in seen:
            found.append(piece)
        seen.add(piece)
    return found


def _paragraphs(f: CorpusFigures) -> list[str]:
    return re.split(r"\n{2,}", f.text.strip())


def _broken_lines(f: CorpusFigures) -> list[str]:
    return re.split(r"\n+", f.text)


def _characters(pieces: Sequence[str]) -> int:
    return sum(map(len, pieces))


def _top_ngram(n: int, f: CorpusFigures) -> float:
    """Share of the characters that the most frequent n-gram fills; one that stands once counts, too."""
    grams = Counter(" ".join(f.tokens[at : at + n]) for at in range(len(f.tokens) - n + 1))
    if not grams:
        return 0.0
    gram, count = grams.most_common(1)[0]
    return _share(len(gram) * count, len(f.text))


def _repeated_ngrams(n: int, f: CorpusFigures) -> float:
    """Share of the characters that stand in n-grams met before; a repeated one is jumped over."""
    seen: set[str] = set()
    characters = at = 0
    while at < len(f.tokens) - n + 1:
        gram = "".join(f.tokens[at : at + n])
        if gram in seen:
            characters += len(gram)
            at += n
        else:
            seen.add(gram)
            at += 1
    return _share(characters, len(f.text))


FIGURES: dict[str, Callable[[CorpusFigures], float]] = {
    "gopher_words": lambda f: len(f.words),
    "mean_word_length": lambda f: _share(_characters(f.words), len(f.words)),
    "hash_ratio": lambda f: _share(f.text.count("#"), len(f.tokens)),
    "ellipsis_ratio": lambda f: _share(f.text.count("...") + f.text.count("…"), len(f.tokens)),
    "bullet_lines": lambda f: _share(sum(n.lstrip().startswith(("•", "-")) for n in f.split), len(f.split)),
    "ellipsis_lines": lambda f: _share(sum(n.rstrip().endswith(_DOTS) for n in f.split), len(f.split)),
    "alpha_words": lambda f: _share(sum(any(map(str.isalpha, t)) for t in f.tokens), len(f.tokens)),
    "stop_words": lambda f: len(_STOP_WORDS.intersection(f.words)),
    "dup_paragraphs": lambda f: _share(len(_repeats(_paragraphs(f))), len(_paragraphs(f))),
    "dup_paragraph_chars": lambda f: _share(_characters(_repeats(_paragraphs(f))), len(f.text)),
    "dup_lines": lambda f: _share(len(_repeats(_broken_lines(f))), len(_broken_lines(f))),
    "dup_line_chars": lambda f: _share(_characters(_repeats(_broken_lines(f))), len(f.text)),
    **{f"top_{n}gram": partial(_top_ngram, n) for n in (2, 3, 4)},
    **{f"dup_{n}gram": partial(_repeated_ngrams, n) for n in (5, 6, 7, 8, 9, 10)},
    "c4_lorem": lambda f: f.c4.lorem,
    "c4_curly": lambda f: f.c4.curly,
    "c4_sentences": lambda f: f.c4.sentences,
    "punct_lines": lambda f: _share(sum(n[-1] in _marks()["terminal"] for n in f.lines), len(f.lines)),
    "short_lines": lambda f: _share(sum(len(n) <= _SHORT_LINE for n in f.lines), len(f.lines)),
    "dup_filled_line_chars": lambda f: _share(_characters(_repeats(f.lines)), len(f.text.replace("\n", ""))),
    "newline_ratio": lambda f: _share(f.text.count("\n"), len(f.tokens)),
}
