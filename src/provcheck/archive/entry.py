"""What an archive keeps of a document, what it was built with, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from provcheck._version import __version__
from provcheck.errors import ProvcheckError
from provcheck.groups.sketch import Sketch
from provcheck.model import PackInfo
from provcheck.settings import GroupSettings

SCHEMA = 1
Text = Literal["body", "whole"]


class ArchiveError(ProvcheckError):
    """The archive cannot be used as it was asked to: damaged, busy, of other parameters, or not there."""


class Parameters(Struct, frozen=True, kw_only=True):
    """What all documents of one archive have in common, so that they can be compared.

    text: whether the body is compared, as the rules leave it, or the whole text as it was read. shingle, permutations: as in
    GroupSettings. near: the Jaccard similarity that the bands are tuned to. rare: rare words by which a document can be found.
    packs: the rule packs that decided what is body; none for whole texts.
    """

    schema: int = SCHEMA
    version: str = __version__
    text: Text = "body"
    shingle: int = 3
    permutations: int = 128
    near: float = 0.5
    rare: int = 32
    packs: tuple[PackInfo, ...] = ()

    @classmethod
    def of(cls, text: Text, groups: GroupSettings, packs: tuple[PackInfo, ...]) -> Parameters:
        """Of the documents that a scan with these settings and rule packs makes for an archive of this kind of text."""
        return cls(
            text=text,
            shingle=groups.shingle,
            permutations=groups.permutations,
            packs=packs if text == "body" else (),
        )

    def refuse(self, asked: Parameters) -> None:
        """Raises ArchiveError, saying what differs, unless documents made with `asked` can be compared with these."""
        for name in ("text", "shingle", "permutations", "near", "rare"):
            mine, theirs = getattr(self, name), getattr(asked, name)
            if mine != theirs:
                raise ArchiveError(
                    f"the archive was built with {name} {mine}, this run has {name} {theirs}; "
                    "they do not mix: use the archive's, or build another"
                )
        if self.packs != asked.packs:
            changed = sorted({f"{pack.id}" for pack in set(self.packs) ^ set(asked.packs)})
            raise ArchiveError(
                f"the archive was built with other rules ({', '.join(changed)} differ), so other lines are body; "
                "`provcheck index migrate` takes today's rules for what comes"
            )


class Entry(Struct, frozen=True, kw_only=True):
    """One document: how people find it, and its sketch. The text itself is not kept."""

    id: str
    title: str | None
    url: str | None
    published: str | None
    sketch: Sketch

    @property
    def digest(self) -> bytes:
        """16 bytes of its words in their order: the same for exact copies."""
        return hashlib.blake2b(self.sketch.stems.tobytes(), digest_size=16).digest()


class Stats(Struct, frozen=True, kw_only=True):
    """Of one archive: documents, distinct words, terms by which they are found, and bytes on disk; None where the store does not say."""

    documents: int
    words: int
    terms: int | None
    bytes: int | None
    parameters: Parameters


class Checked(Struct, frozen=True, kw_only=True):
    """What a check of an archive saw: how many documents are whole, and what is wrong, a sentence each."""

    documents: int
    mistakes: Sequence[str]
