"""Items for the index, made up by chance that is the same each time."""

from __future__ import annotations

import math
import random

import numpy as np

from matching.index.records import ALWAYS, Item, ItemVector, Recipe

WIDTH = 16
TERM_WEIGHT = 0.1
RECIPE = Recipe("test", WIDTH, TERM_WEIGHT)
NOW = 1_000
WORDS = [f"word{number}" for number in range(60)]


def made_up_items(seed: int, count: int, *, first_id: int = 1) -> list[Item]:
    """Items with common and rare words, a few dimensions and a vector; every seventh has none of them."""
    chance = random.Random(seed)  # noqa: S311  made-up items, no secrets
    numbers = np.random.default_rng(seed)
    items = []
    for offset in range(count):
        words = {WORDS[int(len(WORDS) * chance.random() ** 3)] for _ in range(chance.randint(0, 12))}
        vector = ItemVector(
            {word: chance.uniform(0.2, 3) for word in words},
            {f"state:{chance.randint(0, 4)}": chance.uniform(-0.5, 0.5)},
        )
        dense = numbers.standard_normal(WIDTH).astype(np.float32)
        is_empty = offset % 7 == 6
        items.append(
            Item(
                first_id + offset,
                ItemVector({}, {}) if is_empty else vector,
                None if is_empty else dense / np.float32(np.linalg.norm(dense)),
            )
        )
    return items


def score_by_hand(wanted: Item, offered: Item, all_offered: list[Item]) -> float:
    """The score as its definition says it, one pair at a time."""
    total = 0.0
    for term in wanted.vector.terms.keys() & offered.vector.terms.keys():
        among = sum(term in item.vector.terms for item in all_offered)
        rarity = math.log1p((len(all_offered) - among + 0.5) / (among + 0.5))
        total += TERM_WEIGHT * rarity * wanted.vector.terms[term] * offered.vector.terms[term]
    for dim in wanted.vector.dims.keys() & offered.vector.dims.keys():
        total += wanted.vector.dims[dim] * offered.vector.dims[dim]
    if wanted.dense is not None and offered.dense is not None:
        total += float(wanted.dense @ offered.dense)
    return total


def closing(item: Item, until: int = ALWAYS) -> Item:
    return Item(item.id, item.vector, item.dense, until)
