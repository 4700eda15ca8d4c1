"""Grow a corpus to many times its size without making copies: the same input and count give the same bytes.

usage: python benchmarks/grow.py CORPUS.jsonl[.gz] COUNT OUTPUT.jsonl [--gold GOLD.json GROWN.json]

Round after round, each document is written again with other words: every word beyond the 300 most frequent stands for
another of about its own frequency, and every number for another of its length, the same one throughout a round. So planted copies stay copies within their round, two
rounds share no text, and words keep the frequencies by which the cost of a scan grows. The vocabulary grows as that of news does (Heaps' law, with the exponent of Reuters RCV1:
Manning, Raghavan and Schütze 2008, section 5.1.1): in each round so many of the rarest words become words that no other round has. `--gold` grows the
groups, too.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from provcheck.intake.files import read_documents
from provcheck.model import Document
from provcheck.settings import Settings

WORD = re.compile(r"[^\W\d_]{3,}")
TOKEN = re.compile(r"[^\W\d_]{3,}|\d{2,}")
KEPT, BUCKET = 300, 400  # most frequent words that stay; words of neighbouring ranks that change places
HEAPS = 0.49
VOWELS, CONSONANTS = "aeiou", "bcdfghklmnprstvw"


def new_words(vocabulary: int, number: int) -> int:
    """How many words round `number` (from 1) brings that no round before had."""
    return round(vocabulary * ((number + 1) ** HEAPS - number**HEAPS))


def substitutes(ranked: list[str], number: int) -> dict[str, str]:
    """For round `number`, each lower-case word's other word; round 0 changes nothing."""
    if number == 0:
        return {}
    draw = random.Random(number)
    found: dict[str, str] = {}
    fresh = len(ranked) - new_words(len(ranked), number)
    for start in range(KEPT, fresh, BUCKET):
        bucket = ranked[start : min(start + BUCKET, fresh)]
        found.update(zip(bucket, draw.sample(bucket, len(bucket)), strict=True))
    found.update((word, invented(word, number)) for word in ranked[fresh:])
    return found


def invented(word: str, number: int) -> str:
    """A word of the same build, with the same last two letters."""
    draw = random.Random(f"{number} {word}")
    letters = (draw.choice(VOWELS if letter in VOWELS else CONSONANTS) for letter in word[:-2])
    return "".join(letters) + word[-2:]


def rewritten(text: str, words: dict[str, str], number: int) -> str:
    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdigit():
            return str(random.Random(f"{number} {word}").randrange(10 ** (len(word) - 1), 10 ** len(word)))
        new = words.get(word.lower(), word.lower())
        return new.upper() if word.isupper() else new.capitalize() if word[0].isupper() else new

    return TOKEN.sub(other, text) if words else text


def grow(corpus: str, count: int) -> Iterator[dict[str, str]]:
    documents = [d for d in read_documents([corpus], Settings()) if isinstance(d, Document)]
    counted = Counter(word for d in documents for word in WORD.findall(d.text.lower()))
    ranked = sorted(counted, key=lambda word: (-counted[word], word))
    written = 0
    for number in itertools.count():
        words = substitutes(ranked, number)
        for document in documents[: count - written]:
            yield {"id": f"{document.id}-{number}", "text": rewritten(document.text, words, number)}
        written += len(documents)
        if written >= count:
            return


def main(corpus: str, count: int, output: str, gold: list[str]) -> None:
    made = set()
    with Path(output).open("w", encoding="utf-8") as stream:
        for document in grow(corpus, count):
            made.add(document["id"])
            stream.write(json.dumps(document, ensure_ascii=False) + "\n")
    if gold:
        groups = json.loads(Path(gold[0]).read_text("utf-8"))["groups"]
        rounds = range(1 + max(int(name.rpartition("-")[2]) for name in made))
        grown = [
            [f"{name}-{n}" for name in group if f"{name}-{n}" in made] for n in rounds for group in groups
        ]
        kept = [group for group in grown if len(group) > 1]
        Path(gold[1]).write_text(json.dumps({"groups": kept}), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 4 or "-h" in sys.argv or "--help" in sys.argv:
        sys.exit(__doc__)
    rest = sys.argv[4:]
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], rest[1:3] if rest[:1] == ["--gold"] else [])
