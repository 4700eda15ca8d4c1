"""Agglomeration over neighbours: as what a textbook does with a matrix of all pairs, in the memory of those that are near.

The best partner of each cluster waits in one queue and is looked for anew when it has changed (Müllner 2011, Modern hierarchical, agglomerative clustering
algorithms: the generic algorithm); a neighbour that was merged is followed to its cluster when it is looked at. Sixteen bytes for each end of a pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from provcheck.groups.words import Places

_BLOCK = 1 << 16  # items whose pairs are looked at together
_SHARP = 5  # power of the best score in the linkage
Labels = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
_Number = TypeVar("_Number", float, Scores)


def linkage_of(best: _Number, mean: _Number, weight: float) -> _Number:
    """The linkage of two clusters, 0 to 1, from the best and the mean raw score between them."""
    return weight * best**_SHARP + (1 - weight) * mean


def agglomerate(count: int, left: Places, right: Places, scores: Scores, cut: float, weight: float) -> Labels:
    """A label for each of `count` items, the least item of its cluster, from scored pairs of items; others score zero.

    The two clusters with the greatest linkage are merged while it is at least `cut`, of equal ones those with the least labels.
    """
    clusters = _Clusters(count, left, right, scores, weight)
    waiting = clusters.at_first(cut)
    changed: list[_Partner] = []
    first = next(waiting, None)
    while first is not None or changed:
        if first is not None and (not changed or first <= changed[0]):
            partner, first = first, next(waiting, None)
        else:
            partner = heappop(changed)
        if clusters.is_current(partner):
            owner = clusters.merge(partner.one, partner.other)
        elif clusters.label[partner.owner] == partner.owner:
            owner = partner.owner
        else:
            continue
        better = clusters.best(owner)
        if better is not None and -better.negative >= cut:
            heappush(changed, better)
    return clusters.label.astype(np.int64)


class _Partner(NamedTuple):
    """The best partner of a cluster (`owner`) when it was looked for: the linkage, negative; the two labels; how many items both had."""

    negative: float
    one: int
    other: int
    owner: int
    size: int


class _Near(NamedTuple):
    """Neighbours of a cluster, rising, with the sum of scores and the best score of the pairs with each; of as few bits as hold them."""

    labels: npt.NDArray[np.int32]
    sums: Scores
    bests: npt.NDArray[np.float32]


class _Clusters:
    """Clusters under way. `label`: of each item, the least item of its cluster."""

    def __init__(self, count: int, left: Places, right: Places, scores: Scores, weight: float) -> None:
        self.label = np.arange(count, dtype=np.int32)
        self._weight = weight
        self._size = np.ones(count, dtype=np.int64)
        self._others = np.empty(2 * len(left), dtype=np.int32)
        self._scores = np.empty(2 * len(left), dtype=np.float32)
        self._starts = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(
            np.bincount(left, minlength=count) + np.bincount(right, minlength=count), out=self._starts[1:]
        )
        for first in range(0, count, _BLOCK):  # sorting all at once would take twice the memory
            stop = min(first + _BLOCK, count)
            here, there = ((each >= first) & (each < stop) for each in (left, right))
            one, other = (
                np.concatenate([left[here], right[there]]),
                np.concatenate([right[here], left[there]]),
            )
            order = np.lexsort((other, one))
            mine = slice(self._starts[first], self._starts[stop])
            self._others[mine] = other[order]
            self._scores[mine] = np.concatenate([scores[here], scores[there]])[order]
        self._merged: dict[int, _Near] = {}
        self._items: dict[int, list[int]] = {}

    def at_first(self, cut: float) -> Iterator[_Partner]:
        """The best partner of each item, the greatest linkage first."""
        found = [self._best_of(start, cut) for start in range(0, max(1, len(self.label)), _BLOCK)]
        owner, other, linkage = (np.concatenate(each) for each in zip(*found, strict=True))
        low, high, negative = np.minimum(owner, other), np.maximum(owner, other), -linkage
        for place in np.lexsort((owner, high, low, negative)).tolist():
            yield _Partner(float(negative[place]), int(low[place]), int(high[place]), int(owner[place]), 2)

    def _best_of(self, first: int, cut: float) -> tuple[Labels, Labels, Scores]:
        """Of some items those that have a partner, the least of their best partners, and the linkage."""
        starts = self._starts[first : first + _BLOCK + 1]
        many, mine = np.diff(starts), slice(starts[0], starts[-1])
        linkage = self._linkage(self._scores[mine].astype(np.float64))
        best, owners = np.zeros(len(many)), np.flatnonzero(many)
        if len(owners):
            best[owners] = np.maximum.reduceat(linkage, starts[owners] - starts[0])
        rows = np.repeat(np.arange(len(many)), many)
        at = np.flatnonzero((linkage == best[rows]) & (linkage >= cut))
        owner, place = np.unique(rows[at], return_index=True)
        return owner + first, self._others[mine][at[place]].astype(np.int64), best[owner]

    def _linkage(self, scores: Scores) -> Scores:
        return linkage_of(scores, scores, self._weight)

    def is_current(self, partner: _Partner) -> bool:
        """Whether both are clusters still and neither has grown."""
        one, other = partner.one, partner.other
        unmerged = self.label[one] == one and self.label[other] == other
        return bool(unmerged and self._size[one] + self._size[other] == partner.size)

    def merge(self, one: int, other: int) -> int:
        """Merge two clusters, the lesser label first; the label of both."""
        here, there = self._near(one), self._near(other)
        items = self._items.pop(other, [other])
        self._items.setdefault(one, [one]).extend(items)
        self.label[items] = one
        self._size[one] += self._size[other]
        self._merged.pop(other, None)
        joined = _Near(
            np.concatenate([here.labels, there.labels]),
            np.concatenate([here.sums, there.sums]),
            np.concatenate([here.bests, there.bests]),
        )
        self._merged[one] = self._followed(one, joined)
        return one

    def best(self, cluster: int) -> _Partner | None:
        """The best partner of a cluster, of equal ones the least; None where it has no neighbour."""
        near = self._near(cluster)
        if not len(near.labels):
            return None
        means = near.sums / (self._size[cluster] * self._size[near.labels])
        linkage = linkage_of(near.bests.astype(np.float64), means, self._weight)
        at = int(np.argmax(linkage))
        other = int(near.labels[at])
        size = int(self._size[cluster] + self._size[other])
        return _Partner(-float(linkage[at]), min(cluster, other), max(cluster, other), cluster, size)

    def _near(self, cluster: int) -> _Near:
        found = self._merged.get(cluster)
        if found is None:
            mine = slice(self._starts[cluster], self._starts[cluster + 1])
            found = _Near(self._others[mine], self._scores[mine].astype(np.float64), self._scores[mine])
        if np.array_equal(self.label[found.labels], found.labels):
            return found
        return self._followed(cluster, found)

    def _followed(self, cluster: int, near: _Near) -> _Near:
        """The neighbours with the clusters that they are in now, each once."""
        labels = self.label[near.labels]
        order = np.argsort(labels, kind="stable")
        ordered = labels[order]
        opens = np.ones(len(ordered), dtype=np.bool_)
        np.not_equal(ordered[1:], ordered[:-1], out=opens[1:])
        starts = np.flatnonzero(opens)
        told = _Near(
            ordered[starts],
            np.add.reduceat(near.sums[order], starts) if len(starts) else near.sums,
            np.maximum.reduceat(near.bests[order], starts) if len(starts) else near.bests,
        )
        keep = told.labels != cluster
        return _Near(*(each[keep] for each in told))
