"""The tokens of a text as hashes: words and marks, each with its line, and the hashed bag of words of each line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from provcheck.lines.letters import (
    CLASSES,
    DIGIT,
    LOWER,
    SPACE,
    UPPER,
    Codes,
    Hashes,
    classes_of,
    codes_of,
    hash_tokens,
    hash_word,
    mixed,
)

SLOTS = 1 << 15
STOP, SAID = 1, 2
_LEXICON = {
    STOP: "the a an of to in and that for on is was with as at by it he she they his her their from but be has have"
    " had are were this which who not or its been after will would about more than when one also into over out up no"
    " if there what all can we you i s",
    SAID: "said says told added according announced reported saying tells adds",
}
_HEAD, _TAIL, _WHOLE = (
    8,
    6,
    16,
)  # tokens of a line that count with their neighbours; shorter lines do as a whole
_IN_SHORT, _IN_LONG, _MIDDLE, _PAIR = (np.uint32(n) for n in (0x51ED27, 0x2A3C91, 0x7F11B3, 0x33333))
_FIRST, _LAST, _FIRST_TWO, _LAST_TWO, _FIRST_THREE = (
    np.uint32(n) for n in (0x1111111, 0x2222222, 0x3111111, 0x4222222, 0x5111111)
)
_MIX, _ODD = np.uint32(0x85EBCA6B), np.uint32(0x9E3779B1)
_TO_SLOT = np.uint32(17)


@dataclass(frozen=True, eq=False)
class Tokens:
    """Runs of letters and digits, and every other mark by itself, in the order of the text.

    classes and line_of_code are of each code point (blank lines go with the line above); the others of each token:
    its hash, its line, its position in the line, whether it is a word, what the lexicon knows of it, and its code
    points. `first` and `last` are the first and last token of each line.
    """

    classes: npt.NDArray[np.uint8]
    line_of_code: Codes
    hashes: Hashes
    line: Codes
    position: Codes
    is_word: npt.NDArray[np.bool_]
    lexicon: npt.NDArray[np.uint8]
    is_content: npt.NDArray[np.bool_]
    first: Codes
    last: Codes


@cache
def _lexicon() -> npt.NDArray[np.uint8]:
    """What is known of a word, by the upper half of its hash."""
    table = np.zeros(1 << 16, np.uint8)
    for bit, words in _LEXICON.items():
        for word in words.split():
            table[hash_word(word) >> 16] |= bit
    return table


def tokenise(text: str, starts: Codes) -> Tokens:
    """The tokens of a text whose written lines start at `starts`."""
    count = len(starts)
    codes = codes_of(text)
    classes = classes_of(codes)
    line_of_code = np.repeat(np.arange(count), np.diff(np.concatenate(([0], starts[1:], [len(codes)]))))
    wordly = np.zeros(CLASSES, np.bool_)
    wordly[[UPPER, LOWER, DIGIT]] = True
    in_word = wordly[classes]
    opens = classes != SPACE
    opens[1:] &= ~(in_word[1:] & in_word[:-1])
    begins = np.flatnonzero(opens)
    lengths = np.diff(np.append(begins, len(codes)))
    hashes = hash_tokens(codes, begins, lengths)
    line, is_word = line_of_code[begins], in_word[begins]
    ends = np.bincount(line, minlength=count).cumsum()
    firsts = ends - np.bincount(line, minlength=count)
    known = _lexicon()[hashes >> np.uint32(16)] * is_word
    content = is_word & (lengths >= 5) & (classes[begins] != DIGIT) & (known & STOP == 0)
    return Tokens(
        classes,
        line_of_code,
        hashes,
        line,
        np.arange(len(begins)) - firsts[line],
        is_word,
        known,
        content,
        firsts,
        ends - 1,
    )


def bag_of_words(tokens: Tokens, count: int) -> tuple[Codes, Codes]:
    """Line and slot of every hashed word, pair and line end of a document.

    Short lines count whole, of long ones the first eight and last six tokens in pairs, the middle as single words.
    """
    hashes, line, at = tokens.hashes, tokens.line, np.arange(count)
    size = tokens.last - tokens.first + 1
    brief = size[line] <= _WHOLE
    edge = brief | (tokens.position < _HEAD) | (tokens.position >= size[line] - _TAIL)
    space = np.where(edge, np.where(brief, _IN_SHORT, _IN_LONG), _MIDDLE)
    kept = edge | tokens.is_word
    paired = np.flatnonzero(edge[:-1] & edge[1:] & (line[:-1] == line[1:]))
    pairs = mixed(hashes[:-1] * np.uint32(3) + hashes[1:] * _ODD)
    two, three = np.flatnonzero(size > 1), np.flatnonzero(size > 2)
    triples = mixed(pairs[tokens.first[three]] * np.uint32(5) + hashes[tokens.first[three] + 2])
    lines = np.concatenate([line[kept], line[paired], at, at, two, two, three])
    slots = np.concatenate(
        [
            _slot(hashes[kept], space[kept]),
            _slot(pairs[paired], space[paired] ^ _PAIR),
            _slot(hashes[tokens.first], _FIRST),
            _slot(hashes[tokens.last], _LAST),
            _slot(pairs[tokens.first[two]], _FIRST_TWO),
            _slot(pairs[tokens.last[two] - 1], _LAST_TWO),
            _slot(triples, _FIRST_THREE),
        ]
    )
    return lines, slots


def _slot(hashes: Hashes, space: Hashes | np.uint32) -> Codes:
    return (((hashes ^ space) * _MIX) >> _TO_SLOT).astype(np.int64)
