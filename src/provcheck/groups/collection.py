"""A whole collection: which pairs are worth comparing, how they score, and the groups and stories that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from provcheck.groups.agglomeration import Labels
from provcheck.groups.bags import Pool
from provcheck.groups.candidates import Pairs, bands, bucket_pairs, keys_of, pairs_of
from provcheck.groups.cluster import cluster, group_labels, wordings
from provcheck.groups.frequencies import Frequencies
from provcheck.groups.links import LinkFacts, identity
from provcheck.groups.neighbours import neighbours_of, rare_words
from provcheck.groups.pairs import Result, Work, in_turn, over_blocks
from provcheck.groups.score import PairScores, score_pairs, worth_judging
from provcheck.groups.shelf import Shelf, in_blocks
from provcheck.groups.stories import COMMON, CUT, LEAST, NEAR, story_scores, within_days
from provcheck.groups.templates import templated
from provcheck.groups.wordbags import WordBags
from provcheck.groups.words import Bools, Floats, Ints, Keys, Places, Words
from provcheck.settings import GroupSettings

FLOOR = 0.02  # scores below say nothing and are left out of the means
_LARGE = 40  # members of a group whose pairs are all listed; in larger ones each keeps its best links
_BEST = 5
NEIGHBOURS, NEIGHBOURS_IN_STORY = 32, 200  # documents that each is compared with, whatever else is near


@dataclass(frozen=True)
class Linked:
    """The scored pairs by place among the kept documents, a group label for each of those, and what was capped.

    wording: one number for verbatim copies and cuts. told: the indexes of pairs that score more than next to nothing.
    """

    left: Places
    right: Places
    scores: PairScores
    labels: Labels
    wording: Labels
    told: Ints
    capped: int


class Collection:
    """The documents of a shelf in the order of their ids. Of those with the same words in the same order one is kept, and
    compared for all; `keepers` are the numbers of the kept ones.
    """

    def __init__(self, shelf: Shelf, settings: GroupSettings, threads: int = 1) -> None:
        self._shelf, self._settings, self._threads = shelf, settings, threads
        first: dict[bytes, int] = {}
        self._twins: dict[int, list[int]] = defaultdict(list)
        for number in sorted(range(len(shelf)), key=shelf.ids.__getitem__):
            digest = shelf.digests[number] if shelf.words[number] else str(number).encode()
            keeper = first.setdefault(digest, number)
            if keeper != number:
                self._twins[keeper].append(number)
        self.keepers: list[int] = list(first.values())
        self._place = {number: at for at, number in enumerate(self.keepers)}
        self._shown: dict[int, list[int]] | None = None

    @cached_property
    def frequencies(self) -> Frequencies:
        words = sum(self._shelf.words[number] for number in self.keepers)
        return Frequencies(_Blocks(self._shelf, self.keepers), words)

    def _load(self, places: Ints) -> Pool:
        sketches = [self._shelf.sketch(self.keepers[place]) for place in places.tolist()]
        return Pool(sketches, self.frequencies, self.bags.take(places))

    def is_kept(self, number: int) -> bool:
        return number in self._place

    @cached_property
    def bags(self) -> WordBags:
        """The words of the kept documents; to be closed when no more pairs are looked at."""
        pools = (
            Pool([self._shelf.sketch(number) for number in numbers], self.frequencies)
            for numbers in in_blocks(self.keepers)
        )
        return WordBags.joined((pool.words for pool in pools), self.frequencies.rarities)

    def done(self) -> None:
        """Free what only the comparison of pairs needs."""
        self.bags.close()

    def linked(self) -> Linked:
        """Compare what is worth it, and group."""
        size, settings = len(self.keepers), self._settings
        pairs = self.candidates(screened=True)
        left, right = pairs.left, pairs.right
        self.frequencies.count_runs()
        scores = PairScores.joined(len(left), self.over(score_pairs, left, right))
        told = np.flatnonzero(scores.score >= FLOOR)
        contained = np.maximum(scores.containment_left, scores.containment_right)
        wording = wordings(size, left, right, contained)
        labels = group_labels(wording, left[told], right[told], scores.score[told], settings)
        self.frequencies.forget_runs()
        return Linked(left, right, scores, labels, wording, told, pairs.capped)

    def candidates(self, screened: bool) -> Pairs:
        """Pairs by place among the kept documents that share a MinHash band or enough rare words.

        screened: without those whose words say that they have nothing in common.
        """
        size, common = len(self.keepers), self._settings.common
        copies = self._near_copies()
        capped = copies.capped + int(np.count_nonzero(self.frequencies.documents_with > common))
        near = neighbours_of(rare_words(self.bags, self.frequencies, common), NEIGHBOURS)
        found: list[Keys] = []
        for (one, other), passed in in_turn(
            self._worth if screened else _all, chain(copies.parts(), near), self._threads
        ):
            found.append(keys_of(one[passed], other[passed], size))
        return pairs_of(found, size, capped)

    def _worth(self, pairs: tuple[Ints, Ints]) -> Bools:
        return worth_judging(self.bags, *pairs)

    def over(self, work: Work[Result], left: Places, right: Places) -> Iterator[tuple[Places, Result]]:
        """What comes of a piece of work on some pairs at a time; see `over_blocks`."""
        return over_blocks(work, left, right, self._load, len(self.keepers), self._threads)

    def _near_copies(self) -> Pairs:
        keys = [
            bands(self._shelf.values(numbers), self._settings.near) for numbers in in_blocks(self.keepers)
        ]
        has_words = np.array([self._shelf.words[number] > 0 for number in self.keepers])
        return bucket_pairs(np.concatenate(keys, axis=1), has_words)

    def stories(self) -> Labels:
        """A label for each kept document; documents with one label are one story. Average linkage.

        Documents published more than `window_days` apart, where both dates are known, are not compared; reports made from one template
        are not alike.
        """
        days: Floats = np.array([self._shelf.days[number] for number in self.keepers])
        rare = rare_words(self.bags, self.frequencies, COMMON)

        def near() -> Iterator[tuple[Ints, Ints]]:
            for one, other in neighbours_of(rare, NEIGHBOURS_IN_STORY):
                keep = within_days(days, one, other, self._settings.window_days)
                yield one[keep], other[keep]

        def score(pairs: tuple[Ints, Ints]) -> Floats:
            return story_scores(self.bags, *pairs)

        parts = []
        for (one, other), scores in in_turn(score, near(), self._threads):
            keep = scores >= LEAST
            parts.append((one[keep].astype(np.int32), other[keep].astype(np.int32), scores[keep].astype(np.float32)))  # fmt: skip
        left, right, alike = (np.concatenate(each) for each in zip(*parts, strict=True))
        parts.clear()
        near_ones = np.flatnonzero(alike >= NEAR)
        for chosen, apart in self.over(_templated, left[near_ones], right[near_ones]):
            alike[near_ones[chosen[apart]]] = 0.0
        return cluster(len(self.keepers), left, right, alike, CUT, weight=0.0)

    def members(self, labels: Labels) -> list[list[int]]:
        """The documents of each label with two or more, sorted by id, the first document deciding the order."""
        found: dict[int, list[int]] = defaultdict(list)
        for label, number in zip(labels.tolist(), self.keepers, strict=True):
            found[label].append(number)
            found[label].extend(self._twins.get(number, ()))
        ids = self._shelf.ids
        several = [sorted(numbers, key=ids.__getitem__) for numbers in found.values() if len(numbers) > 1]
        return sorted(several, key=lambda numbers: ids[numbers[0]])

    def identity(self, members: Sequence[int]) -> str:
        """The id of the group that some documents are."""
        return identity("g", [self._shelf.ids[number] for number in members])

    def exact(self, kept: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Each kept document with those that have the same words."""
        for number in kept:
            for twin in self._twins.get(number, ()):
                yield number, twin

    def links(self, kept: Sequence[int], linked: Linked) -> Iterator[LinkFacts]:
        """What is known of the linked pairs of one group, by the places of its kept documents in `kept`."""
        place = {self._place[number]: at for at, number in enumerate(kept)}
        inside = [pair for at in sorted(place) for pair in self._pairs_of(linked).get(at, ())]
        scores = linked.scores
        for pair in self._best(inside, linked) if len(kept) > _LARGE else inside:
            yield LinkFacts(
                place[int(linked.left[pair])],
                place[int(linked.right[pair])],
                float(scores.probability[pair]),
                float(scores.jaccard[pair]),
                float(scores.containment_left[pair]),
                float(scores.containment_right[pair]),
                float(scores.aligned[pair]),
            )

    def _pairs_of(self, linked: Linked) -> dict[int, list[int]]:
        """The pairs within groups that are likely enough to be shown, by their left document."""
        if self._shown is None:
            together = linked.labels[linked.left] == linked.labels[linked.right]
            self._shown = defaultdict(list)
            for pair in np.flatnonzero(
                together & (linked.scores.probability >= self._settings.link)
            ).tolist():
                self._shown[int(linked.left[pair])].append(pair)
        return self._shown

    def _best(self, inside: Sequence[int], linked: Linked) -> list[int]:
        """Of the pairs of a large group those that are among the best five of one of their two."""
        keep: set[int] = set()
        held: dict[int, int] = defaultdict(int)
        for pair in sorted(inside, key=lambda p: (-linked.scores.score[p], p)):
            for end in (int(linked.left[pair]), int(linked.right[pair])):
                if held[end] < _BEST:
                    held[end] += 1
                    keep.add(pair)
        return sorted(keep)


@dataclass(frozen=True)
class _Blocks:
    """The words of documents of a shelf, some documents at a time, as often as they are asked for."""

    shelf: Shelf
    numbers: Sequence[int]

    def __iter__(self) -> Iterator[Words]:
        for block in in_blocks(self.numbers):
            yield Words([self.shelf.sketch(number) for number in block])


def _templated(pool: Pool, left: Ints, right: Ints) -> Bools:
    return templated(pool.sketches, left, right)


def _all(pairs: tuple[Ints, Ints]) -> Bools:
    return np.ones(len(pairs[0]), dtype=np.bool_)
