"""How vectors stand in the database: floats of 16 bits, found again by the text they were made from."""

from __future__ import annotations

import hashlib

import numpy as np

from matching.dense import Vectors


def digest_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def to_bytes(vector: Vectors) -> bytes:
    return vector.astype("<f2").tobytes()


def from_bytes(kept: bytes | memoryview) -> Vectors:
    return np.frombuffer(kept, "<f2").astype(np.float32)


def as_kept(vector: Vectors) -> Vectors:
    """A fresh vector as it will be read from the database, so that nothing depends on when it was made."""
    return from_bytes(to_bytes(vector))
