"""Connected components of a graph whose nodes are numbers. scipy knows them, too, but importing it takes a quarter of a second."""

from __future__ import annotations

import numpy as np

from provcheck.groups.words import Ints, Places


def component_labels(count: int, left: Places, right: Places) -> Ints:
    """A label for each of `count` nodes, the least node that edges (`left`, `right`) connect it with.

    Trees of nodes hang their roots below lesser ones that they touch, and are flattened, in turns: a few for any graph.
    Shiloach and Vishkin (1982), An O(log n) parallel connectivity algorithm.
    """
    root = np.arange(count)
    while True:
        one, other = root[left], root[right]
        apart = one != other
        if not apart.any():
            return root
        left, right, one, other = left[apart], right[apart], one[apart], other[apart]
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        above = root[root]
        while not np.array_equal(above, root):
            root, above = above, above[above]
