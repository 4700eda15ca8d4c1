"""Walks inputs and reads each file by its kind."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, BinaryIO, TypeVar

import msgspec

from provcheck.errors import UsageError
from provcheck.intake.ahead import read_ahead
from provcheck.intake.decode import UnreadableError, decode
from provcheck.intake.earlier import EARLIER, is_report
from provcheck.intake.frontmatter import read_front_matter
from provcheck.intake.pages import extract, read_warc
from provcheck.intake.records import RecordReader, each_json, each_object
from provcheck.intake.streams import Bounds, read_bytes, read_lines
from provcheck.intake.tables import read_csv, read_parquet
from provcheck.model import Document, Problem
from provcheck.settings import Settings

Read = Iterator[Document | Problem]
_Path = TypeVar("_Path", bound=PurePath)
_MARKDOWN = ".md"
_TEXT = (".txt", _MARKDOWN)
_HTML = (".html", ".htm")
_JSON = (".jsonl", ".ndjson")
_OBJECT = ".json"
_CSV, _PARQUET, _WARC = ".csv", ".parquet", ".warc"
REPEATED = "repeats an id of this scan; the first was kept (--field id=NAME takes ids from another field)"
MANIFEST = "provcheck-manifest.jsonl"  # what `clean` writes beside the texts is none of them
SUFFIXES = (*_TEXT, *_HTML, *_JSON, _OBJECT, _CSV, _PARQUET, _WARC)
_PEEKED = 64  # bytes of standard input that tell whether it is JSON Lines
ONE_DOCUMENT = (*_TEXT, *_HTML)  # a file is one, with what its sidecar says


def read_documents(inputs: Iterable[str], settings: Settings, distinct: bool = True) -> Read:
    """Documents and problems of all inputs, in input order; the files of a folder sorted by path.

    An id that an earlier input of the scan already has is a problem, unless each file is for itself (`distinct` is false).
    Raises UsageError for an input that does not exist.
    """
    paths = list(inputs)
    for name in paths:
        if name != "-" and not os.path.lexists(name):
            raise UsageError(f"{name}: no such file or folder")
    seen: set[str] = set()
    for item in _read_inputs(paths, settings):
        if isinstance(item, Document):
            if distinct and item.id in seen:
                yield Problem(path=item.path or "-", id=item.id, reason=REPEATED)
                continue
            seen.add(item.id)
        yield item


def _read_inputs(paths: Sequence[str], settings: Settings) -> Read:
    for name in paths:
        if name == "-":
            yield from _read_stream(sys.stdin.buffer, settings)
            continue
        found = sources([name], alone=len(paths) == 1)
        for source in read_ahead(found, _path_of) if Path(name).is_dir() else found:
            if isinstance(source, Problem):
                yield source
            else:
                yield from read_source(source, settings)


def _path_of(item: Source | Problem) -> Path | None:
    return item.path if isinstance(item, Source) else None


@dataclass(frozen=True)
class Source:
    """A file to read.

    shown: its path as records show it. identity: its name within its input, the id of a file that is one document.
    """

    path: Path
    shown: str
    identity: str


def sources(inputs: Sequence[str], alone: bool | None = None) -> Iterator[Source | Problem]:
    """The files that `read_documents` reads, in its order, and what cannot be entered.

    alone: whether names are within the one input, or paths as given; if None, by how many inputs there are.
    """
    alone = len(inputs) == 1 if alone is None else alone
    for name in inputs:
        root = Path(name)
        if not root.is_dir():
            yield Source(root, _shown(root), _clean_name(root.name if alone else root.as_posix()))
            continue
        empty = True
        for item in _walk(root):
            empty = False
            if isinstance(item, Problem):
                yield item
            else:
                yield Source(item, _shown(item), _shown(item.relative_to(root) if alone else item))
        if empty:
            known = " ".join(SUFFIXES)
            yield Problem(
                path=_shown(root),
                reason=f"the folder holds nothing to read; read are {known}, each also .gz",
            )


def _walk(root: Path) -> Iterator[Path | Problem]:
    """Readable files below a folder, sorted, each folder once however links lead there."""
    entered: set[tuple[int, int]] = set()
    stack = [root]
    while stack:
        folder = stack.pop()
        try:
            status = folder.stat()
            key = (status.st_dev, status.st_ino)
            if key in entered:
                yield Problem(
                    path=_shown(folder),
                    reason="is a symbolic link into a folder that was read already; skipped",
                )
                continue
            entered.add(key)
            names = sorted(path.name for path in folder.iterdir())
            aside = sidecars_among(names)
        except OSError as error:
            yield Problem(path=_shown(folder), reason=f"the folder cannot be read: {_reason(error)}")
            continue
        below = []
        for entry in names:
            path = folder / entry
            try:
                is_folder = path.is_dir()
            except OSError as error:  # a path that is longer than the system takes
                yield Problem(path=_shown(path), reason=f"cannot be read: {_reason(error)}")
                continue
            if is_folder:
                below.append(path)
            elif is_read(entry) and entry not in aside:
                yield path
        stack.extend(reversed(below))


def is_read(name: str) -> bool:
    """Whether a file of a folder is read, by its name: of a kind that we know, not hidden, and no manifest of `clean`."""
    return kind_of(Path(name)) is not None and not name.startswith(".") and name != MANIFEST


def sidecars_among(names: Collection[str]) -> frozenset[str]:
    """Which names of a folder are those of sidecars: metadata of a text or page beside them."""
    found = {name for name in names if name.endswith(_OBJECT)}
    if not found:
        return frozenset()
    owners = (PurePath(name) for name in names if kind_of(Path(name)) in ONE_DOCUMENT)
    return frozenset(found.intersection(str(sidecar) for owner in owners for sidecar in sidecar_names(owner)))


def kind_of(path: Path) -> str | None:
    """The suffix that says how a file is read, `.gz` aside; None for files that are not read."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in SUFFIXES else None


def read_source(source: Source, settings: Settings, reader: RecordReader | None = None) -> Read:
    """The documents of one file, and what of it cannot be read. reader: of its records, if it has some."""
    path, shown = source.path, source.shown
    reader = reader or RecordReader(shown, settings.fields)
    kind = kind_of(path)
    bounds = Bounds(settings.max_line_bytes, settings.expansion)
    try:
        if path.is_dir() or not path.is_file():
            raise OSError(None, "it is no regular file, or a link that leads nowhere")
        if kind in _JSON:
            with path.open("rb") as stream:
                packed = path.stat().st_size if path.suffix.lower() == ".gz" else None
                yield from _not_empty(each_json(reader, read_lines(stream, packed, bounds)), shown)
        elif kind == _OBJECT:
            yield from _not_empty(each_object(reader, read_bytes(path, bounds), source.identity), shown)
        elif kind == _CSV:
            yield from _not_empty(read_csv(path, reader, bounds), shown)
        elif kind == _PARQUET:
            yield from _not_empty(read_parquet(path, reader), shown)
        elif kind == _WARC:
            yield from _not_empty(read_warc(path, shown), shown)
        else:
            yield _read_one(source, kind, bounds)
    except UnreadableError as error:
        yield Problem(path=shown, id=source.identity, reason=error.reason, where=error.where)
    except OSError as error:
        yield Problem(path=shown, id=source.identity, reason=f"cannot be read: {_reason(error)}")


def _not_empty(items: Read, shown: str) -> Read:
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield Problem(path=shown, reason="holds no document")


def _read_one(source: Source, kind: str | None, bounds: Bounds) -> Document | Problem:
    """A file that is one document, with what its front matter and its sidecar `NAME.json` say."""
    shown, identity = source.shown, source.identity
    text = decode(read_bytes(source.path, bounds))
    if not text.strip():
        return Problem(path=shown, id=identity, reason="the file is empty")
    found: Document | Problem
    if kind in _HTML:
        found = extract(text, identity, shown) if not is_report(text) else Problem(path=shown, reason=EARLIER)
    else:
        stated: dict[str, Any] = dict(read_front_matter(text)) if kind == _MARKDOWN else {}
        found = Document(id=identity, text=text, path=shown, **stated)
    return found if isinstance(found, Problem) else _with_sidecar(found, source.path)


def _with_sidecar(document: Document, path: Path) -> Document | Problem:
    sidecar = sidecar_of(path)
    if sidecar is None:
        return document
    try:
        record = msgspec.json.decode(sidecar.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = f"the sidecar is not JSON, so {document.path} is left out: {error}"
        return Problem(path=_shown(sidecar), id=document.id, reason=reason)
    except OSError as error:
        return Problem(
            path=_shown(sidecar), id=document.id, reason=f"the sidecar cannot be read: {_reason(error)}"
        )
    if not isinstance(record, dict):
        reason = f"the sidecar is not a JSON object, so {document.path} is left out"
        return Problem(path=_shown(sidecar), id=document.id, reason=reason)
    names = ("title", "url", "published", "source", "byline", "language")
    known: dict[str, Any] = {name: str(record[name]) for name in names if record.get(name)}
    extra = {key: value for key, value in record.items() if key not in (*names, "id", "text")}
    return msgspec.structs.replace(document, **known, extra={**document.extra, **extra})


def sidecar_of(path: Path) -> Path | None:
    """The file of metadata beside a text or a page: `NAME.json` or `NAME.txt.json`."""
    return next((sidecar for sidecar in sidecar_names(path) if sidecar.is_file()), None)


def sidecar_names(path: _Path) -> tuple[_Path, _Path]:
    """Where it may be, the first counting."""
    return path.with_suffix(".json"), path.with_name(path.name + ".json")


def _read_stream(stream: BinaryIO, settings: Settings) -> Read:
    """Standard input: JSON Lines if its first character is a brace, else one text."""
    bounds = Bounds(settings.max_line_bytes, settings.expansion)
    first = stream.peek(_PEEKED) if hasattr(stream, "peek") else b"{"
    if first.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        yield from _not_empty(
            each_json(RecordReader("-", settings.fields), read_lines(stream, None, bounds)), "-"
        )
        return
    try:
        text = decode(stream.read())
    except UnreadableError as error:
        yield Problem(path="-", reason=error.reason, where=error.where)
        return
    yield (
        Document(id="-", text=text, path="-")
        if text.strip()
        else Problem(path="-", reason="standard input is empty")
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).rstrip(".").lower()


def _shown(path: Path) -> str:
    return _clean_name(path.as_posix())


def _clean_name(name: str) -> str:
    """A path that any output can carry: undecodable bytes become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
