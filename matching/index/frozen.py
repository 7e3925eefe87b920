"""What a version of the index goes by: which names it knows and how much each counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.index.gathered import Gathered, is_dim
from matching.index.records import Floats, Numbers, Recipe

# Names that came up later share so many numbers, by their hash, until the next version knows them.
STRANGERS = 4_096


@dataclass(frozen=True, slots=True)
class Frozen:
    """The names, sorted, and what having one in common is worth. Nothing moves until the next version."""

    names: NDArray[np.uint64]
    worth: Floats  # of the names, then of the strangers

    def numbers(self, names: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each name."""
        if not len(self.names):
            return self._strangers(names)
        places = np.searchsorted(self.names, names)
        np.minimum(places, len(self.names) - 1, out=places)
        numbers = places.astype(np.int32)
        unknown = self.names[places] != names
        numbers[unknown] = self._strangers(names[unknown])
        return numbers

    def _strangers(self, names: NDArray[np.uint64]) -> NDArray[np.int32]:
        return (len(self.names) + (names >> np.uint64(1)) % np.uint64(STRANGERS)).astype(np.int32)


def freeze(wanted: Iterable[Gathered], offered: Iterable[Gathered], recipe: Recipe) -> Frozen:
    """Count in how many of the offered each term occurs: a rare one is worth more. A dimension is worth 1.

    Where the recipe says so all terms are worth the same, since their weights tell how rare they are.
    Reads the parts of each side one after the other.
    """
    names, _, _ = _counted(wanted)
    found, counts, documents = _counted(offered)
    names = np.union1d(names, found)
    # An item names each of its terms once, so its names are also its documents.
    among = np.zeros(len(names) + STRANGERS)
    among[np.searchsorted(names, found)] = counts
    rarity = np.log1p((documents - among + 0.5) / (among + 0.5)) if recipe.by_rarity else np.ones(len(among))
    worth = recipe.term_weight * rarity
    worth[: len(names)][is_dim(names)] = 1.0
    return Frozen(names, worth.astype(np.float32))


def _counted(parts: Iterable[Gathered]) -> tuple[NDArray[np.uint64], Numbers, int]:
    """The names in all parts, sorted, how often each stands there, and how many items there are."""
    names, counts, documents = np.empty(0, np.uint64), np.empty(0, np.int64), 0
    for part in parts:
        own, own_counts = np.unique(part.names, return_counts=True)
        names, places = np.unique(np.concatenate([names, own]), return_inverse=True)
        summed = np.bincount(places, np.concatenate([counts, own_counts]), len(names))
        counts = summed.astype(np.int64)
        documents += len(part.ids)
    return names, counts, documents
