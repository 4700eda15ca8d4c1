"""Records of JSON Lines, CSV and Parquet into documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from provcheck.intake.decode import UnreadableError, check_characters
from provcheck.intake.earlier import EARLIER, is_header
from provcheck.model import Document, Problem
from provcheck.settings import FIELDS

_decoder = msgspec.json.Decoder()
_BOM = b"\xef\xbb\xbf"


def decoded(raw: bytes) -> Any:
    """A JSON value. What Python and JavaScript write and JSON has not is read, too: NaN and Infinity (as nothing), halves of characters.

    Raises msgspec.DecodeError, UnicodeDecodeError or RecursionError for what is no JSON.
    """
    try:
        return _decoder.decode(raw)
    except msgspec.DecodeError as error:
        if b"NaN" not in raw and b"Infinity" not in raw and b"\\u" not in raw:
            raise
        try:
            return json.loads(raw, parse_constant=lambda _: None)
        except ValueError:
            raise error from None


class RecordReader:
    """Turns the records of one input into documents; remembers the ids that it saw, and `where` the last record stood."""

    def __init__(self, path: str, fields: Mapping[str, str]) -> None:
        self.path = path
        self.fields = fields
        self._names = {name: fields.get(name, name) for name in FIELDS}
        self._seen: set[str] = set()
        self.where: str | None = None

    @property
    def id_field(self) -> str:
        """What the id is called in the records."""
        return self._names["id"]

    def read_json(self, raw: bytes, number: int) -> Document | Problem:
        """One line of JSON Lines."""
        where = f"line {number}"
        try:
            record = decoded(raw.removeprefix(_BOM) if number == 1 else raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return Problem(path=self.path, reason=f"not JSON: {_plain(error)}", where=where)
        if not isinstance(record, dict):
            return Problem(path=self.path, reason="a JSON value, but not an object with fields", where=where)
        return self.read(record, where)

    def read(self, record: Mapping[str, Any], where: str) -> Document | Problem:
        """A record as a document; its other fields are carried in `extra`."""
        self.where = where
        identity = self._value(record, "id")
        identity = f"{self.path}#{where.rpartition(' ')[2]}" if identity in (None, "") else str(identity)
        problem = self._trouble(record, identity)
        if problem:
            return Problem(path=self.path, id=_printable(identity), reason=problem, where=where)
        self._seen.add(identity)
        used = {source if source in record else name for name, source in self._names.items()}
        values: dict[str, Any] = {
            name: _as_text(self._value(record, name)) for name in self._names if name != "id"
        }
        text = values.pop("text") or ""
        try:
            extra = {key: _plain_value(value) for key, value in record.items() if key not in used}
        except RecursionError:
            reason = "its fields are nested too deeply"
            return Problem(path=self.path, id=_printable(identity), reason=reason, where=where)
        return Document(id=identity, text=text, path=self.path, extra=extra, **values)

    def _value(self, record: Mapping[str, Any], name: str) -> Any:
        """The value of a field by the name that it was given, or else by ours: files of a folder may call it otherwise."""
        source = self._names[name]
        return record.get(source if source in record else name)

    def _trouble(self, record: Mapping[str, Any], identity: str) -> str | None:
        source = self._names["text"]
        text = self._value(record, "text")
        if text is None:
            near = ", ".join(sorted(map(str, record))[:8])
            return f"has no `{source}`; its fields: {near or 'none'} (map them with --field text=NAME)"
        if not isinstance(text, str):
            return f"`{source}` is not a string"
        if not text.strip():
            return f"`{source}` is empty"
        try:
            check_characters(text)
            check_characters(identity)
        except UnreadableError as error:
            return error.reason
        return repeated(identity) if identity in self._seen else None


def repeated(identity: str) -> str:
    """What is said of a record whose id another one of its file has."""
    return f"repeats the id {identity!r}; the first record was kept"


def _plain(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_printable(str(item)) for item in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _plain_value(value: Any) -> Any:
    """A value that JSON can carry."""
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):  # longer numbers (128-bit hashes) are carried as text
        return value if -(1 << 63) <= value < 1 << 64 else str(value)
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, Mapping):
        return {str(key): _plain_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain_value(inner) for inner in value]
    return str(value)


def each_object(reader: RecordReader, raw: bytes, identity: str) -> Iterator[Document | Problem]:
    """Documents of a file that is one JSON value: a record, whose id is the file's if it has none, or a list of records. Lines of JSON under
    such a name are read as that.
    """
    try:
        value = decoded(raw.removeprefix(_BOM))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        lines = raw.removeprefix(_BOM).splitlines()
        if len(lines) > 1 and not isinstance(reader.read_json(lines[0], 1), Problem):
            yield from each_json(RecordReader(reader.path, reader.fields), iter(enumerate(lines, 1)))
            return
        yield Problem(path=reader.path, id=identity, reason=f"not JSON: {_plain(error)}")
        return
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        where = f"item {number}"
        if not isinstance(record, dict):
            yield Problem(path=reader.path, reason="a JSON value, but not an object with fields", where=where)
        elif isinstance(value, list):
            yield reader.read(record, where)
        else:
            yield reader.read({reader.id_field: identity, **record}, where)


def each_json(
    reader: RecordReader, lines: Iterator[tuple[int, bytes | UnreadableError]]
) -> Iterator[Document | Problem]:
    """Documents of JSON Lines; blank lines are nothing. The records of an earlier scan are left out, with one problem."""
    first = True
    for number, line in lines:
        if isinstance(line, UnreadableError):
            yield Problem(path=reader.path, reason=line.reason, where=f"line {number}")
        elif line.removeprefix(_BOM).strip():
            found = reader.read_json(line, number)
            if first and isinstance(found, Problem) and _is_scan(line.removeprefix(_BOM)):
                yield Problem(path=reader.path, reason=EARLIER)
                return
            first = False
            yield found


def _is_scan(line: bytes) -> bool:
    try:
        record = decoded(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(record, dict) and is_header(record)
