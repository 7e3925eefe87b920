"""The texts of opportunities into vectors, each once, kept in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef

from matching.dense import Encoder, Vectors
from matching.facing_records import offered_in
from matching.models import OpportunityVector, Verdict
from matching.scoring.meaning import text_of_offered
from matching.services.encoder import current_encoder
from matching.services.kept_vectors import as_kept, digest_of, from_bytes, to_bytes
from opportunities.models import Opportunity, OpportunityQuerySet

# So few at a time that nobody waits long for the rows we hold meanwhile: 0.2 s.
_BATCH = 32


def encode_due(*, now: datetime, most: int = 2_000) -> int:
    """Encode opportunities that this version of the encoder hasn't read: those that are open, and those that
    a company learns from. Return how many.

    Without an encoder nothing is due. Some 200 a second.
    """
    encoder = current_encoder()
    done = 0
    while encoder is not None and done < most:
        with transaction.atomic():
            batch = _claimed(Opportunity.objects.open_at(now), encoder) or _claimed(_judged(), encoder)
            opportunity_vectors(batch, encoder, now=now)
        if not batch:
            break
        done += len(batch)
    return done


def opportunity_vectors(
    opportunities: Sequence[Opportunity],
    encoder: Encoder,
    *,
    now: datetime,
    keep: bool = True,
    most_made: int | None = None,
) -> list[Vectors | None]:
    """Return a centred vector for each. What was read before comes from the database, unless it changed.

    What is encoded is kept there, unless ``keep`` is off: whoever holds locks writes no vectors, or two
    could wait for each other's. Of what isn't kept at most ``most_made`` are encoded, and the others None.
    """
    texts = [text_of(opportunity) for opportunity in opportunities]
    digests = [digest_of(text) for text in texts]
    keys = [(opportunity.pk, digest) for opportunity, digest in zip(opportunities, digests, strict=True)]
    rows = OpportunityVector.objects.filter(opportunity__in=opportunities, encoder_version=encoder.version)
    known = {
        (pk, digest): from_bytes(vector)
        for pk, digest, vector in rows.values_list("opportunity_id", "digest", "vector")
    }
    missing = [number for number, key in enumerate(keys) if key not in known][:most_made]
    for number, vector in zip(missing, encoder.encode([texts[n] for n in missing]), strict=True):
        known[keys[number]] = as_kept(vector)
    OpportunityVector.objects.bulk_create(
        (
            OpportunityVector(
                opportunity=opportunities[number],
                encoder_version=encoder.version,
                digest=digests[number],
                vector=to_bytes(known[keys[number]]),
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
    return _centred([known.get(key) for key in keys], encoder)


def text_of(opportunity: Opportunity) -> str:
    """What of an opportunity is read for its meaning."""
    return text_of_offered(offered_in(opportunity))


def _claimed(among: OpportunityQuerySet, encoder: Encoder) -> list[Opportunity]:
    read = OpportunityVector.objects.filter(opportunity=OuterRef("pk"), encoder_version=encoder.version)
    unread = among.filter(~Exists(read)).defer("search_vector")
    return list(unread.select_for_update(skip_locked=True, no_key=True, of=("self",))[:_BATCH])


def _judged() -> OpportunityQuerySet:
    return Opportunity.objects.filter(
        pk__in=Verdict.objects.standing().teaching().values("opportunity").distinct()
    )


def _centred(vectors: Sequence[Vectors | None], encoder: Encoder) -> list[Vectors | None]:
    read = [vector for vector in vectors if vector is not None]
    centred = iter(encoder.centre(np.stack(read), "en") if read else ())
    return [None if vector is None else next(centred) for vector in vectors]
