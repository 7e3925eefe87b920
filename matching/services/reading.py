"""Both sides made ready for the scorer, by what they say and, where there is an encoder, by what they mean.

Whoever holds locks, and every page, passes ``keep=False`` and so writes no vectors and prepares no model: two
workers could wait for each other's vectors, and a page would have to wait for the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from matching.dense import Encoder, Vectors
from matching.facing_records import prepared_offered, wanted_by
from matching.models import CapabilityProfile
from matching.scoring.engine import Meanings, PreparedOffered, PreparedWanted, prepare_offered, prepare_wanted
from matching.scoring.records import Offered, Wanted
from matching.scoring.vocabulary import CONCEPTS, version_in_force
from matching.services.encode_texts import opportunity_vectors
from matching.services.encoder import current_encoder, ready_encoder
from matching.services.kept_statements import (
    KeptStatements,
    NotKept,
    Statements,
    keep_statements,
    statements_of,
)
from opportunities.models import Opportunity
from portal.accounts.models import Company

# Reading a profile costs fifty times what scoring it does, and a tender is scored for many of them. A process
# keeps what it has read, by profile, and what it read it from.
_read: dict[int, tuple[Wanted, str, PreparedWanted]] = {}


def read_wanted(profile: CapabilityProfile, *, now: datetime, keep: bool = True) -> PreparedWanted:
    """What the scorer makes of a profile. Vectors come from the database, or are made and kept there."""
    return read_profiles([profile], now=now, keep=keep)[profile.pk]


def read_profiles(
    profiles: Iterable[CapabilityProfile], *, now: datetime, keep: bool = True
) -> dict[int, PreparedWanted]:
    """What the scorer makes of some profiles, by their keys, in at most one query but for what is new."""
    encoder = current_encoder() if keep else ready_encoder()
    version = f"{encoder.version if encoder else ''} {version_in_force()}"
    found: dict[int, PreparedWanted] = {}
    unread: list[tuple[CapabilityProfile, Wanted]] = []
    for profile in profiles:
        wanted = wanted_by(profile)
        known = _read.get(profile.pk)
        if known is not None and known[1] == version and known[0] == wanted:
            found[profile.pk] = known[2]
        else:
            unread.append((profile, wanted))
    if not unread:
        return found
    kept = statements_of([profile.pk for profile, _ in unread], encoder) if encoder else {}
    read: list[tuple[CapabilityProfile, Statements, KeptStatements]] = []
    for profile, wanted in unread:
        found[profile.pk], statements = _prepared(wanted, encoder, kept.get(profile.pk, {}))
        _read[profile.pk] = wanted, version, found[profile.pk]
        if statements is not None:
            read.append((profile, kept.get(profile.pk, {}), statements))
    if keep and encoder:
        keep_statements(read, encoder, now=now)
    return found


def read_draft(wanted: Wanted, company: Company) -> PreparedWanted:
    """What the scorer would make of a profile of a company. What it says already isn't encoded anew, and
    nothing is kept: some 4 ms for each new statement, 110 ms for the longest text that is read."""
    encoder = ready_encoder()
    known: dict[str, Vectors] = {}
    if encoder is not None:
        own = CapabilityProfile.objects.filter(company=company).values_list("pk", flat=True)
        for statements in statements_of(own, encoder).values():
            known |= statements
    return _prepared(wanted, encoder, known)[0]


def read_as_kept(profiles: Sequence[CapabilityProfile]) -> dict[int, PreparedWanted]:
    """As ``read_profiles``, for a look at many with another vocabulary: nothing is made or remembered.

    A profile of which a vector is missing is read by its words alone.
    """
    encoder = ready_encoder()
    kept = statements_of([profile.pk for profile in profiles], encoder) if encoder else {}
    found = {}
    for profile in profiles:
        wanted = wanted_by(profile)
        try:
            found[profile.pk], _ = _prepared(wanted, encoder, kept.get(profile.pk, {}), may_make=False)
        except NotKept:
            found[profile.pk] = prepare_wanted(wanted)
    return found


def read_offered(
    opportunities: Sequence[Opportunity], *, now: datetime, keep: bool = True, most_made: int | None = None
) -> list[PreparedOffered]:
    """What the scorer makes of some opportunities, in order. Vectors as for profiles.

    With ``most_made`` no more vectors are made than that; what is left over is read by its words alone.
    """
    prepared = [prepared_offered(opportunity) for opportunity in opportunities]
    encoder = current_encoder() if keep else ready_encoder()
    if encoder is None:
        return prepared
    vectors = opportunity_vectors(opportunities, encoder, now=now, keep=keep, most_made=most_made)
    meanings = _meanings(encoder)
    return [
        one if vector is None else replace(one, meaning=meanings.of_vector(vector))
        for one, vector in zip(prepared, vectors, strict=True)
    ]


def read_text(offered: Offered) -> PreparedOffered:
    """What the scorer makes of a tender that is none of ours: nothing is kept."""
    encoder = ready_encoder()
    meaning = _meanings(encoder).of_offered([offered])[0] if encoder else None
    return prepare_offered(offered, meaning)


def keep_vectors(opportunities: Sequence[Opportunity], *, now: datetime) -> None:
    """Have the vectors of some opportunities in the database, where there is an encoder."""
    encoder = current_encoder()
    if encoder is not None:
        opportunity_vectors(opportunities, encoder, now=now)


def _prepared(
    wanted: Wanted, encoder: Encoder | None, known: Statements, *, may_make: bool = True
) -> tuple[PreparedWanted, KeptStatements | None]:
    if encoder is None:
        return prepare_wanted(wanted), None
    statements = KeptStatements(encoder, known, may_make=may_make)
    return prepare_wanted(wanted, Meanings(statements).of_wanted(wanted)), statements


def _meanings(encoder: Encoder) -> Meanings:
    return _meanings_by(encoder, tuple(sorted({concept.names["en"] for concept in CONCEPTS.values()})))


# Kept, since the names of all concepts are read first: a third of a second.
@lru_cache(maxsize=4)
def _meanings_by(encoder: Encoder, names: tuple[str, ...]) -> Meanings:
    del names  # of the vocabulary in force: with others a tender lies nearer to everything, or less near
    return Meanings(encoder)
