"""Vectors of texts that were encoded before, kept in a file, so that measuring again takes seconds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from matching.dense import Encoder, Vectors

_AT_ONCE = 256


class KeptVectors:
    """An encoder that remembers. What it remembers is of one version of the encoder, in one file."""

    def __init__(self, encoder: Encoder, folder: Path, *, tell: Callable[[int, int], None]) -> None:
        """``tell`` hears how many of how many new texts have been encoded."""
        self._encoder = encoder
        self._file = folder / f"vectors-{encoder.version}.npz"
        self._tell = tell
        self._known: dict[str, Vectors] = {}
        self._is_new = False
        if self._file.exists():
            with np.load(self._file, allow_pickle=False) as kept:
                self._known = dict(
                    zip(kept["texts"].tolist(), kept["vectors"].astype(np.float32), strict=True)
                )

    def encode(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        new = [
            (key, text) for key, text in dict(zip(keys, texts, strict=True)).items() if key not in self._known
        ]
        for start in range(0, len(new), _AT_ONCE):
            batch = new[start : start + _AT_ONCE]
            # Rounded as the file rounds them, so that a second run finds what the first one did.
            vectors = self._encoder.encode([text for _, text in batch]).astype(np.float16).astype(np.float32)
            self._known.update(zip((key for key, _ in batch), vectors, strict=True))
            if len(new) > _AT_ONCE:
                self._tell(start + len(batch), len(new))
        self._is_new |= bool(new)
        if len(new) >= _AT_ONCE:
            self.keep()
        return np.stack([self._known[key] for key in keys])

    def centre(self, vectors: Vectors, language: str) -> Vectors:
        return self._encoder.centre(vectors, language)

    def keep(self) -> None:
        """Write down what has been learnt since, whole or not at all."""
        if not self._is_new:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        half = self._file.with_suffix(f".{os.getpid()}.half")
        with half.open("wb") as file:
            vectors = np.stack(list(self._known.values())) if self._known else np.empty((0, 0), np.float32)
            np.savez(file, texts=np.array(list(self._known)), vectors=vectors.astype(np.float16))
        half.rename(self._file)
