"""Items in columns: what a million of them fit into."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.index.records import Floats, Item, Numbers

_LARGEST = 127


@dataclass(frozen=True, slots=True)
class Gathered:
    """Items in columns. The names of item i stand from ``starts[i]`` to ``starts[i + 1]``."""

    ids: Numbers
    until: Numbers
    starts: Numbers
    names: NDArray[np.uint64]  # hashed
    weights: Floats
    dense: NDArray[np.int8]  # times scale is the vector
    scale: Floats


def gather(items: Iterable[Item], *, width: int) -> Gathered:
    """Read items into columns; ``width`` is that of their vectors, 0 where there are none."""
    ids, until, starts = array("q"), array("q"), array("q", [0])
    names, weights = array("Q"), array("f")
    dense, scale = bytearray(), array("f")
    for item in items:
        ids.append(item.id)
        until.append(item.until)
        names.extend([term_hash(term) for term in item.vector.terms])
        weights.extend(item.vector.terms.values())
        names.extend([dim_hash(dim) for dim in item.vector.dims])
        weights.extend(item.vector.dims.values())
        starts.append(len(names))
        numbers, step = _in_eight_bits(item.dense, width)
        dense += numbers.tobytes()
        scale.append(step)
    return Gathered(
        _column(ids, np.int64),
        _column(until, np.int64),
        _column(starts, np.int64),
        _column(names, np.uint64),
        _column(weights, np.float32),
        np.frombuffer(dense, np.int8).reshape(len(ids), width),
        _column(scale, np.float32),
    )


def gather_parts(items: Iterable[Item], *, width: int, rows: int) -> Iterator[Gathered]:
    """As ``gather``, with so many items at most in each. Where there is no item that is one empty part."""
    rest = iter(items)
    is_empty = True
    for first in rest:
        is_empty = False
        yield gather(chain([first], islice(rest, rows - 1)), width=width)
    if is_empty:
        yield gather((), width=width)


def parted(gathered: Gathered, *, rows: int) -> Iterator[Gathered]:
    """What has been gathered already, in the same parts; they share its memory."""
    for first in range(0, max(len(gathered.ids), 1), rows):
        own = slice(first, first + rows)
        starts = gathered.starts[first : first + rows + 1]
        named = slice(starts[0], starts[-1])
        yield Gathered(
            gathered.ids[own],
            gathered.until[own],
            starts - starts[0],
            gathered.names[named],
            gathered.weights[named],
            gathered.dense[own],
            gathered.scale[own],
        )


@lru_cache(maxsize=200_000)
def term_hash(name: str) -> int:
    """A term's number: even, the same in every process. That two names share one is beyond any chance."""
    return _hash(name) & ~1


@lru_cache(maxsize=1_000)
def dim_hash(name: str) -> int:
    """A dimension's number: odd, so that no term has it."""
    return _hash(name) | 1


def is_dim(names: NDArray[np.uint64]) -> NDArray[np.bool_]:
    return (names & np.uint64(1)).astype(np.bool_)


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def _in_eight_bits(vector: Floats | None, width: int) -> tuple[NDArray[np.int8], float]:
    largest = 0.0 if vector is None or not width else float(np.abs(vector).max())
    if vector is None or not largest:
        return np.zeros(width, np.int8), 0.0
    step = largest / _LARGEST
    return np.round(vector / step).astype(np.int8), step


def _column(values: array[Any], kind: type[Any]) -> NDArray[Any]:
    return np.frombuffer(values, kind) if values else np.empty(0, kind)
