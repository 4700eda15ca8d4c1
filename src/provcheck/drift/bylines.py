"""Authors across documents: one spelled in two ways, and authors that a copy lost, replaced or added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from provcheck.article import Article
from provcheck.model import Byline
from provcheck.names.compare import compare_names
from provcheck.names.identity import is_one, slip
from provcheck.names.letters import name_words
from provcheck.provenance.owners import nearness

_WITNESSES = 3  # other copies that a finding shows
_AUTHORS = frozenset(
    {"author", "reporting", "writing"}
)  # who edits or helps differs from copy to copy by custom


@dataclass(frozen=True)
class AuthorSpelling:
    """An author's rarer spelling, its places, and the usual one with a few of its places (document, start, end)."""

    odd: str
    usual: str
    places: tuple[tuple[str, int, int], ...]
    witnesses: tuple[tuple[str, int, int], ...]
    reason: str


@dataclass(frozen=True)
class AuthorChange:
    """A document whose authors are not those of the other copies. An empty `named` means that it names none."""

    article: Article
    named: tuple[Byline, ...]
    usual: tuple[str, ...]
    witnesses: tuple[tuple[str, int, int], ...]

    @property
    def change(self) -> str:
        """`lost` (all or some of them), `added` (the usual ones and more) or `replaced`."""
        names = {byline.name for byline in self.named}
        if all(any(is_one(u, n) for u in self.usual) for n in names):
            return "lost"
        return "added" if any(is_one(u, n) for u in self.usual for n in names) else "replaced"


def find_author_spellings(articles: Sequence[Article]) -> Iterator[AuthorSpelling]:
    """Full names in the credits of some documents that are likely one person's, each rarer spelling once, by name.

    The spelling of the roster is the usual one, else the one that more documents have, else the one that stands nearest
    the source.
    """
    first: dict[str, tuple[bool, bool, int]] = {}
    places: dict[str, dict[str, tuple[str, int, int]]] = defaultdict(dict)
    knows = articles[0].roster.knows if articles else bool
    for article in articles:
        for byline in article.provenance.bylines:
            if " " in byline.name and byline.end > byline.start:
                places[byline.name].setdefault(article.id, (article.id, byline.start, byline.end))
                filed = nearness(article)
                first[byline.name] = min(filed, first.get(byline.name, filed))
    ranked = sorted(places, key=lambda n: (not knows(n), -len(places[n]), first[n], -len(n), n))
    rank = {name: at for at, name in enumerate(ranked)}
    settled: dict[str, list[str]] = defaultdict(list)
    for name in ranked:
        alike = {other for key in _keys(name) for other in settled[key] if slip(name, other)}
        usual = min(alike, key=rank.__getitem__, default=None)
        if usual is None or knows(name):
            for key in _keys(name):
                settled[key].append(name)
            continue
        reason = "; ".join(compare_names(usual, name).reasons)
        yield AuthorSpelling(
            name, usual, tuple(places[name].values()), tuple(places[usual].values())[:3], reason
        )


def find_author_changes(articles: Sequence[Article]) -> Iterator[AuthorChange]:
    """Copies whose authors differ from those that two others or more agree on, in the order of the articles."""
    named = {article.id: _authors(article) for article in articles}
    usual = _agreed(named)
    if not usual:
        return
    first: dict[str, tuple[str, int, int]] = {}
    for identity, bylines in named.items():
        for byline in bylines:
            if byline.end > byline.start and any(is_one(byline.name, name) for name in usual):
                first.setdefault(identity, (identity, byline.start, byline.end))
    witnesses = tuple(first.values())[:_WITNESSES]
    for article in articles:
        mine = named[article.id]
        kept = tuple(b for b in mine if any(is_one(b.name, u) for u in usual))
        extra = tuple(b for b in mine if b not in kept)
        gone = [u for u in usual if not any(is_one(b.name, u) for b in mine)]
        if not kept or (gone and not extra) or (extra and len(mine) > len(usual)):
            yield AuthorChange(article, (*extra, *kept), usual, witnesses)


def _authors(article: Article) -> tuple[Byline, ...]:
    found = {b.name: b for b in article.provenance.bylines if b.role in _AUTHORS and " " in b.name}
    return tuple(found.values())


def _agreed(named: Mapping[str, tuple[Byline, ...]]) -> tuple[str, ...]:
    """The authors that two documents or more have, if those are most of the documents with authors."""
    spelled: list[Counter[str]] = []  # of each author, in how many documents each spelling stands
    known: dict[str, int] = {}  # spelling -> the place of its author there
    near: dict[str, list[int]] = defaultdict(list)
    for bylines in named.values():
        for name in {name_words(b.name): b.name for b in bylines}.values():
            if name not in known:
                candidates = sorted({at for key in _keys(name) for at in near[key]})
                same = (at for at in candidates if any(is_one(name, other) for other in spelled[at]))
                known[name] = next(same, len(spelled))
                if known[name] == len(spelled):
                    spelled.append(Counter())
                for key in _keys(name):
                    near[key].append(known[name])
            spelled[known[name]][name] += 1
    credited = sum(bool(bylines) for bylines in named.values())
    return tuple(
        sorted(
            min(names, key=lambda name: (-names[name], name))
            for names in spelled
            if names.total() >= 2 and 2 * names.total() > credited
        )
    )


def _keys(name: str) -> tuple[str, ...]:
    """How its first word and its last begin, and how it ends: a slip changes one of them at most."""
    words = name.casefold().split()
    return "first " + words[0][:2], "last " + words[-1][:2], "ends " + words[-1][-2:]
