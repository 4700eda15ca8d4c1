"""An archive in Redis, for many scrapers: datasketch's own storage for buckets and rare words, the documents beside them.

A document counts once its id stands in the hash `ids`, which is written last: what was interrupted before is never answered with, and adding
it again completes it. Nothing here is pickled: who can write to the server cannot run code in a scraper.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit, urlunsplit

import msgspec
import numpy as np
import numpy.typing as npt

from provcheck.archive.entry import SCHEMA, ArchiveError, Checked, Entry, Parameters, Stats
from provcheck.archive.migrations import renewed
from provcheck.archive.store import Found, Outcome, by_id
from provcheck.archive.terms import Terms, terms_of
from provcheck.groups.candidates import tuned_bands
from provcheck.groups.sketch import Sketch

_TRIES, _LONGEST = 10, 2.0  # seconds between two tries: a server that is started anew is waited for
_DIGEST = 16
_PAGE = 1_000


class _Kept(msgspec.Struct, array_like=True):
    """A document as it is kept, in MessagePack; the sketch is compressed."""

    id: str
    title: str | None
    url: str | None
    published: str | None
    outlet: str | None
    day: int | None
    sketch: bytes


class RedisStore:
    """One connection; several processes may add at once. Lost connections are tried again for some ten seconds."""

    def __init__(self, address: str, parameters: Parameters | None) -> None:
        """Opens the archive, or makes it if parameters are given. Raises ArchiveError."""
        self._address, name, connection = _parsed(address)
        self._name = name.encode()
        import redis

        with self._told():
            _reached(connection)
            self._redis: Any = redis.Redis(**_patient(connection))
            self.parameters = self._made(parameters) if parameters is not None else self._found()
            self._lsh, self._words = _storages(self._name, connection, self.parameters)

    @classmethod
    def create(cls, address: str, parameters: Parameters) -> Self:
        return cls(address, parameters)

    @classmethod
    def open(cls, address: str) -> Self:
        return cls(address, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._redis.close()

    def _key(self, name: str) -> bytes:
        return self._name + b":" + name.encode()

    def _made(self, parameters: Parameters) -> Parameters:
        if not self._redis.setnx(self._key("meta"), msgspec.json.encode(parameters)):
            raise ArchiveError(f"{self._address}: is there already; `provcheck index add` adds to it")
        return parameters

    def _found(self) -> Parameters:
        raw = self._redis.get(self._key("meta"))
        if raw is None:
            raise ArchiveError(f"{self._address}: no archive is there; `provcheck index build` makes one")
        found = msgspec.json.decode(raw, type=Parameters)
        if found.schema > SCHEMA:
            raise ArchiveError(f"{self._address}: was written by a later provcheck (schema {found.schema})")
        return found

    @contextmanager
    def _told(self) -> Iterator[None]:
        from redis.exceptions import RedisError

        try:
            yield
        except RedisError as error:
            raise ArchiveError(f"{self._address}: {str(error).rstrip('.')}") from None

    def outcomes(self, entries: Sequence[Entry]) -> list[Outcome]:
        with self._told():
            marks = self._redis.hmget(self._key("ids"), [entry.id for entry in entries]) if entries else []
            known = {
                e.id: mark[-_DIGEST:] for e, mark in zip(entries, marks, strict=True) if mark is not None
            }
            return by_id(entries, known)

    def add(self, entries: Sequence[Entry]) -> list[Outcome]:
        with self._told():
            outcomes = self.outcomes(entries)
            new = [at for at, outcome in enumerate(outcomes) if outcome == "added"]
            if new:
                sure = self._put([entries[at] for at in new])
                for at, first in zip(new, sure, strict=True):
                    outcomes[at] = "added" if first else "changed"
        return outcomes

    def _put(self, new: Sequence[Entry]) -> list[bool]:
        """Whether each document is now there; not if another process added other words under its id meanwhile."""
        numbers = self._numbered(new)
        terms = terms_of([entry.sketch for entry in new], self.parameters)
        kept = {number: _encoded(entry) for number, entry in zip(numbers, new, strict=True)}
        self._redis.hset(self._key("documents"), mapping=kept)
        words = self._words
        for row, word in zip(terms.rows.tolist(), terms.words.tolist(), strict=True):
            words.insert(_word(word), numbers[row], buffer=True)
        words.empty_buffer()
        with self._lsh.insertion_session() as session:
            for row in np.flatnonzero(terms.has).tolist():
                session.insert(numbers[row], _hashed(terms.values[row]), check_duplication=False)
        pipe = self._redis.pipeline(transaction=False)
        for number, entry in zip(numbers, new, strict=True):
            pipe.hsetnx(self._key("ids"), entry.id, number + entry.digest)
            pipe.hget(self._key("ids"), entry.id)
        marks = pipe.execute()[1::2]
        return [mark[-_DIGEST:] == entry.digest for mark, entry in zip(marks, new, strict=True)]

    def _numbered(self, new: Sequence[Entry]) -> list[bytes]:
        """A number for each document; one that was begun before, with the same words, has it already."""
        last = int(self._redis.incrby(self._key("next"), len(new)))
        fresh = [(last - len(new) + at).to_bytes(8, "big") for at in range(len(new))]
        pipe = self._redis.pipeline(transaction=False)
        for number, entry in zip(fresh, new, strict=True):
            pipe.hsetnx(self._key("begun"), entry.id, number + entry.digest)
            pipe.hget(self._key("begun"), entry.id)
        begun = pipe.execute()[1::2]
        return [
            mark[:-_DIGEST] if mark[-_DIGEST:] == entry.digest else number
            for mark, number, entry in zip(begun, fresh, new, strict=True)
        ]

    def found_by_words(self, terms: Terms, most: int) -> Found:
        words = terms.words[terms.rows == 0].tolist()
        sets = self._sets([self._words.redis_key(_word(word)) for word in words], most)
        return {word: found for word, found in zip(words, sets, strict=True) if len(found)}

    def found_by_bands(self, terms: Terms, most: int) -> npt.NDArray[np.int64]:
        if not terms.has[0]:
            return np.empty(0, dtype=np.int64)
        pieces = [terms.values[0][start:end].byteswap().tobytes() for start, end in self._lsh.hashranges]
        tables = zip(pieces, self._lsh.hashtables, strict=True)
        return np.concatenate(self._sets([table.redis_key(piece) for piece, table in tables], most))

    def _sets(self, keys: Sequence[bytes], most: int) -> list[npt.NDArray[np.int64]]:
        """The members of each set, as numbers; of those with more than `most`, none. Two round trips."""
        with self._told():
            pipe = self._redis.pipeline(transaction=False)
            for key in keys:
                pipe.scard(key)
            few = [0 < many <= most for many in pipe.execute()]
            pipe = self._redis.pipeline(transaction=False)
            for key, wanted in zip(keys, few, strict=True):
                if wanted:
                    pipe.smembers(key)
            found = iter(pipe.execute())
        return [
            np.array(
                [int.from_bytes(each, "big") for each in (next(found) if wanted else ())], dtype=np.int64
            )
            for wanted in few
        ]

    def entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        keys = [number.to_bytes(8, "big") for number in numbers]
        if not keys:
            return {}
        with self._told():
            held = self._redis.hmget(self._key("documents"), keys)
            found = [(key, _decoded(raw)) for key, raw in zip(keys, held, strict=True) if raw is not None]
            marks = self._redis.hmget(self._key("ids"), [entry.id for _, entry in found]) if found else []
        return {
            int.from_bytes(key, "big"): entry
            for (key, entry), mark in zip(found, marks, strict=True)
            if mark == key + entry.digest
        }

    def stats(self) -> Stats:
        with self._told():
            documents = int(self._redis.hlen(self._key("ids")))
            words = int(self._words.size())
        return Stats(documents=documents, words=words, terms=None, bytes=None, parameters=self.parameters)

    def check(self) -> Checked:
        mistakes, whole, cursor = list[str](), 0, 0
        with self._told():
            while True:
                cursor, page = self._redis.hscan(self._key("ids"), cursor, count=_PAGE)
                found = [self._mistake(name, mark) for name, mark in page.items()]
                mistakes.extend(each for each in found if each is not None)
                whole += sum(each is None for each in found)
                if not cursor:
                    return Checked(documents=whole, mistakes=tuple(sorted(mistakes)))

    def _mistake(self, name: bytes, mark: bytes) -> str | None:
        number, shown = mark[:-_DIGEST], repr(name.decode("utf-8", "replace"))
        raw = self._redis.hget(self._key("documents"), number)
        try:
            entry = _decoded(raw) if raw is not None else None
        except (msgspec.DecodeError, ValueError, zlib.error):
            entry = None
        if entry is None or entry.digest != mark[-_DIGEST:]:
            return f"document {shown}: its words are not those that were added"
        terms = terms_of([entry.sketch], self.parameters)
        pipe = self._redis.pipeline(transaction=False)
        for word in terms.words.tolist():
            pipe.sismember(self._words.redis_key(_word(word)), number)
        if terms.has[0]:
            for (start, end), table in zip(self._lsh.hashranges, self._lsh.hashtables, strict=True):
                pipe.sismember(table.redis_key(terms.values[0][start:end].byteswap().tobytes()), number)
        return None if all(pipe.execute()) else f"document {shown}: cannot be found by all of its terms"

    def migrate(self, parameters: Parameters) -> list[str]:
        self.parameters, told = renewed(self.parameters, parameters)
        with self._told():
            self._redis.set(self._key("meta"), msgspec.json.encode(self.parameters))
        return told


def _parsed(address: str) -> tuple[str, str, dict[str, Any]]:
    """The address without its password, the name of the archive, and what to connect with."""
    try:
        from redis.connection import parse_url
    except ImportError:
        raise ArchiveError(
            "an archive at redis:// needs the package redis: pip install 'provcheck[redis]'"
        ) from None
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise ArchiveError(f"the address of the archive is none: {error}") from None
    shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))  # passwords are never told
    names = parse_qs(parts.query).get("name", ["provcheck"])
    try:
        found: dict[str, Any] = dict(parse_url(urlunsplit(parts._replace(query=""))))  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise ArchiveError(f"{shown}: {error}") from None
    if found.pop("connection_class", None) is not None:
        found["ssl"] = True
    return shown, names[-1], found


def _reached(connection: dict[str, Any]) -> None:
    """Raises RedisError at once if no server answers: patience is for a connection that is lost later."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    with redis.Redis(**connection, retry=Retry(NoBackoff(), 0), socket_connect_timeout=5.0) as client:
        client.ping()


def _patient(connection: dict[str, Any]) -> dict[str, Any]:
    """The same connection, that tries again when it was lost."""
    from redis.backoff import ExponentialBackoff
    from redis.exceptions import BusyLoadingError, ConnectionError, TimeoutError
    from redis.retry import Retry

    again = Retry(ExponentialBackoff(cap=_LONGEST, base=0.05), _TRIES)
    lost = [ConnectionError, TimeoutError, BusyLoadingError]
    return {**connection, "retry": again, "retry_on_error": lost, "socket_timeout": 30.0}


def _storages(name: bytes, connection: dict[str, Any], parameters: Parameters) -> tuple[Any, Any]:
    """datasketch's index over the bands of MinHash values, and its storage for rare words."""
    from datasketch import MinHashLSH
    from datasketch.storage import unordered_storage

    config = {"type": "redis", "basename": name, "redis": _patient(connection)}
    bands = tuned_bands(parameters.near, parameters.permutations, 0.5)
    lsh = MinHashLSH(num_perm=parameters.permutations, params=bands, storage_config=config, prepickle=False)
    return lsh, unordered_storage(config, name=name + b"_words")


def _hashed(values: npt.NDArray[np.uint32]) -> Any:
    from datasketch import MinHash

    return MinHash(hashvalues=values, scheme="affine32")


def _word(word: int) -> bytes:
    return word.to_bytes(4, "big")


def _encoded(entry: Entry) -> bytes:
    sketch = entry.sketch
    raw = zlib.compress(sketch.pack(), 1)
    kept = _Kept(entry.id, entry.title, entry.url, entry.published, sketch.outlet, sketch.day, raw)
    return msgspec.msgpack.encode(kept)


def _decoded(raw: bytes) -> Entry:
    kept = msgspec.msgpack.decode(raw, type=_Kept)
    sketch = Sketch.unpack(zlib.decompress(kept.sketch), kept.id, kept.outlet, kept.day)
    return Entry(id=kept.id, title=kept.title, url=kept.url, published=kept.published, sketch=sketch)
