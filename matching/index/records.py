from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Numbers: TypeAlias = NDArray[np.int64]

# Of the files. Whoever labels versions says it, so that those of another format are made anew.
FORMAT = 3
ALWAYS = np.iinfo(np.int64).max
# Whoever writes holds so many items at once. To search a segment more costs 0.1 ms.
SEGMENT_ROWS = 125_000


class Side(StrEnum):
    WANTED = "wanted"  # profiles
    OFFERED = "offered"  # opportunities


@dataclass(frozen=True, slots=True)
class ItemVector:
    """One side of the first-stage score, which is the sum over what both sides have in common.

    Both mappings give each name a weight. The index doesn't know what a name means; both sides have to use
    the same ones.
    """

    terms: Mapping[str, float]  # any number of names in all, a few dozen of them here
    dims: Mapping[str, float]  # of 96 names in all, at most


@dataclass(frozen=True, slots=True)
class Item:
    """One profile or opportunity, as it goes into the index."""

    id: int
    vector: ItemVector
    dense: Floats | None = None
    # Seconds since 1970: when it closes. It is found until then.
    until: int = ALWAYS


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a version of the index is made."""

    label: str  # who made the terms and vectors: versions of the scorer and the encoder
    width: int  # of the vectors; 0 where there are none
    term_weight: float  # what the terms count beside dimensions and vectors
    by_rarity: bool = True  # whether the index counts how rare terms are; else their weights say it already
    rows: int = SEGMENT_ROWS  # of a segment at most; what is found doesn't depend on it


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of items and their scores, the best first."""

    ids: Numbers
    scores: Floats
