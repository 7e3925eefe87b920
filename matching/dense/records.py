from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]  # a row for each text


class Encoder(Protocol):
    """Turns texts into vectors, on one core."""

    @property
    def version(self) -> str:
        """Which weights and which way of using them. Vectors of two versions can't be compared."""

    @property
    def width(self) -> int:
        """How many numbers a vector has."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row of unit length for each text; their dot product says how much two mean the same.

        Case doesn't matter, and only the first 512 pieces of words count. A text's vector varies in its third
        decimal with the texts beside it, so vectors are made once and kept.
        """

    def centre(self, vectors: Vectors, language: str) -> Vectors:
        """Return them without what all texts of a language ("sv" or "en") have in common, of unit length.

        Only centred vectors may be compared across languages.
        """

    def __hash__(self) -> int:
        """What an encoder made is kept beside it."""
