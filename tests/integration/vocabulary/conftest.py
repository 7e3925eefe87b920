from __future__ import annotations

from datetime import datetime

import pytest

from matching.models import CapabilityProfile
from matching.scoring.vocabulary import SHIPPED
from matching.scoring.vocabulary.changes import ConceptEntry
from matching.services.vocabulary import ProposedRevision, revise_concept
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.opportunities import OpportunityFactory

# What the shipped vocabulary doesn't know.
GLOW = ConceptEntry(
    "glow-bollards",
    SHIPPED.order[0].slug,
    "Lysande pollare",
    "Glow bollards",
    en=("glow bollard",),
    sv=("lyspollare",),
)


@pytest.fixture
def bollards(db: None, noon: datetime) -> CapabilityProfile:
    """Makes glow bollards, and says so in Swedish; one open tender is about them, and one isn't."""
    OpportunityFactory.create(title="Glow bollards", description="Glow bollards in parks")
    OpportunityFactory.create(title="Supply of playground swings", description="")
    return CapabilityProfileFactory.create(
        language="sv", summary="Lyspollare till parker", capabilities=["Vi gör lyspollare"], changed_at=noon
    )


def make(entry: ConceptEntry, by: User, now: datetime, based_on: int | None = None) -> int:
    made = revise_concept(ProposedRevision(GLOW.slug, entry, based_on), by=by, now=now)
    assert made is not None
    return made.pk
