"""Settings of a scan, frozen. Those that shape the result stand in the header of every output."""

from __future__ import annotations

from msgspec import Struct, field

from provcheck.errors import UsageError

FIELDS = ("id", "text", "title", "url", "published", "source", "byline", "language")


class GroupSettings(Struct, frozen=True, kw_only=True):
    """How copies are looked for.

    shingle: words in a shingle. permutations: MinHash values a document (a multiple of 4).
    near: Jaccard similarity (0 to 1) of the shingles that MinHash is tuned to. link: the least score of a link.
    cut: the least linkage (0 to 1) of a group: `chaining` of it is the best score between two parts to the fifth
    power, the rest the mean score.
    window_days: documents of one story are published at most so far apart, where dates are known.
    common: a word that stands in more documents than this does not make candidates.
    """

    shingle: int = 3
    permutations: int = 128
    near: float = 0.3
    link: float = 0.5
    cut: float = 0.735
    chaining: float = 0.5
    window_days: int = 10
    common: int = 300


class Policy(Struct, frozen=True, kw_only=True):
    """When a document is dropped or held for review. Words are body words, shares run from 0 to 1."""

    drop_below_words: int = 8
    review_below_words: int = 50
    review_boilerplate_share: float = 0.6


class Settings(Struct, frozen=True, kw_only=True):
    """One scan's settings. `rules` are extra packs; `fields` map our field names to the input's."""

    rules: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fields: dict[str, str] = {}
    groups: GroupSettings = field(default_factory=GroupSettings)
    policy: Policy = field(default_factory=Policy)
    link_documents: bool = True
    max_line_bytes: int = 64_000_000
    expansion: int = 200

    def __post_init__(self) -> None:
        unknown = sorted(set(self.fields) - set(FIELDS))
        if unknown:
            raise UsageError(f"--field {unknown[0]}=…: not a field of a document; known: {', '.join(FIELDS)}")
        if not 0 < self.groups.link <= 1 or not 0 < self.groups.near < 1:
            raise UsageError("thresholds of groups lie between 0 and 1")
        if self.groups.permutations < 16 or self.groups.permutations % 4:
            raise UsageError("groups.permutations is a multiple of 4 and at least 16")
