"""The texts of profiles as vectors, each made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import numpy as np

from matching.dense import Encoder, Vectors
from matching.models import CapabilityProfile, ProfileVector
from matching.services.kept_vectors import as_kept, digest_of, from_bytes, to_bytes

# By digest of the text.
Statements = Mapping[str, Vectors]


class NotKept(LookupError):
    """A text's vector isn't in the database, and wasn't to be made."""


class KeptStatements:
    """An encoder of some profile's texts that makes only what isn't known already, and keeps nothing.

    Each text is encoded by itself: beside others its vector would vary in the fourth decimal, and a draft
    would get another score than the profile it is saved as.
    """

    def __init__(self, encoder: Encoder, known: Statements, *, may_make: bool = True) -> None:
        self._encoder = encoder
        self._known = known
        self._may_make = may_make
        self.made: dict[str, Vectors] = {}
        self.asked: set[str] = set()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As ``Encoder.encode``. Raise ``NotKept`` where a vector would have to be made and may not be."""
        vectors = [self._vector(text) for text in texts]
        return np.stack(vectors) if vectors else np.empty((0, self._encoder.width), np.float32)

    def centre(self, vectors: Vectors, language: str) -> Vectors:
        """As ``Encoder.centre``."""
        return self._encoder.centre(vectors, language)

    def _vector(self, text: str) -> Vectors:
        digest = digest_of(text)
        self.asked.add(digest)
        found = self._known.get(digest)
        if found is None:
            if not self._may_make:
                raise NotKept
            found = self.made[digest] = _encoded(self._encoder, text)
        return found


def statements_of(profile_ids: Collection[int], encoder: Encoder) -> dict[int, Statements]:
    """What is kept of each profile, in one query; nothing where nothing is."""
    rows = ProfileVector.objects.filter(profile__in=profile_ids, encoder_version=encoder.version)
    kept: dict[int, dict[str, Vectors]] = defaultdict(dict)
    for profile_id, digest, vector in rows.values_list("profile_id", "digest", "vector"):
        kept[profile_id][digest] = from_bytes(vector)
    return defaultdict(dict, kept)


def keep_statements(
    read: Iterable[tuple[CapabilityProfile, Statements, KeptStatements]], encoder: Encoder, *, now: datetime
) -> None:
    """Keep what was made for some profiles, and forget what they no longer say. Each with what was known."""
    new: list[ProfileVector] = []
    for profile, known, statements in read:
        if statements.made or known.keys() - statements.asked:
            rows = ProfileVector.objects.filter(profile=profile)
            rows.exclude(encoder_version=encoder.version, digest__in=statements.asked).delete()
        new += (
            ProfileVector(
                profile=profile,
                encoder_version=encoder.version,
                digest=digest,
                vector=to_bytes(vector),
                encoded_at=now,
            )
            for digest, vector in statements.made.items()
        )
    # One order everywhere, or two workers could each hold a row the other waits for.
    new.sort(key=lambda row: (row.profile_id, row.digest))
    ProfileVector.objects.bulk_create(new, ignore_conflicts=True, batch_size=1_000)


# What somebody is writing is read at every look at it.
@lru_cache(maxsize=4_000)
def _encoded(encoder: Encoder, text: str) -> Vectors:
    return as_kept(encoder.encode([text])[0])
