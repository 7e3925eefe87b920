from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemVector:
    """One side of the first-stage score, which is the sum over what both sides have in common.

    Both mappings give each name a weight. The index doesn't know what a name means; both sides have to use
    the same ones.
    """

    terms: Mapping[str, float]  # any number of names in all, a few dozen of them here
    dims: Mapping[str, float]  # of 96 names in all, at most
