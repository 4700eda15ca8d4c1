"""The terms by which an archived document is found: its rarest words, and its MinHash bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provcheck.archive.entry import Parameters
from provcheck.groups.candidates import bands
from provcheck.groups.frequencies import PRIOR
from provcheck.groups.minhash import minhash
from provcheck.groups.sketch import Sketch
from provcheck.groups.words import Floats, Words, columns_of, grouped, rows_of
from provcheck.lexicon.background import background

_BAND = np.uint32(0x5BD1E995)  # tells bands from words
Array32 = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Terms:
    """Of some documents: the rare words (stems) of each with their rarity, and the MinHash values.

    rows, words, rarities: one entry a document and rare word, by document. bands: keys, documents by bands; has: which have any shingle.
    """

    rows: npt.NDArray[np.int64]
    words: Array32
    rarities: Floats
    values: Array32
    bands: Array32
    has: npt.NDArray[np.bool_]

    def keys(self) -> tuple[npt.NDArray[np.int64], Array32]:
        """Documents and keys of all terms; a key is 32 bits."""
        banded = np.flatnonzero(self.has)
        rows = np.repeat(banded, self.bands.shape[1])
        return np.concatenate([self.rows, rows]), np.concatenate([self.words, self.bands[banded].ravel()])


def terms_of(sketches: Sequence[Sketch], parameters: Parameters) -> Terms:
    """The terms of some documents; they depend on each document and on general news, not on what the archive holds."""
    words = Words(sketches)
    found = grouped(words.documents, words.stems)
    rows, stems = rows_of(found.keys), columns_of(found.keys).astype(np.uint32)
    rarities = np.log(PRIOR / (PRIOR * background().shares_of(stems) + 0.5)).clip(0)
    order = np.lexsort((stems, -rarities, rows))
    first = np.searchsorted(rows, np.arange(words.size))
    keep = order[(np.arange(len(order)) - first[rows]) < parameters.rare]
    keep = keep[rarities[keep] > 0]
    shingles = [sketch.shingles(parameters.shingle) for sketch in sketches]
    values = np.stack([minhash(each, parameters.permutations) for each in shingles])
    return Terms(
        rows[keep],
        stems[keep],
        rarities[keep],
        values,
        (bands(values, parameters.near).T >> np.uint64(32)).astype(np.uint32) ^ _BAND,
        np.array([len(each) > 0 for each in shingles]),
    )
