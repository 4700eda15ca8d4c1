"""`clean`: the same files without what is not the article, and a manifest that leads back."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import msgspec

from provcheck.checker import Checker
from provcheck.cleaning.manifest import ManifestWriter, new_folder, opened, safe_name
from provcheck.cleaning.originals import Placed, csv_rows, in_json, plain
from provcheck.errors import UsageError
from provcheck.intake.decode import bom_and_codec, decode_known
from provcheck.intake.files import Source, kind_of, sidecar_of, sources
from provcheck.intake.streams import Bounds, read_bytes
from provcheck.intake.tables import delimiter_of
from provcheck.model import CONFIDENCES, Confidence, Problem, Span
from provcheck.rulebook.ruleset import RuleSet
from provcheck.run import Examined, examine
from provcheck.runtime.workers import Workers
from provcheck.settings import Settings
from provcheck.text.cuts import cuts, without
from provcheck.text.lines import split_lines
from provcheck.text.spans import merge_spans

_TEXT, _LINES, _TABLE = (".txt", ".md"), (".jsonl", ".ndjson"), ".csv"
CLEANED = (*_TEXT, *_LINES, _TABLE)


@dataclass(frozen=True)
class Cleaned:
    """One document after cleaning: the spans of its text that went, none if it is kept for review."""

    path: str
    id: str
    text: str
    spans: tuple[Span, ...]
    review: bool = False


class _ChangedError(Exception):
    """A file that is not what it was when its documents were examined, or that cannot be written back exactly."""


def clean(
    inputs: Sequence[str],
    output: Path | None,
    settings: Settings,
    rules: RuleSet | None = None,
    min_confidence: Confidence = "low",
    workers: int = 1,
) -> Iterator[Cleaned | Problem]:
    """Each document of the inputs, cleaned; the files go to a new folder if one is named.

    A document that would lose all its text is left as it was and said to be for review. The folder appears when
    all is written, or not at all. Raises UsageError for inputs or outputs that cannot be, OSError for a disk
    that cannot be written.
    """
    if "-" in inputs:
        raise UsageError("clean reads files and folders; `Checker.check` or a scan read a stream")
    checker = Checker(msgspec.structs.replace(settings, link_documents=False), rules=rules)
    with Workers(workers) as pool:
        files = [each for each in sources(list(inputs)) if isinstance(each, Source)]
        run = _Run(
            settings,
            CONFIDENCES[CONFIDENCES.index(min_confidence) :],
            examine(list(inputs), checker, pool, with_article=True, compared=False, distinct=False),
            frozenset(each.shown for each in files),
        )
        if output is None:
            for each in files:
                yield from run.file(each.path, each.shown, None)
            yield from run.rest()
            return
        with new_folder(output, [Path(name) for name in inputs]) as folder:
            with ManifestWriter(folder, min_confidence) as manifest:
                for each in files:
                    path, name = each.path, each.identity
                    target = folder / safe_name(name)
                    if target.exists():
                        raise UsageError(
                            f"{name}: two inputs would be written to this name; clean them one by one"
                        )
                    target.parent.mkdir(parents=True, exist_ok=True)
                    yield from run.file(path, each.shown, _Target(target, safe_name(name), manifest))
                    if target.exists() and kind_of(path) in _TEXT:
                        _copy_sidecar(path, folder / safe_name(name), safe_name(name), manifest)
            yield from run.rest()


@dataclass(frozen=True)
class _Target:
    path: Path
    name: str
    manifest: ManifestWriter


@dataclass
class _Run:
    """One pass over the examined documents, file by file. Owned by one call of `clean`."""

    settings: Settings
    confidences: Sequence[Confidence]
    items: Iterator[Examined | Problem]
    known: frozenset[str]  # paths of the inputs, as records show them

    def file(self, path: Path, shown: str, target: _Target | None) -> Iterator[Cleaned | Problem]:
        """One file: its documents cleaned, its bytes without theirs written. A file with trouble is left out."""
        mine = self._items_of(shown)
        kind = kind_of(path)
        if kind not in CLEANED:
            for _ in mine:
                pass
            yield Problem(path=shown, reason=f"is not cleaned; {' '.join(CLEANED)} are, each also .gz")
            return
        told: list[Cleaned | Problem] = []
        try:
            if kind in _LINES:
                pieces = self._lines(path, shown, mine, told.append)
            else:
                pieces = self._whole(path, shown, kind or "", mine, told.append)
            if target is None:
                for _ in pieces:
                    yield from told
                    told.clear()
            else:
                for _ in _written(path, pieces, target, told):
                    yield from told
                    told.clear()
        except _ChangedError as error:
            told.append(Problem(path=shown, reason=f"is left out: {error}"))
        yield from told
        yield from (item for item in mine if isinstance(item, Problem))

    def rest(self) -> Iterator[Problem]:
        yield from (item for item in self.items if isinstance(item, Problem))

    def _items_of(self, shown: str) -> Iterator[Examined | Problem]:
        """The next items as long as they are of this file; those of files that are none (sidecars) among them."""
        for item in self.items:
            where = item.path if isinstance(item, Problem) else item.record.path
            if where != shown and where in self.known:
                self.items = chain([item], self.items)
                return
            yield item

    def _whole(
        self,
        path: Path,
        shown: str,
        kind: str,
        mine: Iterator[Examined | Problem],
        tell: Callable[[Cleaned | Problem], None],
    ) -> Iterator[tuple[bytes, list[Span]]]:
        """A file that is decoded as a whole: one text, or a table."""
        items = list(mine)
        if not any(isinstance(item, Examined) for item in items):
            for item in items:
                assert isinstance(item, Problem)
                tell(item)
            raise _ChangedError("nothing in it could be read")
        raw = read_bytes(path, Bounds(self.settings.max_line_bytes, self.settings.expansion))
        text, encoding = decode_known(raw)
        if kind == _TABLE:
            places = _cells(text, self.settings.fields.get("text", "text"))
            spans = [
                span
                for item, placed in _paired(items, places, tell)
                for span in self._cut(shown, item, placed, tell)
            ]
        else:
            pairs = _paired(items, iter([plain(text)]), tell)
            spans = [span for item, placed in pairs for span in self._cut(shown, item, placed, tell)]
        yield raw, _byte_spans(raw, text, encoding, spans)

    def _lines(
        self,
        path: Path,
        shown: str,
        mine: Iterator[Examined | Problem],
        tell: Callable[[Cleaned | Problem], None],
    ) -> Iterator[tuple[bytes, list[Span]]]:
        """JSON Lines, one line at a time."""
        name = self.settings.fields.get("text", "text")
        with closing(_read_lines(path)) as lines:
            for raw in lines:
                if not raw.strip():
                    yield raw, []
                    continue
                item = next(mine, None)
                if item is None:
                    raise _ChangedError("it has more lines than when it was read")
                if isinstance(item, Problem):
                    tell(item)
                    yield raw, []
                    continue
                line = raw.decode("utf-8")
                placed = in_json(line, name)
                if placed is None:
                    raise _ChangedError("it changed while it was read")
                yield raw, _byte_spans(raw, line, "utf-8", self._cut(shown, item, placed, tell))

    def _cut(
        self, shown: str, item: Examined, placed: Placed, tell: Callable[[Cleaned | Problem], None]
    ) -> list[Span]:
        """The spans of the file that go with what a document loses."""
        assert item.article is not None
        document = item.article.document
        if placed.text != document.text:
            raise _ChangedError("it changed while it was read")
        removable = merge_spans(
            (f.start, f.end)
            for f in item.record.findings
            if f.action == "remove" and f.confidence in self.confidences
        )
        spans = cuts(split_lines(document.text), removable)
        review = bool(spans) and not without(document.text, spans).strip()
        tell(Cleaned(shown, document.id, document.text, () if review else spans, review))
        return [] if review else placed.written(spans)


def _paired(
    items: list[Examined | Problem], places: Iterator[Placed], tell: Callable[[Cleaned | Problem], None]
) -> Iterator[tuple[Examined, Placed]]:
    """Documents with the places of their texts; each item, also a problem, is of one place."""
    for item in items:
        if isinstance(item, Problem):
            tell(item)
        placed = next(places, None)
        if isinstance(item, Examined):
            if placed is None:
                raise _ChangedError("it changed while it was read")
            yield item, placed


def _cells(text: str, name: str) -> Iterator[Placed]:
    """The text cell of each row below the header."""
    rows = csv_rows(text, delimiter_of(text))
    header = [cell.text for cell in next(rows, [])]
    at = len(header) - 1 - header[::-1].index(name) if name in header else -1
    for row in rows:
        yield row[at] if 0 <= at < len(row) else plain("")


def _read_lines(path: Path) -> Generator[bytes, None, None]:
    """The lines of a file as they stand. Raises _ChangedError where it cannot be read to its end."""
    try:
        with opened(path) as stream:
            yield from _raw_lines(stream)
    except (OSError, EOFError, zlib.error) as error:
        raise _ChangedError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline():
        yield line


def _byte_spans(raw: bytes, text: str, encoding: str, spans: Sequence[Span]) -> list[Span]:
    """Spans of a decoded text as spans of its bytes."""
    if not spans:
        return []
    mark, codec = bom_and_codec(raw, encoding)
    position, at, found = len(mark), 0, []
    for start, end in spans:
        position += len(text[at:start].encode(codec))
        size = len(text[start:end].encode(codec))
        found.append((position, position + size))
        position, at = position + size, end
    if position + len(text[at:].encode(codec)) != len(raw):
        raise _ChangedError(f"its {encoding} would not come back byte for byte; save it as UTF-8")
    return found


def _copy_sidecar(path: Path, target: Path, name: str, manifest: ManifestWriter) -> None:
    """The metadata of a text goes along, as it is."""
    sidecar = sidecar_of(path)
    if sidecar is None:
        return
    raw = sidecar.read_bytes()
    copy = target.with_name(sidecar.name)
    if copy.exists():
        return
    copy.write_bytes(raw)
    manifest.begin(PurePosixPath(name).with_name(sidecar.name).as_posix())
    digest = hashlib.sha256(raw).hexdigest()
    manifest.end(digest, digest, ())


def _written(
    path: Path, pieces: Iterator[tuple[bytes, list[Span]]], target: _Target, told: list[Cleaned | Problem]
) -> Iterator[None]:
    """Write the pieces of a file without their spans, and say so in the manifest."""
    original, cleaned, offset = hashlib.sha256(), hashlib.sha256(), 0
    review: list[str] = []
    target.manifest.begin(target.name)
    try:
        with opened(target.path, "wb") as stream:
            for raw, spans in pieces:
                review += [each.id for each in told if isinstance(each, Cleaned) and each.review]
                position = 0
                for start, end in spans:
                    target.manifest.cut(offset + start, raw[start:end])
                    kept = raw[position:start]
                    stream.write(kept)
                    cleaned.update(kept)
                    position = end
                stream.write(raw[position:])
                cleaned.update(raw[position:])
                original.update(raw)
                offset += len(raw)
                yield
    except _ChangedError:
        target.path.unlink(missing_ok=True)
        target.manifest.abandon()
        raise
    target.manifest.end(original.hexdigest(), cleaned.hexdigest(), review)
