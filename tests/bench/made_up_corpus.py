"""Texts by the million, made up: words as frequent as in real notices, by Zipf's law, and no real ones.

In real titles and descriptions the hundred commonest words are half of the text; so they are here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.index.gathered import Gathered, dim_hash, term_hash
from matching.index.records import ALWAYS, Item, ItemVector, Numbers

WORDS = 60_000
MEAN_LENGTH = 26  # words of a notice, most of them far shorter or far longer
DIMS = 96
DIMS_OF_AN_ITEM = 5
WIDTH = 384
_STEEPNESS = 1.04
# How common words and long texts are weighed, as BM25 has it.
_K, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts as numbers of words. Text i stands from ``starts[i]`` to ``starts[i + 1]``, each word once."""

    starts: Numbers
    words: NDArray[np.int32]
    weights: NDArray[np.float32]  # BM25's, without how rare a word is

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, number: int) -> str:
        return " ".join(f"w{word}" for word in self.words_of(number))

    def words_of(self, number: int) -> list[int]:
        found: list[int] = self.words[self.starts[number] : self.starts[number + 1]].tolist()
        return found

    def items(self, dense: NDArray[np.int8], seed: int) -> list[Item]:
        """The texts as items, one by one: for what isn't there by the million."""
        chance = np.random.default_rng(seed)
        dims = chance.integers(0, DIMS, (len(self), DIMS_OF_AN_ITEM))
        return [
            Item(
                number + 1,
                ItemVector(
                    {
                        f"w{word}": float(weight)
                        for word, weight in zip(
                            self.words_of(number),
                            self.weights[self.starts[number] : self.starts[number + 1]],
                            strict=True,
                        )
                    },
                    {f"d{dim}": 0.2 for dim in dims[number]},
                ),
                _unit(dense[number]),
            )
            for number in range(len(self))
        ]

    def columns(self, dense: NDArray[np.int8], seed: int) -> Gathered:
        """The texts as columns of the index, with made-up dimensions."""
        chance = np.random.default_rng(seed)
        count = len(self)
        known = np.array([term_hash(f"w{word}") for word in range(WORDS)], np.uint64)
        dims = np.array([dim_hash(f"d{dim}") for dim in range(DIMS)], np.uint64)
        lengths = np.diff(self.starts)
        starts = np.concatenate([[0], np.cumsum(lengths + DIMS_OF_AN_ITEM)])
        # Each text's words, and after them its dimensions.
        is_word = np.ones(starts[-1], np.bool_)
        ends = starts[1:, None] - 1 - np.arange(DIMS_OF_AN_ITEM)
        is_word[ends.ravel()] = False
        names = np.empty(starts[-1], np.uint64)
        weights = np.full(starts[-1], 0.2, np.float32)
        names[is_word] = known[self.words]
        weights[is_word] = self.weights
        names[~is_word] = dims[chance.integers(0, DIMS, count * DIMS_OF_AN_ITEM)]
        scale = (
            (1 / np.linalg.norm(dense, axis=1)).astype(np.float32) if dense.size else np.zeros(count, "f4")
        )
        ids = np.arange(1, count + 1)
        return Gathered(ids, np.full(count, ALWAYS), starts, names, weights, dense, scale)


def made_up_texts(count: int, *, seed: int, mean_length: float = MEAN_LENGTH) -> Corpus:
    """``count`` texts; the same for the same seed."""
    chance = np.random.default_rng(seed)
    frequencies = 1 / np.arange(1, WORDS + 1) ** _STEEPNESS
    frequencies /= frequencies.sum()
    spread = 0.6
    lengths = chance.lognormal(np.log(mean_length) - spread**2 / 2, spread, count).astype(np.int64) + 3
    total = int(lengths.sum())
    words = np.searchsorted(np.cumsum(frequencies), chance.random(total, np.float32)).clip(0, WORDS - 1)
    texts = np.repeat(np.arange(count), lengths)
    # Each word of a text once, with how often it stands there.
    pairs, times = np.unique(texts * WORDS + words, return_counts=True)
    owners = pairs // WORDS
    longer = lengths / max(1.0, total / max(1, count))
    weights = times * (_K + 1) / (times + _K * (1 - _B + _B * longer[owners]))
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=count))])
    return Corpus(starts, (pairs % WORDS).astype(np.int32), weights.astype(np.float32))


def made_up_vectors(count: int, *, seed: int) -> NDArray[np.int8]:
    """Vectors in eight bits that lie in clusters, as meanings do. A million real ones would take an hour."""
    chance = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((500, WIDTH), np.float32)
    vectors = np.empty((count, WIDTH), np.int8)
    for first in range(0, count, 50_000):
        some = slice(first, min(first + 50_000, count))
        size = some.stop - first
        near = centres[chance.integers(0, len(centres), size)]
        vectors[some] = (25 * (near + chance.standard_normal((size, WIDTH), np.float32))).clip(-127, 127)
    return vectors


def _unit(vector: NDArray[np.int8]) -> NDArray[np.float32]:
    floats = vector.astype(np.float32)
    unit: NDArray[np.float32] = floats / np.linalg.norm(floats)
    return unit
