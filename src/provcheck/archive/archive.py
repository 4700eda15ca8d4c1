"""Adding to an archive and asking it: candidates by rare words and bands, then the same judgement as everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np

from provcheck.archive.entry import Entry, Parameters
from provcheck.archive.opening import open_store
from provcheck.archive.store import Outcome, Store
from provcheck.archive.terms import Terms, terms_of
from provcheck.article import Article
from provcheck.groups.bags import Pool
from provcheck.groups.links import longest_passages, relation_of
from provcheck.groups.score import score_pairs
from provcheck.groups.sketch import Sketch, sketch
from provcheck.groups.words import Floats
from provcheck.model import Match, PackInfo, Relation
from provcheck.settings import GroupSettings

BATCH = 1_000  # documents of one transaction
_COMMON = 1_000  # documents of a term that still finds any
_LEAST = 0.15  # share of the rarity of a document's rare words that a candidate has
_MOST = 16  # candidates that are looked at
_PLAIN = 0.3  # share of the rare words from which a candidate is judged
_RUNS = 0.03  # else, shared runs of three words for each word of the shorter one: it loses one match in a thousand
_LIKELY = 0.5  # probability of a match
UNNAMED = "text:"  # an id that was made of the words, before their digest
_NUMBERED = "-#"
_SURE_BANDS = 2  # bands shared by what is looked at for them alone


def entry_of(
    article: Article, parameters: Parameters, settings: GroupSettings, made: Sketch | None = None
) -> Entry:
    """What an archive keeps of an article: of its body as the rules left it, or of its whole text. made: its sketch, if there is one.

    A line of standard input without an id goes by its address, or by its words: its number comes again in the next stream.
    """
    if parameters.text == "whole":
        article, made = Article(article.document), None
    document = article.document
    published = article.published.isoformat() if article.published else document.published
    found = made or sketch(article, settings)
    name = document.id
    if name.startswith(_NUMBERED):
        name = document.url or UNNAMED + found.wording.hex()
    return Entry(id=name, title=document.title, url=document.url, published=published, sketch=found)


class Archive:
    """One archive, whatever stores it. Owned by one thread."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Outcome]]:
        """Add documents, `BATCH` at a time; each is told once it is safe. Raises ArchiveError."""
        source = iter(entries)
        while batch := list(islice(source, BATCH)):
            yield from zip(batch, self.store.add(batch), strict=True)

    def matches(self, entry: Entry) -> tuple[Match, ...]:
        """The archived documents that share their source text with one, the likeliest first; itself, by id and words, aside."""
        if not len(entry.sketch.stems):
            return ()
        shares = self._candidates(terms_of([entry.sketch], self.store.parameters))
        archived = self.store.entries(shares)
        likely = [
            archived[number]
            for number, share in shares.items()
            if number in archived
            and not _is_itself(archived[number], entry)
            and (share >= _PLAIN or _shares_runs(entry.sketch, archived[number].sketch))
        ]
        found = list(_judged(entry, likely))
        return tuple(sorted(found, key=lambda match: (-match.score, -match.jaccard, match.document)))

    def _candidates(self, terms: Terms) -> dict[int, float]:
        """The numbers of the documents that are worth a look, the nearest first, and the share of the rare words that each has."""
        found = self.store.found_by_words(terms, _COMMON)
        weights = dict(zip(terms.words.tolist(), (terms.rarities**2).tolist(), strict=True))
        whole = sum(weights.values()) or 1.0
        parts = [(documents, weights[word] / whole) for word, documents in sorted(found.items())]
        banded = self.store.found_by_bands(terms, _COMMON)
        near = np.concatenate([*(documents for documents, _ in parts), banded]).astype(np.int64)
        if not len(near):
            return {}
        share = np.concatenate(
            [*(np.full(len(d), w) for d, w in parts), np.full(len(banded), _LEAST / _SURE_BANDS)]
        )
        numbers, place = np.unique(near, return_inverse=True)
        shares: Floats = np.bincount(place, share).astype(np.float64)
        keep = np.flatnonzero(shares >= _LEAST - 1e-9)
        order = keep[np.lexsort((numbers[keep], -shares[keep]))]
        best = order[:_MOST]
        return dict(zip(numbers[best].tolist(), shares[best].tolist(), strict=True))


@dataclass(frozen=True)
class Archivist:
    """Asks the archive at an address, which it opens when it is first asked, in whatever process that is. Pickles."""

    address: str
    parameters: Parameters
    groups: GroupSettings

    @classmethod
    def of(cls, address: str, groups: GroupSettings, packs: tuple[PackInfo, ...]) -> Archivist:
        """Raises ArchiveError where the archive's documents cannot be compared with those that the settings and packs make."""
        _opened.cache_clear()  # what was there at an earlier scan may be another file by now
        with open_store(address) as store:
            parameters = store.parameters
        parameters.refuse(Parameters.of(parameters.text, groups, packs))
        return cls(address, parameters, groups)

    def __call__(self, article: Article, made: Sketch | None) -> tuple[Entry, tuple[Match, ...]]:
        """What the archive would keep of an article, and what it has that shares its source text. made: as in `entry_of`."""
        entry = entry_of(article, self.parameters, self.groups, made)
        return entry, _opened(self.address).matches(entry)

    def refused(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The ids under which the archive has another text, which it would keep. Raises ArchiveError."""
        source = iter(entries)
        with open_store(self.address) as store:
            while batch := list(islice(source, BATCH)):
                told = zip(batch, store.outcomes(batch), strict=True)
                yield from (entry.id for entry, outcome in told if outcome == "changed")

    def remember(self, entries: Iterable[Entry]) -> None:
        """Add what the archive lacks. Raises ArchiveError."""
        with open_store(self.address) as store:
            for _ in Archive(store).add(entries):
                pass

    def size(self) -> int:
        """How many documents the archive has now."""
        with open_store(self.address) as store:
            return store.stats().documents


@lru_cache(maxsize=1)
def _opened(address: str) -> Archive:
    return Archive(open_store(address))


def _is_itself(archived: Entry, entry: Entry) -> bool:
    same = archived.id == entry.id and archived.digest == entry.digest
    return same and not entry.id.startswith(UNNAMED)


def _shares_runs(one: Sketch, other: Sketch) -> bool:
    shared = np.intersect1d(one.shingles(3), other.shingles(3), assume_unique=True)
    return len(shared) >= _RUNS * min(len(one.stems), len(other.stems))


def _judged(entry: Entry, archived: Sequence[Entry]) -> Iterator[Match]:
    """Those that share their source text with the entry, by the words of all of them and of general news."""
    same = [other for other in archived if other.digest == entry.digest]
    for other in same:
        yield _match(entry.sketch, other, "exact", (1.0, 1.0, 1.0, 1.0))
    rest = [other for other in archived if other.digest != entry.digest]
    if not rest:
        return
    pool = Pool([entry.sketch, *(other.sketch for other in rest)])
    scores = score_pairs(pool, np.zeros(len(rest), dtype=np.int64), np.arange(1, len(rest) + 1))
    for at, other in enumerate(rest):
        probability = float(scores.probability[at])
        if probability < _LIKELY:
            continue
        one, two = float(scores.containment_left[at]), float(scores.containment_right[at])
        relation = relation_of(max(one, two), float(scores.aligned[at]))
        yield _match(entry.sketch, other, relation, (probability, float(scores.jaccard[at]), one, two))


def _match(new: Sketch, other: Entry, relation: Relation, told: tuple[float, float, float, float]) -> Match:
    score, jaccard, one, two = (round(value, 4) for value in told)
    return Match(
        document=other.id,
        title=other.title,
        url=other.url,
        published=other.published,
        relation=relation,
        score=score,
        jaccard=jaccard,
        containment=one,
        containment_archived=two,
        shared=longest_passages(new, other.sketch),
    )
