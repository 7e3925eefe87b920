"""What a version of the index goes by: which names it knows and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.index.gathered import Gathered, is_dim
from matching.index.records import Floats, Recipe

# Names that came up later share so many numbers, by their hash, until the next version knows them.
STRANGERS = 4_096


@dataclass(frozen=True, slots=True)
class Frozen:
    """The names, sorted, and what having one in common is worth. Nothing moves until the next version."""

    names: NDArray[np.uint64]
    worth: Floats  # of the names, then of the strangers

    def numbers(self, names: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each name."""
        strangers = len(self.names) + (names >> np.uint64(1)) % np.uint64(STRANGERS)
        if not len(self.names):
            return strangers.astype(np.int32)
        places = np.minimum(np.searchsorted(self.names, names), len(self.names) - 1)
        return np.where(self.names[places] == names, places, strangers).astype(np.int32)


def freeze(wanted: Gathered, offered: Gathered, recipe: Recipe) -> Frozen:
    """Count in how many of the offered each term occurs: a rare one is worth more. A dimension is worth 1.

    Where the recipe says so all terms are worth the same, since their weights tell how rare they are.
    """
    names = np.unique(np.concatenate([wanted.names, offered.names]))
    documents = len(offered.ids)
    # An item names each of its terms once, so its names are also its documents.
    among = np.zeros(len(names) + STRANGERS)
    found, counts = np.unique(offered.names, return_counts=True)
    among[np.searchsorted(names, found)] = counts
    rarity = np.log1p((documents - among + 0.5) / (among + 0.5)) if recipe.by_rarity else np.ones(len(among))
    worth = recipe.term_weight * rarity
    worth[: len(names)][is_dim(names)] = 1.0
    return Frozen(names, worth.astype(np.float32))
