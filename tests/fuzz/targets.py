"""What is fuzzed: each target takes any bytes, and nothing may come of them but an answer or an error with a sentence for people."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import numpy as np

from provcheck.archive.packing import Vocabulary, unpacked
from provcheck.checker import Checker
from provcheck.errors import ProvcheckError
from provcheck.groups.sketch import sketch
from provcheck.intake.files import read_documents
from provcheck.model import Document, Problem
from provcheck.names.compare import compare_names
from provcheck.names.roster import read_roster
from provcheck.relations.side_by_side import compare
from provcheck.reports.html import HtmlReport
from provcheck.reports.jsonl import encode
from provcheck.rulebook.ruleset import load
from provcheck.run import scan_records
from provcheck.settings import GroupSettings, Settings
from provcheck.settings_file import configure

TOLD = (ProvcheckError, OSError)  # what the command line turns into one sentence
_KINDS = (
    ".txt",
    ".html",
    ".jsonl",
    ".csv",
    ".parquet",
    ".warc",
    ".txt.gz",
    ".jsonl.gz",
    ".warc.gz",
    ".csv.gz",
)


@contextmanager
def _file(name: str, raw: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("FUZZ_FOLDER")) as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        yield path


def _text(raw: bytes) -> str:
    """What an intake may hand on: any text, half a pair of surrogates now and then among it."""
    text = raw.decode("utf-8", "replace")
    return text.replace("\ufffd", "\ud83d") if raw[:1] == b"\xed" else text


@cache
def _checker() -> Checker:
    return Checker()


def rules(raw: bytes) -> None:
    """A rule file: refused with its mistakes, or it runs."""
    with _file("pack.yaml", raw) as path:
        settings = Settings(rules=(str(path),), shipped_rules=False)
        with suppress(*TOLD):
            Checker(settings, rules=load(settings)).check(Document(id="a", text=_ARTICLE))


def settings(raw: bytes) -> None:
    """A settings file, a roster or a file of suppressions, by the first byte."""
    kind, raw = raw[:1], raw[1:]
    with suppress(*TOLD):
        if kind < b"\x60":
            with _file("provcheck.toml", raw) as path:
                configure(path, {})
        elif kind < b"\xb0":
            with _file("people.yaml", raw) as path:
                read_roster(str(path))
        else:
            with _file("known.yaml", raw) as path:
                configure(None, {"suppressions": str(path)})


def intake(raw: bytes) -> None:
    """A file of any kind, by the first byte: documents and problems, and at least one of them."""
    kind = _KINDS[(raw[0] if raw else 0) % len(_KINDS)]
    body = raw[1:]
    if kind.endswith(".gz") and len(raw) % 2:
        body = gzip.compress(body, 1, mtime=0)
    with _file("input" + kind, body) as path:
        found = list(read_documents([str(path)], Settings()))
    assert found, "passed over in silence"
    for item in found:
        assert isinstance(item, Problem) or item.text.strip()
        encode(item) if isinstance(item, Problem) else item.text.encode("utf-8")


def names(raw: bytes) -> None:
    """Two names, either way round."""
    one, _, other = _text(raw).partition("\n")
    found, turned = compare_names(one, other), compare_names(other, one)
    assert 0 <= found.score <= 1 and abs(found.score - turned.score) < 1e-9


def article(raw: bytes) -> None:
    """A text under all shipped rules: quotes, datelines, bylines, sign-offs, dates; every place lies in the text."""
    document = Document(
        id="a", text=_text(raw), title=_text(raw[:60]), published="2024-10-08", source="a.example"
    )
    result = _checker().check(document)
    for finding in result.findings:
        assert 0 <= finding.start <= finding.end <= len(document.text)
        assert finding.line >= 1 and finding.column >= 1
    encode(result.record)
    assert len(result.cleaned) <= len(document.text)
    found = sketch(result.article, GroupSettings())
    assert bool((found.starts < found.ends).all())


def pair(raw: bytes) -> None:
    """Two texts, side by side: alignment, shared passages, drift of names, quotes and figures."""
    one, _, other = _text(raw).partition("\n\n\n")
    compare(Document(id="a", text=one), Document(id="b", text=other or one[::-1]), _checker())


def report(raw: bytes) -> None:
    """A whole scan as an HTML page: nothing of the texts becomes markup."""
    text = _text(raw)
    stream = io.BytesIO()
    page = HtmlReport(stream)
    with _file(f"{'a' if not raw else raw[:6].hex()}.txt", text.encode("utf-8", "replace") or b"x") as path:
        for record in scan_records([str(path.parent)], watch=page.watch, rules=_checker().rules):
            page.add(record)
    page.close()
    html = stream.getvalue().decode("utf-8")
    start, end = html.index("<body>"), html.rindex("<script>")
    inside = html[start:end].lower()
    for mark in ("<img", "<svg", "onerror=", "<iframe", "<style", "javascript:"):
        assert mark not in inside or mark == "javascript:" or "&lt;" in inside


def archived(raw: bytes) -> None:
    """The bytes of a sketch as an archive keeps it, which may have been damaged."""
    words = Vocabulary()
    words.extend(np.arange(300, dtype=np.uint32), np.arange(300, dtype=np.uint32))
    for data in (raw, zlib.compress(raw)):
        with suppress(ValueError, zlib.error):
            unpacked(data, words, "a", None, None)


_ARTICLE = "By Ann Holm\n\nNORDHAVEN (Reuters) - The ferry “struck the rocks”, Anna Brandt said on Monday.\n\nSee also: Storm\n"
TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (rules, settings, intake, names, article, pair, report, archived)
}


def beginnings(name: str) -> Iterator[bytes]:
    """Inputs to start from: our own rule packs and invented articles."""
    root = Path(__file__).parents[2]
    texts = [path.read_bytes()[:1_500] for path in sorted((root / "seeds").glob("*.txt"))[:8]]
    if name == "rules":
        for path in sorted((root / "rules").glob("*.yaml")):
            yield path.read_bytes()[:1_200]
    elif name == "settings":
        yield b'\x01[levels]\n"names" = "off"\n[policy]\ncopies = "drop"\n[groups]\ncut = 0.9\n'
        yield b"\x70- name: Anna Brandt\n  variants: [Ana Brandt]\n"
        yield b"\xc0- rule: names\n  reason: known\n  expires: 2030-01-01\n"
    elif name == "intake":
        yield b'\x02{"id": "a", "text": "The ferry sank."}\n'
        yield b"\x03id,text\n1,The ferry sank.\n"
        yield b"\x01<html><head><title>F</title></head><body><article><p>The ferry sank.</p></article></body></html>"
        yield b"\x05WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4\r\n\r\nHTTP\r\n\r\n"
        yield b"\x04PAR1\x15\x00PAR1"
    elif name == "names":
        yield b"Qin Gang\nChen Gang"
        yield "Владимир Зеленский\nVolodymyr Zelenskyy".encode()
    elif name == "archived":
        yield np.uint32(2).tobytes() + bytes(26)
    else:
        yield from texts
        yield "“Quote” he said. (AP) — (Reporting by A B; Editing by C D) <script>alert(1)</script> \u202e".encode()
