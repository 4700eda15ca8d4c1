"""Articles made from one template: the same sentences with other numbers, of other companies, cities or days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from provcheck.article import Article
from provcheck.drift.masks import masked

_FEWEST = 3  # sentences that two articles have with other numbers
_CROWD = 100  # articles that have a sentence so masked; of more, no pairs are looked at


def find_templated(articles: Sequence[Article]) -> frozenset[tuple[str, str]]:
    """The ids of each two articles that have more sentences with other numbers than sentences that are the same; in order.

    A copy that was brought up to date keeps most of its sentences; a report of another day or company made from the same template keeps
    none that tells anything.
    """
    said: dict[str, dict[tuple[float, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    plain: dict[str, frozenset[str]] = {}
    for article in articles:
        unmasked = set[str]()
        for start, end in article.sentences:
            sentence = article.text[start:end]
            mask = masked(sentence)
            if mask is None:
                unmasked.add(sentence)
            else:
                said[mask.words][tuple(number.value for number in mask.numbers)].append(article.id)
        plain[article.id] = frozenset(unmasked)
    other, same = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for versions in said.values():
        holders = [(name, number) for number, names in enumerate(versions.values()) for name in names]
        if len(versions) > 1 and len(holders) <= _CROWD:
            for (a, i), (b, j) in combinations(holders, 2):
                (same if i == j else other)[min(a, b), max(a, b)] += a != b
    return frozenset(
        (a, b)
        for (a, b), many in other.items()
        if many >= _FEWEST and many > same[a, b] + len(plain[a] & plain[b])
    )
