"""Settings of a scan, frozen. Those that shape the result stand in the header of every output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct, field

from provcheck.errors import UsageError

FIELDS = ("id", "text", "title", "url", "published", "source", "byline", "language")
LevelOrOff = Literal["error", "warning", "note", "off"]


Bounds = Mapping[str, tuple[float, float]]
# What a number may be: the least and the most, both allowed.
_NO_END, _LEAST = float("inf"), 1e-6
_BOUNDS: Bounds = {
    "pattern_seconds": (_LEAST, _NO_END), "plugin_seconds": (_LEAST, _NO_END), "max_line_bytes": (1_000, _NO_END), "expansion": (1, _NO_END),
}  # fmt: skip
_GROUP_BOUNDS: Bounds = {
    "shingle": (1, 20), "permutations": (16, 4_096), "near": (_LEAST, 0.999), "link": (_LEAST, 1), "cut": (0, 1), "chaining": (0, 1),
    "alone": (0, 1), "rival": (0, 1), "window_days": (0, _NO_END), "common": (2, _NO_END),
}  # fmt: skip
_POLICY_BOUNDS: Bounds = {
    "drop_below_words": (0, _NO_END), "review_below_words": (0, _NO_END), "review_boilerplate_share": (0, 1), "near": (_LEAST, 1),
    "window": (0, _NO_END),
}  # fmt: skip


def _refuse_outside(before: str, settings: Struct, bounds: Bounds) -> None:
    for name, (least, most) in bounds.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            low = "above 0" if least == _LEAST else f"at least {least:g}"
            limits = low if most == _NO_END else f"{low} and at most {most:g}"
            raise UsageError(f"{before}{name.replace('_', '-')} is {limits}, not {value:g}")


class GroupSettings(Struct, frozen=True, kw_only=True):
    """How copies are looked for.

    shingle: words in a shingle. permutations: MinHash values a document (a multiple of 4).
    near: Jaccard similarity (0 to 1) of the shingles that MinHash is tuned to. link: the least score of a link that is
    shown. A score is calibrated: of pairs with .9, about nine in ten share a source text.
    cut: the least linkage (0 to 1) of a group: `chaining` of it is the best raw score between two parts to the fifth
    power, the rest the mean raw score. `provcheck groups --threshold` tries others.
    alone: the least mean raw score of what joins a group though it is below the cut, if nothing else is near either;
    rival: the mean raw score of the next nearest that still counts as nothing.
    window_days: documents of one story are published at most so far apart, where dates are known.
    common: a word that stands in more documents than this does not make candidates.
    """

    shingle: int = 3
    permutations: int = 128
    near: float = 0.3
    link: float = 0.3
    cut: float = 0.85
    chaining: float = 0.7
    alone: float = 0.45
    rival: float = 0.05
    window_days: int = 10
    common: int = 300


class Policy(Struct, frozen=True, kw_only=True):
    """When a document is dropped or held for review. Words are body words, shares run from 0 to 1.

    drop, review: rules by the beginning of their name, or categories, whose findings lead there; an error always leads to review.
    copies: what becomes of a near copy of a document that passed before in the same stream (`provcheck filter`).
    near: the Jaccard similarity of three-word shingles from which it is one. window: documents of the stream that are remembered.
    reviewed: whether documents for review pass (`keep`) or are dropped.
    """

    drop_below_words: int = 8
    review_below_words: int = 50
    review_boilerplate_share: float = 0.6
    drop: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    copies: Literal["keep", "review", "drop"] = "review"
    near: float = 0.5
    window: int = 10_000
    reviewed: Literal["keep", "drop"] = "keep"


SHIPPED_POLICIES: Mapping[str, Policy] = {
    "tag": Policy(drop_below_words=0, review_below_words=0, review_boilerplate_share=1.0, copies="keep"),
    "strict": Policy(copies="drop", reviewed="drop"),
}


@dataclass(frozen=True)
class RuleNames:
    """The names of all rules, those that are off included: what a name in the settings means."""

    known: frozenset[str]

    def mean(self, given: str, rule: str, category: str) -> bool:
        """Whether what somebody wrote means a rule: its whole name, the beginning of its name, where that is no rule's whole name, or its
        category. `credits/byline*` means all that begin so.
        """
        if given in self.known:
            return rule == given
        return rule.startswith(given.removesuffix("*")) or category == given


class Override(Struct, frozen=True, kw_only=True):
    """Another choice of rules for some documents.

    paths: patterns of `.gitignore` kind; one must match the path or the id of the document. outlets: one must be
    its outlet. What is not given matches every document. ignore, extend_select and levels are as in Settings.
    """

    paths: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    levels: Mapping[str, LevelOrOff] = {}

    def covers(self, identity: str, path: str | None, outlet: str | None) -> bool:
        if self.outlets and (outlet or "") not in self.outlets:
            return False
        return not self.paths or matches_glob(self.paths, identity, path)


class Suppression(Struct, frozen=True, kw_only=True):
    """Findings that a person looked at and found wrong, or right and of no interest.

    rule: a rule's name, the beginning of one, or a category. document: patterns of `.gitignore` kind for its path
    or id. text: what the finding's text contains, letter case aside. expires: the last day (YYYY-MM-DD).
    """

    rule: str
    reason: str
    document: tuple[str, ...] = ()
    text: str | None = None
    expires: str | None = None

    def covers(
        self, names: RuleNames, rule: str, category: str, identity: str, path: str | None, text: str
    ) -> bool:
        if not names.mean(self.rule, rule, category):
            return False
        if self.text is not None and self.text.casefold() not in text.casefold():
            return False
        return not self.document or matches_glob(self.document, identity, path)


class Settings(Struct, frozen=True, kw_only=True):
    """One scan's settings.

    rules: packs beside ours, or in place of them if `shipped_rules` is false. select: only rules whose name starts
    so, or of this category. extend_select: these, too. ignore: these not. levels: other levels by the beginning
    of a name or by category, the closest wins (name, category, pack); `off` turns a rule off. overrides: other choices for some
    documents. suppressions: findings not to be told. baseline: a file of findings that are known. roster: a file of persons whose
    names are known.
    policy: what is kept, reviewed and dropped. policies: others by name, for `provcheck filter --policy NAME`.
    fields: our field names to the input's. pattern_seconds: the time that a rule of `engine: python` may take
    on one document, plugin_seconds that of a `check: python`.
    """

    rules: tuple[str, ...] = ()
    shipped_rules: bool = True
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, LevelOrOff] = {}
    overrides: tuple[Override, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    baseline: str | None = None
    roster: str | None = None
    fields: dict[str, str] = {}
    groups: GroupSettings = field(default_factory=GroupSettings)
    policy: Policy = field(default_factory=Policy)
    policies: Mapping[str, Policy] = {}
    link_documents: bool = True
    pattern_seconds: float = 1.0
    plugin_seconds: float = 10.0
    max_line_bytes: int = 64_000_000
    expansion: int = 200

    def __post_init__(self) -> None:
        unknown = sorted(set(self.fields) - set(FIELDS))
        if unknown:
            raise UsageError(f"--field {unknown[0]}=…: not a field of a document; known: {', '.join(FIELDS)}")
        if self.groups.permutations % 4:
            raise UsageError("groups.permutations is a multiple of 4")
        _refuse_outside("", self, _BOUNDS)
        _refuse_outside("groups.", self.groups, _GROUP_BOUNDS)
        for name, policy in (
            ("policy", self.policy),
            *((f"policies.{n}", p) for n, p in self.policies.items()),
        ):
            _refuse_outside(f"{name}.", policy, _POLICY_BOUNDS)


def named_policy(settings: Settings, name: str | None) -> Policy:
    """The policy of a name: `default` is the settings' own, others are theirs or ship with us. Raises UsageError."""
    if name is None or name == "default":
        return settings.policy
    known = {**SHIPPED_POLICIES, **settings.policies}
    if name not in known:
        raise UsageError(f"--policy {name}: no such policy; known: {', '.join(sorted(['default', *known]))}")
    return known[name]


def matches_glob(patterns: tuple[str, ...], identity: str, path: str | None) -> bool:
    """Whether one of the patterns (of `.gitignore` kind) matches the id or the path of a document."""
    spec = _spec(patterns)
    return bool(spec.match_file(identity) or (path is not None and spec.match_file(path)))


@lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
