"""How far a line of English sounds like a reader who comments, and how far like a report.

A logistic regression over words that say nothing of the subject (pronouns, contractions, conjunctions, verbs of saying, …) and the ways of
typing. What stands in quotation marks is left out: people speak in the first person in reports, too. `scripts/train_tone.py` makes the weights.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from provcheck.resources import data_file

WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)*")
_QUOTED = re.compile(r"[“\"][^”\"]{15,}(?:[”\"]|$)")
_PERSONAL = frozenset(
    "i me my mine i'm i've i'd i'll you your yours you're you've you'll u ur we we're we've we'd our us let's myself yourself".split()
)
_SPEAKER = re.compile(r"(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}|Q|A) ?: ")
_END = frozenset(".!?…\"”')’:;»")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
_SPACING = re.compile(r"\s(?:[,;!?](?!\d)|\.(?:\s|$))|[a-z],[a-zA-Z]|[a-z][.!?][A-Z][a-z]|\w {2,}\w")
_DOUBLED = re.compile(r"[!?]{2}")
_SLANG = re.compile(
    r"\b(?:u|ur|lol|imo|imho|btw|wtf|omg|gonna|wanna|dont|cant|isnt|wont|doesnt|didnt|im|thats|theyre|youre|ya|yup|nope|haha|ps)\b(?![.’'])",
    re.I,
)
_HANDLE = re.compile(r"(?:^|\s)@\w")
# ways of typing that editors mend
CARELESS = frozenset(("*small", "*dots", "*doubled", "*spacing", "*slang", "*handle"))
_SHORT = 8  # words
MOST = 8.0  # how far one line may go
REPORT = -2.2  # mean tone of a report at the most
HEAVIEST = 30  # marks, above which a longer line weighs no more


@dataclass(frozen=True, slots=True)
class Tone:
    """What one line sounds like.

    score: log-odds of a comment, bounded by ±8. evidence: how many marks it rests on. personal: words of the first and second person
    outside quotation marks, in lines that do not open with one. speaker: whether it opens with the name of who speaks, as interviews do.
    careless: the ways of typing in it that editors mend, of `CARELESS`.
    """

    score: float
    evidence: int
    personal: int
    speaker: bool
    careless: frozenset[str]


def weighed(tones: Iterable[Tone]) -> tuple[float, int]:
    """The scores of some lines, each weighed by its marks, added up; and the sum of the weights. Their quotient is the mean tone."""
    total, weight = 0.0, 0
    for tone in tones:
        own = min(tone.evidence, HEAVIEST)
        total, weight = total + own * tone.score, weight + own
    return total, weight


def tone_of(line: str) -> Tone:
    """The tone of a line without white space around it."""
    weights, bias = _weights()
    words, marks = read_line(line)
    known = [weights[mark] for mark in marks if mark in weights]
    return Tone(
        max(-MOST, min(MOST, bias + sum(known))),
        len(known),
        0 if line[0] in '“"' else sum(word in _PERSONAL for word in words),
        _SPEAKER.match(line) is not None,
        CARELESS.intersection(marks),
    )


def read_line(line: str) -> tuple[list[str], list[str]]:
    """The words of a line outside quotation marks, and its marks: each word once, and the ways of typing, which start with "*"."""
    bare = _QUOTED.sub(" ", line)
    words = WORD.findall(bare.lower().replace("’", "'"))
    return words, [*sorted(set(words)), *(f"*{mark}" for mark in _typing(line, bare, len(words)))]


def _typing(line: str, bare: str, words: int) -> Iterator[str]:
    told = (
        ("small", line[:1].islower()),
        ("open", words >= 4 and line[-1:] not in _END),
        ("exclaims", "!" in bare),
        ("asks", "?" in bare),
        ("dots", ".." in bare or "…" in bare),
        ("doubled", _DOUBLED.search(line)),
        ("shouts", _SHOUTED.search(bare)),
        ("links", "http" in line or "www." in line),
        ("spacing", _SPACING.search(bare)),
        ("slang", _SLANG.search(bare)),
        ("handle", _HANDLE.search(line)),
        ("short", 0 < words < _SHORT),
    )
    return (name for name, true in told if true)


@cache
def _weights() -> tuple[dict[str, float], float]:
    told = json.loads(data_file("tone.json").read_text("utf-8"))
    return told["weights"], told["bias"]
