"""Both sides made ready for the scorer, by what they say and, where there is an encoder, by what they mean.

Whoever holds locks passes ``keep=False`` and so writes no vectors: two could wait for each other's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from matching.dense import Encoder
from matching.facing_records import offered_in, wanted_by
from matching.models import CapabilityProfile
from matching.scoring.engine import Meanings, PreparedOffered, PreparedWanted, prepare_offered, prepare_wanted
from matching.scoring.records import Wanted
from matching.scoring.vocabulary import version_in_force
from matching.services.encode_texts import KeptStatements, opportunity_vectors
from matching.services.encoder import current_encoder
from opportunities.models import Opportunity

# Reading a profile costs fifty times what scoring it does, and a tender is scored for many of them. A worker
# keeps what it has read, by profile, and what it read it from.
_read: dict[int, tuple[Wanted, str, PreparedWanted]] = {}


def read_wanted(profile: CapabilityProfile, *, now: datetime, keep: bool = True) -> PreparedWanted:
    """What the scorer makes of a profile. Vectors come from the database, or are made and kept there."""
    wanted = wanted_by(profile)
    encoder = current_encoder()
    version = f"{encoder.version if encoder else ''} {version_in_force()}"
    known = _read.get(profile.pk)
    if known is None or known[:2] != (wanted, version):
        known = wanted, version, _prepared(profile, wanted, encoder, now=now, keep=keep)
        _read[profile.pk] = known
    return known[2]


def read_offered(
    opportunities: Sequence[Opportunity], *, now: datetime, keep: bool = True
) -> list[PreparedOffered]:
    """What the scorer makes of some opportunities, in order. Vectors as for profiles."""
    offered = [offered_in(opportunity) for opportunity in opportunities]
    encoder = current_encoder()
    meanings = _meanings()
    if encoder is None or meanings is None:
        return [prepare_offered(one) for one in offered]
    vectors = opportunity_vectors(opportunities, encoder, now=now, keep=keep)
    return [
        prepare_offered(one, meanings.of_vector(vector)) for one, vector in zip(offered, vectors, strict=True)
    ]


def keep_vectors(opportunities: Sequence[Opportunity], *, now: datetime) -> None:
    """Have the vectors of some opportunities in the database, where there is an encoder."""
    encoder = current_encoder()
    if encoder is not None:
        opportunity_vectors(opportunities, encoder, now=now)


def _prepared(
    profile: CapabilityProfile, wanted: Wanted, encoder: Encoder | None, *, now: datetime, keep: bool
) -> PreparedWanted:
    if encoder is None:
        return prepare_wanted(wanted)
    statements = KeptStatements(profile, encoder, now=now, keep=keep)
    prepared = prepare_wanted(wanted, Meanings(statements).of_wanted(wanted))
    if keep:
        statements.forget_others()
    return prepared


@cache
def _meanings() -> Meanings | None:
    # Kept, since it reads the whole vocabulary once: a second.
    encoder = current_encoder()
    return Meanings(encoder) if encoder else None
