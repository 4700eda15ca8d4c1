"""The manifest of a cleaned folder: what was deleted where, and the way back to the originals.

A file of JSON Lines: a head; then for each file `begin`, its `cut`s in order, and `end` with the SHA-256 of the original
and of the cleaned bytes (of what is packed in a `.gz`). Offsets count bytes of the original.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

import msgspec

from provcheck._version import __version__
from provcheck.errors import UsageError
from provcheck.intake.files import MANIFEST as NAME
from provcheck.model import Confidence, Problem

SCHEMA = "provcheck.clean/1"
_STEP = 1 << 20


class Head(msgspec.Struct, frozen=True, kw_only=True, tag="head"):
    schema: str
    version: str
    min_confidence: Confidence


class Begin(msgspec.Struct, frozen=True, kw_only=True, tag="begin"):
    path: str


class Cut(msgspec.Struct, frozen=True, kw_only=True, tag="cut", omit_defaults=True):
    """What was deleted at a byte of the original: its text, or base64 if the bytes are not UTF-8."""

    at: int
    text: str | None = None
    base64: str | None = None

    @property
    def bytes(self) -> bytes:
        return base64.b64decode(self.base64 or "") if self.text is None else self.text.encode()


class End(msgspec.Struct, frozen=True, kw_only=True, tag="end"):
    """`review` names the documents that would have lost all their text and were left as they are."""

    original: str
    cleaned: str
    review: tuple[str, ...] = ()


class Abandoned(msgspec.Struct, frozen=True, kw_only=True, tag="abandoned"):
    """The file that was begun last is not there: it could not be cleaned."""


_Line = Head | Begin | Cut | End | Abandoned
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[_Line] = msgspec.json.Decoder(_Line)


class ManifestWriter:
    """Writes the manifest of one folder while its files are written."""

    def __init__(self, folder: Path, min_confidence: Confidence) -> None:
        self._stream = (folder / NAME).open("wb")
        self._write(Head(schema=SCHEMA, version=__version__, min_confidence=min_confidence))

    def __enter__(self) -> ManifestWriter:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()

    def begin(self, path: str) -> None:
        self._write(Begin(path=path))

    def cut(self, at: int, deleted: bytes) -> None:
        try:
            self._write(Cut(at=at, text=deleted.decode("utf-8")))
        except UnicodeDecodeError:
            self._write(Cut(at=at, base64=base64.b64encode(deleted).decode("ascii")))

    def end(self, original: str, cleaned: str, review: Sequence[str]) -> None:
        self._write(End(original=original, cleaned=cleaned, review=tuple(review)))

    def abandon(self) -> None:
        self._write(Abandoned())

    def _write(self, line: _Line) -> None:
        self._stream.write(_encoder.encode(line) + b"\n")


def restore(folder: Path, output: Path) -> Iterator[str | Problem]:
    """The originals of a cleaned folder, in a new folder: the name of each, or what is wrong with it.

    A cleaned file that changed since is a problem and is left out. Raises UsageError if the folder has no manifest.
    """
    path = folder / NAME
    if not path.is_file():
        raise UsageError(f"{folder}: has no {NAME}; restore takes a folder that clean wrote")
    with new_folder(output, [folder]) as target, path.open("rb") as stream:
        lines = (_line(raw, number, path) for number, raw in enumerate(stream, 1))
        for line in lines:
            if isinstance(line, Begin):
                yield _restore_file(folder, target, line.path, lines)


def _line(raw: bytes, number: int, path: Path) -> _Line:
    try:
        return _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}:{number}: is no line of a manifest: {error}") from None


NOT_CLEANED = "was not cleaned in the first place"


def _restore_file(folder: Path, target: Path, name: str, lines: Iterator[_Line]) -> str | Problem:
    source, written = folder / safe_name(name), target / safe_name(name)
    written.parent.mkdir(parents=True, exist_ok=True)
    original, cleaned = hashlib.sha256(), hashlib.sha256()
    reason = "the manifest ends before it does"
    try:
        with opened(source) as stream, opened(written, "wb") as out:
            position = 0
            for line in lines:
                if isinstance(line, Cut):
                    position += _copy(stream, out, line.at - position, cleaned, original)
                    out.write(line.bytes)
                    original.update(line.bytes)
                    position += len(line.bytes)
                    continue
                _copy(stream, out, None, cleaned, original)
                if isinstance(line, End):
                    if (cleaned.hexdigest(), original.hexdigest()) == (line.cleaned, line.original):
                        return name
                    reason = "it changed since it was cleaned; its original cannot be restored"
                break
    except (OSError, EOFError, zlib.error, ValueError) as error:
        reason = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        for line in lines:
            if isinstance(line, (End, Abandoned)):
                if isinstance(line, Abandoned):
                    reason = NOT_CLEANED
                break
    written.unlink(missing_ok=True)
    return Problem(path=name, reason=reason)


def _copy(stream: BinaryIO, out: BinaryIO, size: int | None, *hashes: Any) -> int:
    """Copy so many bytes, or all that are left; how many there were."""
    done = 0
    while size is None or done < size:
        piece = stream.read(_STEP if size is None else min(_STEP, size - done))
        if not piece:
            break
        out.write(piece)
        for each in hashes:
            each.update(piece)
        done += len(piece)
    return done


@contextmanager
def opened(path: Path, mode: str = "rb") -> Iterator[BinaryIO]:
    """A binary stream of a file, unpacked or packed if its name ends in .gz; the same bytes pack the same."""
    with path.open(mode) as raw:
        if path.suffix.lower() != ".gz":
            yield cast(BinaryIO, raw)
            return
        with gzip.GzipFile(filename="", fileobj=cast(IO[bytes], raw), mode=mode, mtime=0) as packed:
            yield cast(BinaryIO, packed)


@contextmanager
def new_folder(output: Path, inputs: Sequence[Path]) -> Iterator[Path]:
    """A folder to write into that becomes `output` when the block ends well; on any failure nothing is left.

    Raises UsageError if `output` holds something or stands where an input does.
    """
    real = output.resolve()
    for path in inputs:
        if path.resolve() == real or (path.is_dir() and path.resolve() in real.parents):
            raise UsageError(f"{output}: stands in an input; name a folder elsewhere")
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UsageError(f"{output}: exists and is not empty; name a new folder")
    real.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{real.name[:100]}.", suffix=".part", dir=real.parent))
    try:
        yield part
        part.chmod(0o755)
        if real.exists():
            real.rmdir()
        part.replace(real)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(part)
        raise


def safe_name(name: str) -> str:
    """A relative path that stays in its folder, whatever the name says."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return "/".join(part.replace(":", "_") for part in parts) or "document"
