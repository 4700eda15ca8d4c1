"""What every store of archived documents can do, and which store an address means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol, Self

import numpy as np
import numpy.typing as npt

from provcheck.archive.entry import Checked, Entry, Parameters, Stats
from provcheck.archive.terms import Terms

Outcome = Literal["added", "known", "changed"]
Found = Mapping[int, npt.NDArray[np.int64]]


class Store(Protocol):
    """Documents by number, and which of them have a term. What `add` returned of is kept, whatever happens then."""

    parameters: Parameters

    def add(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Keep documents, all or none: `known` are those that it has, `changed` those whose id it has with other words;
        neither is added. Raises ArchiveError.
        """
        ...

    def outcomes(self, entries: Sequence[Entry]) -> list[Outcome]:
        """What would become of documents, were they added now. Raises ArchiveError."""
        ...

    def found_by_words(self, terms: Terms, most: int) -> Found:
        """The documents that have each rare word of the first document of the terms, by word; words of more than `most` left out."""
        ...

    def found_by_bands(self, terms: Terms, most: int) -> npt.NDArray[np.int64]:
        """The documents that share a band with the first document of the terms."""
        ...

    def entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """Documents by number; without those whose adding was interrupted."""
        ...

    def stats(self) -> Stats: ...

    def check(self) -> Checked:
        """Read everything and compare it with what the archive says of itself."""
        ...

    def migrate(self, parameters: Parameters) -> list[str]:
        """Bring it to today's schema and rule packs; says what was done."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


def by_id(entries: Sequence[Entry], known: Mapping[str, bytes]) -> list[Outcome]:
    """What becomes of each entry, where the digests of those that the store has are known by id."""
    seen, found = dict(known), list[Outcome]()
    for entry in entries:
        there = seen.get(entry.id)
        found.append("added" if there is None else "known" if there == entry.digest else "changed")
        seen.setdefault(entry.id, entry.digest)
    return found
