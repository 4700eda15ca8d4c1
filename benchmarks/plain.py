"""The plain way, as many would write it: loop over all patterns, textstat, langdetect, datasketch. Prints documents and CPU seconds.

usage: python benchmarks/plain.py CORPUS.jsonl PATTERNS.json COUNT

No names, no provenance, no stories, no verification. textstat is given its dictionary, which it would fetch from the network.
"""

from __future__ import annotations

import json
import re
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import langdetect
import regex
import textstat
from datasketch import MinHash, MinHashLSH
from textstat.backend.counts import _count_syllables

from provcheck.quality.readability import METRICS, _words_of


def compile_any(source: str, ignore_case: bool) -> Any:
    """By `re`; by the package `regex` what needs classes such as \\p{Lu}."""
    source = re.sub(r"\\x\{(\w+)\}", lambda match: re.escape(chr(int(match[1], 16))), source)
    try:
        return re.compile(source, re.MULTILINE | (re.IGNORECASE if ignore_case else 0))
    except re.error:
        return regex.compile(source, regex.MULTILINE | (regex.IGNORECASE if ignore_case else 0))


class Dictionary(dict[str, Any]):
    def __missing__(self, word: str) -> list[list[str]]:
        return [["A0"] * _words_of("en").facts(word)[0]]


def main(corpus: str, patterns: str, count: int) -> None:
    _count_syllables.get_cmudict = lambda lang: Dictionary()
    compiled = [
        compile_any(source, ignore) for source, ignore in json.loads(Path(patterns).read_text("utf-8"))
    ]
    langdetect.DetectorFactory.seed = 0
    with Path(corpus).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, count)]
    langdetect.detect_langs(texts[0])
    index = MinHashLSH(threshold=0.5, num_perm=128)
    started = time.process_time()
    for number, text in enumerate(texts):
        found = [match.span() for pattern in compiled for match in pattern.finditer(text)]
        figures = [getattr(textstat, metric)(text) for metric in METRICS]
        language = langdetect.detect_langs(text)
        words = text.lower().split()
        values = MinHash(num_perm=128)
        for at in range(len(words) - 2):
            values.update(" ".join(words[at : at + 3]).encode())
        near = index.query(values)
        index.insert(number, values)
        assert figures and language and found is not None and near is not None
    print(json.dumps({"documents": len(texts), "cpu": time.process_time() - started}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
