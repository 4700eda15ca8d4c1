"""What many rules cost: a scan of one corpus with 50, 200 and 1,000 pattern rules.

usage: python benchmarks/rules.py CORPUS.jsonl[.gz] [DOCUMENTS]

The rules are invented phrases of two words from the corpus, each with alternatives, as users write them. Prints CPU seconds
for the same documents, and the ratio to 50 rules: quote ratios, machines differ.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from provcheck.checker import Checker
from provcheck.intake.files import read_documents
from provcheck.model import Document
from provcheck.settings import Settings


def pack(words: list[str], count: int) -> str:
    draw = random.Random(1)
    rules = []
    for number in range(count):
        one, two, three = draw.sample(words, 3)
        rules.append(
            f"  - id: r{number}\n    check: pattern\n    category: c\n    message: m\n    at: start\n"
            f"    pattern: ['{one} (?:the |our )?{two}', 'more {two}s? (?:here|below)', '{three} {one}']\n"
        )
    return "pack: many\nrules:\n" + "".join(rules)


def main(corpus: str, most: int) -> None:
    read = (item for item in read_documents([corpus], Settings()) if isinstance(item, Document))
    documents = list(islice(read, most))
    words = sorted(
        {w for d in documents for w in d.text.split() if w.isalpha() and w.isascii() and len(w) > 5}
    )
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for count in (50, 200, 1_000):
            path = Path(folder) / f"many{count}.yaml"
            path.write_text(pack(words, count), "utf-8")
            checker = Checker(Settings(rules=(str(path),), shipped_rules=False))
            for document in documents[:20]:  # tables and patterns are made when first asked for
                checker.check(document)
            started = time.process_time()
            for document in documents:
                checker.check(document)
            spent = time.process_time() - started
            first = first or spent
            print(
                f"{count:5} rules: {spent:6.2f} s CPU for {len(documents)} documents, {spent / first:.2f} times 50 rules"
            )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)
