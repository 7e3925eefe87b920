"""What texts mean, as vectors: finds what neither a word nor the vocabulary has in common.

The encoder is given. Without one nothing here is called, and the score goes by another calibration.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.scoring.classification import labels_of
from matching.scoring.focus import in_focus
from matching.scoring.gloss import gloss
from matching.scoring.records import Offered, Wanted
from matching.scoring.vocabulary import CONCEPTS

Vectors: TypeAlias = NDArray[np.float32]

# Beyond this a text says little that its beginning doesn't, and costs as much.
_LONGEST = 600
_LONGEST_STATEMENTS = 40
# A title that lies near everything is near a profile by chance: what it has in common with so many of the
# vocabulary's concepts is taken off.
_NEIGHBOURS = 10


class TextEncoder(Protocol):
    """Of what :mod:`matching.dense` offers, as much as is needed here."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...

    def centre(self, vectors: Vectors, language: str) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class WantedMeaning:
    """What a profile says: a row of unit length for each statement, the texts they stand for, the whole."""

    statements: Vectors
    texts: tuple[str, ...]
    whole: Vectors


@dataclass(frozen=True, slots=True)
class OfferedMeaning:
    """What a tender says, and how near that lies to everything."""

    vector: Vectors
    nearness: float


class Meanings:
    """Reads profiles and tenders with an encoder."""

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder

    def of_wanted(self, wanted: Wanted) -> WantedMeaning | None:
        """A profile's meaning; None for one that says nothing. Some ten milliseconds a statement."""
        statements = list(_statements(wanted))
        codes = [(code, labels.en) for code in wanted.classification_codes if (labels := labels_of(code))]
        if not statements and not codes:
            return None
        rows = [self._vectors(statements, wanted.language)] if statements else []
        if codes:
            rows.append(self._vectors([label for _, label in codes], "en"))
        every = np.concatenate(rows)
        whole = (
            self._vectors([wanted.summary], wanted.language)[0]
            if wanted.summary.strip()
            else _unit(every.mean(0))
        )
        return WantedMeaning(every, (*statements, *(code for code, _ in codes)), whole)

    def of_offered(self, tenders: Sequence[Offered]) -> list[OfferedMeaning]:
        """The tenders' meanings, in order."""
        texts = [text_of_offered(tender) for tender in tenders]
        return [self.of_vector(vector) for vector in self._encoder.centre(self._encoder.encode(texts), "en")]

    def of_vector(self, vector: Vectors) -> OfferedMeaning:
        """The meaning of a tender whose centred vector was kept."""
        near = np.partition(self._concepts @ vector, -_NEIGHBOURS)[-_NEIGHBOURS:]
        return OfferedMeaning(vector, float(near.mean()))

    @cached_property
    def _concepts(self) -> Vectors:
        names = sorted({concept.names["en"] for concept in CONCEPTS.values()})
        return self._encoder.centre(self._encoder.encode(names), "en")

    def _vectors(self, texts: Sequence[str], language: str) -> Vectors:
        """Swedish is read as it stands and word by word in English: each finds what the other misses."""
        read = self._encoder.centre(self._encoder.encode(texts), language)
        if language == "sv":
            translated = [gloss(text) or text for text in texts]
            read = _unit(read + self._encoder.centre(self._encoder.encode(translated), "en"))
        return read


def text_of_offered(offered: Offered) -> str:
    """What of a tender is read for its meaning."""
    return in_focus(offered.title, offered.description)[:_LONGEST]


def _statements(wanted: Wanted) -> Sequence[str]:
    said = [text for text in (*wanted.capabilities, *wanted.references) if text.strip()]
    # A profile that lists nothing says it in its summary.
    said = said or [text for text in re.split(r"(?<=[.!?])\s+", wanted.summary) if text.strip()]
    return said[:_LONGEST_STATEMENTS]


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    return unit
