"""Pairs worth comparing, without comparing all: MinHash bands for near copies, rare words for everything looser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, triu

from provcheck.groups.bags import Bag, Ints, frequency, unit_rows
from provcheck.groups.minhash import minhash
from provcheck.groups.sketch import Sketch
from provcheck.settings import GroupSettings

_RARE_WORDS = 40  # of each document, the heaviest
_LEAST_COSINE = 0.10  # over those
_BUCKET = 50  # a bucket with more documents joins each to its first: copies of one text, or boilerplate


@dataclass(frozen=True)
class Candidates:
    """Pairs (left < right) by document index, and how many terms and buckets were capped."""

    left: Ints
    right: Ints
    capped: int


def find_candidates(sketches: Sequence[Sketch], words: Bag, settings: GroupSettings) -> Candidates:
    """Every pair that shares a MinHash band or enough rare words."""
    near, capped_buckets = _near_copies(sketches, settings)
    left, right, capped_words = rare_word_pairs(words, settings.common)
    size = len(sketches)
    keys = np.unique(np.concatenate([near, left * size + right]))
    return Candidates(keys // size, keys % size, capped_buckets + capped_words)


def _near_copies(sketches: Sequence[Sketch], settings: GroupSettings) -> tuple[Ints, int]:
    """Pairs that datasketch's LSH puts into one bucket, as `left * size + right`; and the capped buckets."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=settings.near, num_perm=settings.permutations)
    for number, sketch in enumerate(sketches):
        if len(sketch.stems):
            values = minhash(sketch.shingles(settings.shingle), settings.permutations)
            index.insert(number, MinHash(hashvalues=values, scheme="affine32"), check_duplication=False)
    pairs: set[int] = set()
    capped = 0
    for table in index.hashtables:
        for bucket in table.keys():  # noqa: SIM118 - datasketch's storage, not a dict
            members = sorted(table.get(bucket))
            if len(members) > _BUCKET:
                capped += 1
                pairs.update(members[0] * len(sketches) + other for other in members[1:])
                continue
            pairs.update(a * len(sketches) + b for i, a in enumerate(members) for b in members[i + 1 :])
    return np.array(sorted(pairs), dtype=np.int64), capped


def rare_word_pairs(words: Bag, common: int) -> tuple[Ints, Ints, int]:
    """Pairs whose heaviest rare words agree: cosine over 40 words a document, none in more than `common`."""
    documents_with = frequency(words.counts)
    heavy = words.counts.copy()
    heavy.data = (1 + np.log(heavy.data)) * words.idf[heavy.indices]
    held = documents_with[heavy.indices]
    heavy.data[(held > common) | (held < 2)] = 0
    heavy.eliminate_zeros()
    capped = int(np.count_nonzero(documents_with > common))
    chosen = unit_rows(_heaviest(heavy, _RARE_WORDS))
    found = triu(chosen @ chosen.T, 1).tocoo()
    keep = found.data > _LEAST_COSINE
    left, right = found.row[keep].astype(np.int64), found.col[keep].astype(np.int64)
    return left, right, capped


def _heaviest(matrix: csr_matrix, most: int) -> csr_matrix:
    """Each row's `most` greatest entries; ties go to the lower column."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, rows))
    rank = np.arange(matrix.nnz) - matrix.indptr[rows[order]]
    keep = np.zeros(matrix.nnz, dtype=bool)
    keep[order[rank < most]] = True
    kept = matrix.copy()
    kept.data = kept.data * keep
    kept.eliminate_zeros()
    return kept
