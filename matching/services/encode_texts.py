"""Texts into vectors, each once, kept in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef

from matching.dense import Encoder, Vectors
from matching.facing_records import offered_in
from matching.models import CapabilityProfile, OpportunityVector, ProfileVector
from matching.scoring.meaning import text_of_offered
from matching.services.encoder import current_encoder
from opportunities.models import Opportunity, OpportunityQuerySet

# So few at a time that nobody waits long for the rows we hold meanwhile: 0.2 s.
_BATCH = 32


def encode_due(*, now: datetime, most: int = 2_000) -> int:
    """Encode opportunities that are open and that this version of the encoder hasn't read. Return how many.

    Without an encoder nothing is due. Some 200 a second.
    """
    encoder = current_encoder()
    done = 0
    while encoder is not None and done < most:
        with transaction.atomic():
            batch = list(
                _unread(encoder.version, now=now)
                .defer("search_vector")
                .select_for_update(skip_locked=True, no_key=True, of=("self",))[:_BATCH]
            )
            opportunity_vectors(batch, encoder, now=now)
        if not batch:
            break
        done += len(batch)
    return done


def opportunity_vectors(
    opportunities: Sequence[Opportunity], encoder: Encoder, *, now: datetime, keep: bool = True
) -> Vectors:
    """Return a centred vector for each. What was read before comes from the database, unless it changed.

    What is encoded is kept there, unless ``keep`` is off: whoever holds locks writes no vectors, or two
    could wait for each other's.
    """
    texts = [text_of(opportunity) for opportunity in opportunities]
    digests = [_digest(text) for text in texts]
    keys = [(opportunity.pk, digest) for opportunity, digest in zip(opportunities, digests, strict=True)]
    rows = OpportunityVector.objects.filter(opportunity__in=opportunities, encoder_version=encoder.version)
    known = {
        (pk, digest): _floats(vector)
        for pk, digest, vector in rows.values_list("opportunity_id", "digest", "vector")
    }
    missing = [number for number, key in enumerate(keys) if key not in known]
    for number, vector in zip(missing, encoder.encode([texts[n] for n in missing]), strict=True):
        known[keys[number]] = vector
    OpportunityVector.objects.bulk_create(
        (
            OpportunityVector(
                opportunity=opportunities[number],
                encoder_version=encoder.version,
                digest=digests[number],
                vector=_bytes(known[keys[number]]),
                encoded_at=now,
            )
            # One order everywhere, or two workers could each hold a row the other waits for.
            for number in sorted(missing, key=lambda number: opportunities[number].pk)
            if keep
        ),
        update_conflicts=True,
        unique_fields=["opportunity", "encoder_version"],
        update_fields=["digest", "vector", "encoded_at"],
    )
    return encoder.centre(_stacked([known[key] for key in keys], encoder), "en")


class KeptStatements:
    """An encoder of one profile's texts, which are kept in the database. ``keep=False`` only looks there."""

    def __init__(
        self, profile: CapabilityProfile, encoder: Encoder, *, now: datetime, keep: bool = True
    ) -> None:
        self._profile = profile
        self._encoder = encoder
        self._now = now
        self._keep = keep
        rows = ProfileVector.objects.filter(profile=profile, encoder_version=encoder.version)
        self._known = {digest: _floats(vector) for digest, vector in rows.values_list("digest", "vector")}
        self._asked: set[str] = set()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As ``Encoder.encode``."""
        digests = [_digest(text) for text in texts]
        self._asked.update(digests)
        missing = {
            digest: text for digest, text in zip(digests, texts, strict=True) if digest not in self._known
        }
        self._known |= dict(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
        ProfileVector.objects.bulk_create(
            (
                ProfileVector(
                    profile=self._profile,
                    encoder_version=self._encoder.version,
                    digest=digest,
                    vector=_bytes(self._known[digest]),
                    encoded_at=self._now,
                )
                # One order everywhere, or two workers could each hold a row the other waits for.
                for digest in sorted(missing)
                if self._keep
            ),
            ignore_conflicts=True,
        )
        return _stacked([self._known[digest] for digest in digests], self._encoder)

    def centre(self, vectors: Vectors, language: str) -> Vectors:
        """As ``Encoder.centre``."""
        return self._encoder.centre(vectors, language)

    def forget_others(self) -> None:
        """Remove what the profile no longer says: all that wasn't asked for here."""
        rows = ProfileVector.objects.filter(profile=self._profile)
        rows.exclude(encoder_version=self._encoder.version, digest__in=self._asked).delete()


def text_of(opportunity: Opportunity) -> str:
    """What of an opportunity is read for its meaning."""
    return text_of_offered(offered_in(opportunity))


def _unread(encoder_version: str, *, now: datetime) -> OpportunityQuerySet:
    read = OpportunityVector.objects.filter(opportunity=OuterRef("pk"), encoder_version=encoder_version)
    return Opportunity.objects.open_at(now).filter(~Exists(read))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _bytes(vector: Vectors) -> bytes:
    return vector.astype("<f2").tobytes()


def _floats(kept: bytes | memoryview) -> Vectors:
    return np.frombuffer(kept, "<f2").astype(np.float32)


def _stacked(vectors: Sequence[Vectors], encoder: Encoder) -> Vectors:
    return np.stack(vectors) if vectors else np.empty((0, encoder.width), np.float32)
