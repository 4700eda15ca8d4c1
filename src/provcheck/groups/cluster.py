"""Groups from scored pairs: agglomeration whose linkage is part best pair, part average, so that it does not chain;
and then what stands near one group alone.
"""

from __future__ import annotations

import numpy as np

from provcheck.groups.agglomeration import Labels, Scores, agglomerate
from provcheck.groups.components import component_labels
from provcheck.groups.words import Places
from provcheck.settings import GroupSettings

_ROUNDS = 3  # of joining what is alone
_GROUP = 3  # wordings that a group has before it draws what is alone
ONE_WORDING = 0.8  # share of the narration of one that stands in the other, from which two have one wording


def group_labels(
    wording: Labels, left: Places, right: Places, scores: Scores, settings: GroupSettings
) -> Labels:
    """A label for each document; documents with one label share one source text. `wording` is of `wordings`."""
    labels = cluster(len(wording), left, right, scores, settings.cut, settings.chaining)
    return join_alone(labels, wording, left, right, scores, settings.alone, settings.rival)


def wordings(count: int, left: Places, right: Places, contained: Scores) -> Labels:
    """A label for each of `count` documents; verbatim copies and cuts have one wording, and one label.

    contained: for each pair the greater containment of one's narration in the other, 0 to 1.
    """
    near = contained >= ONE_WORDING
    labels = component_labels(count, left[near], right[near])
    return np.unique(labels, return_inverse=True)[1].astype(labels.dtype)  # 0, 1, 2 … by their first document


def join_alone(
    labels: Labels, wording: Labels, left: Places, right: Places, scores: Scores, least: float, rival: float
) -> Labels:
    """Joins two clusters that are each other's nearest while nothing else is near either of them.

    A free retelling scores no higher against its source than an independent report does; but the report of an
    event stands among others, near several of them, and the retelling near one group only. So a mean score of `least`
    is enough where the next nearest cluster of both has at most `rival` and one of them has three wordings: ten
    copies of one text tell no more than one does.
    """
    labels = labels.copy()
    for _ in range(_ROUNDS):
        roots, part = np.unique(labels, return_inverse=True)
        size = np.bincount(part)
        told = np.bincount(np.unique(np.stack([part, wording]), axis=1)[0], minlength=len(roots))
        nearest, mean, second = _nearest(part[left], part[right], scores, size)
        number = np.arange(len(roots))
        partner = np.maximum(nearest, 0)
        joins = (
            (nearest > number)
            & (nearest[partner] == number)
            & (mean >= least)
            & (second <= rival)
            & (second[partner] <= rival)
            & (np.maximum(told, told[partner]) >= _GROUP)
        )
        if not joins.any():
            return labels
        target = roots.copy()
        target[nearest[joins]] = roots[joins]
        labels = target[part]
    return labels


def _nearest(a: Labels, b: Labels, scores: Scores, size: Labels) -> tuple[Labels, Scores, Scores]:
    """For each cluster the nearest one (-1 if none), the mean score to it, and the mean score to the next nearest."""
    count, apart = len(size), a != b
    low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
    keys, place = np.unique(low * count + high, return_inverse=True)
    low, high = np.divmod(keys, max(1, count))
    mean = np.bincount(place, scores[apart], minlength=len(keys)) / (size[low] * size[high])
    rows, columns, means = np.r_[low, high], np.r_[high, low], np.r_[mean, mean]
    order = np.lexsort((columns, -means, rows))
    rows, columns, means = rows[order], columns[order], means[order]
    nearest, first, second = np.full(count, -1), np.zeros(count), np.zeros(count)
    starts = np.flatnonzero(np.r_[True, np.diff(rows) != 0]) if len(rows) else np.empty(0, np.int64)
    nearest[rows[starts]], first[rows[starts]] = columns[starts], means[starts]
    later = starts + 1
    later = later[later < len(rows)]
    later = later[rows[later] == rows[later - 1]]
    second[rows[later]] = means[later]
    return nearest, first, second


def cluster(count: int, left: Places, right: Places, scores: Scores, cut: float, weight: float) -> Labels:
    """A label for each of `count` items; items with one label are one cluster.

    Two clusters merge while `weight * best**5 + (1 - weight) * mean` of the scores between them (0 to 1) is at
    least `cut`; pairs without a score count zero in the mean. The power lets a single link count only if it is
    nearly sure. Labels are the least index of each cluster: they do not depend on the order of the pairs.
    """
    strong = scores >= cut
    component = component_labels(count, left[strong], right[strong])
    inside = np.flatnonzero(
        component[left] == component[right]
    )  # no other pair counts in any linkage that is enough
    left, right, scores = left[inside], right[inside], scores[inside]
    del strong, inside  # of millions of pairs nothing waits that is not needed
    return agglomerate(count, left, right, scores, cut, weight)
