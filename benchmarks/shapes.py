"""The same texts in files of other shapes: what must not fall off a cliff. Each writes to a folder and says how many bytes of text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path


def _texts(corpus: Path) -> list[str]:
    with corpus.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _size(texts: list[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def one_file(corpus: Path, folder: Path) -> int:
    (folder / "all.jsonl").write_bytes(corpus.read_bytes())
    return _size(_texts(corpus))


def gzipped(corpus: Path, folder: Path) -> int:
    with gzip.open(folder / "all.jsonl.gz", "wb", compresslevel=6) as target:
        target.write(corpus.read_bytes())
    return _size(_texts(corpus))


def many_files(corpus: Path, folder: Path) -> int:
    texts = _texts(corpus)
    for number, text in enumerate(texts):
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
    return _size(texts)


def long_lines(corpus: Path, folder: Path) -> int:
    """Every article on one line."""
    texts = [" ".join(text.split()) for text in _texts(corpus)]
    with (folder / "all.jsonl").open("w", encoding="utf-8") as target:
        for number, text in enumerate(texts):
            target.write(json.dumps({"id": str(number), "text": text}) + "\n")
    return _size(texts)


def huge_documents(corpus: Path, folder: Path) -> int:
    """A hundred articles in each document."""
    texts = _texts(corpus)
    joined = ["\n\n".join(texts[at : at + 100]) for at in range(0, len(texts), 100)]
    for number, text in enumerate(joined):
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    return _size(joined)


SHAPES: list[tuple[str, Callable[[Path, Path], int]]] = [
    ("one JSON Lines file", one_file),
    ("the same, gzip", gzipped),
    ("a file for each article", many_files),
    ("every article on one line", long_lines),
    ("a hundred articles in each document", huge_documents),
]
