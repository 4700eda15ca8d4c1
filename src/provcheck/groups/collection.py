"""A whole collection: which pairs are worth comparing, how they score, and the groups and stories that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from provcheck.groups.agglomeration import Labels
from provcheck.groups.bags import Pool
from provcheck.groups.candidates import Pairs, bands, bucket_pairs, rare_word_pairs, united
from provcheck.groups.cluster import cluster, group_labels, wordings
from provcheck.groups.frequencies import Frequencies
from provcheck.groups.links import LinkFacts, identity
from provcheck.groups.pairs import Result, Work, over_blocks
from provcheck.groups.score import PairScores, score_pairs, worth_judging
from provcheck.groups.shelf import Shelf, in_blocks
from provcheck.groups.sketch import Sketch
from provcheck.groups.stories import COMMON, CUT, story_scores, within_days
from provcheck.groups.words import Bools, Floats, Ints, Places, Words
from provcheck.settings import GroupSettings

FLOOR = 0.02  # scores below say nothing and are left out of the means
_LARGE = 40  # members of a group whose pairs are all listed; in larger ones each keeps its best links
_BEST = 5
NEIGHBOURS, NEIGHBOURS_IN_STORY = 32, 200  # documents that each is compared with, whatever else is near


def _screen(pool: Pool, _: list[Sketch], left: Ints, right: Ints) -> Bools:
    return worth_judging(pool, left, right)


def _score(pool: Pool, _: list[Sketch], left: Ints, right: Ints) -> PairScores:
    return score_pairs(pool, left, right)


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
        return Frequencies(self._blocks(), sum(self._shelf.words[number] for number in self.keepers))

    def _blocks(self) -> Iterator[Words]:
        for numbers in in_blocks(self.keepers):
            yield Words([self._shelf.sketch(number) for number in numbers])

    def _load(self, places: Sequence[int]) -> list[Sketch]:
        return [self._shelf.sketch(self.keepers[place]) for place in places]

    def is_kept(self, number: int) -> bool:
        return number in self._place

    def linked(self) -> Linked:
        """Compare what is worth it, and group."""
        size, settings = len(self.keepers), self._settings
        pairs = self.candidates()
        worth = np.zeros(len(pairs.left), dtype=np.bool_)
        for chosen, passed in self.over(_screen, pairs.left, pairs.right):
            worth[chosen] = passed
        left, right, capped = pairs.left[worth], pairs.right[worth], pairs.capped
        del pairs, worth
        scores = PairScores.joined(len(left), self.over(_score, left, right))
        told = np.flatnonzero(scores.score >= FLOOR)
        contained = np.maximum(scores.containment_left, scores.containment_right)
        wording = wordings(size, left, right, contained)
        labels = group_labels(wording, left[told], right[told], scores.score[told], settings)
        return Linked(left, right, scores, labels, wording, told, capped)

    def candidates(self) -> Pairs:
        """Pairs by place among the kept documents that share a MinHash band or enough rare words."""
        rare = rare_word_pairs(self._blocks(), self.frequencies, self._settings.common, NEIGHBOURS)
        return united(self._near_copies(), rare, len(self.keepers))

    def over(self, work: Work[Result], left: Places, right: Places) -> Iterator[tuple[Places, Result]]:
        """What comes of a piece of work on some pairs at a time; see `over_blocks`."""
        return over_blocks(work, left, right, self._load, self.frequencies, len(self.keepers), self._threads)

    def _near_copies(self) -> Pairs:
        keys = [
            bands(self._shelf.values(numbers), self._settings.near) for numbers in in_blocks(self.keepers)
        ]
        has_words = np.array([self._shelf.words[number] > 0 for number in self.keepers])
        return bucket_pairs(np.concatenate(keys, axis=1), has_words)

    def stories(self) -> Labels:
        """A label for each kept document; documents with one label are one story. Average linkage.

        Documents published more than `window_days` apart, where both dates are known, are not compared.
        """
        size = len(self.keepers)
        days: Floats = np.array([self._shelf.days[number] for number in self.keepers])

        def near(left: Ints, right: Ints) -> Bools:
            return within_days(days, left, right, self._settings.window_days)

        pairs = rare_word_pairs(self._blocks(), self.frequencies, COMMON, NEIGHBOURS_IN_STORY, near)
        scores = np.zeros(len(pairs.left))
        for chosen, part in self.over(story_scores, pairs.left, pairs.right):
            scores[chosen] = part
        return cluster(size, pairs.left, pairs.right, scores, CUT, weight=0.0)

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
