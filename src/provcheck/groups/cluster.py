"""Groups from scored pairs: agglomeration whose linkage is part best pair, part average, so that it does not chain."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

_SHARP = 5  # power of the best score in the linkage
_LARGEST = 3_000  # members of one linked component that are agglomerated exactly

Scores = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


def cluster(count: int, left: Labels, right: Labels, scores: Scores, cut: float, weight: float) -> Labels:
    """A label for each of `count` items; items with one label are one cluster.

    Two clusters merge while `weight * best**5 + (1 - weight) * mean` of the scores between them (0 to 1) is at
    least `cut`; pairs without a score count zero in the mean. The power lets a single link count only if it is
    nearly sure. Labels are the least index of each cluster: they do not depend on the order of the pairs.
    """
    labels = np.arange(count)
    strong = scores >= cut
    if not strong.any():
        return labels
    shape = (count, count)
    joined = coo_matrix((scores[strong], (left[strong], right[strong])), shape=shape)
    _, component = connected_components(joined, directed=False)
    graph = csr_matrix((scores, (left, right)), shape=shape)
    graph = (graph + graph.T).tocsr()
    order = np.argsort(component, kind="stable")
    sizes = np.bincount(component)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    for number in np.flatnonzero(sizes > 1):
        members = order[starts[number] : starts[number + 1]]
        if len(members) > _LARGEST:
            labels[members] = members[0]
            continue
        inner = agglomerate(graph[members][:, members].toarray().astype(np.float64), cut, weight)
        labels[members] = members[inner]
    return labels


def agglomerate(scores: Scores, cut: float, weight: float) -> Labels:
    """Labels for a dense symmetric matrix of scores; the label is the least member's index."""
    size = len(scores)
    mean, best = scores.copy(), scores.copy()
    counts = np.ones(size)
    labels = np.arange(size)
    linkage = weight * best**_SHARP + (1 - weight) * mean
    np.fill_diagonal(linkage, -1.0)
    while True:
        a, b = divmod(int(linkage.argmax()), size)
        if linkage[a, b] < cut:
            return labels
        a, b = min(a, b), max(a, b)
        mean[a] = (mean[a] * counts[a] + mean[b] * counts[b]) / (counts[a] + counts[b])
        best[a] = np.maximum(best[a], best[b])
        mean[:, a], best[:, a] = mean[a], best[a]
        counts[a] += counts[b]
        labels[labels == labels[b]] = labels[a]
        alive = linkage[a] > -2.0
        linkage[a] = np.where(alive, weight * best[a] ** _SHARP + (1 - weight) * mean[a], -9.0)
        linkage[:, a] = linkage[a]
        linkage[a, a] = -1.0
        linkage[b] = linkage[:, b] = -9.0
