"""Rows into the records the scorer reads."""

from __future__ import annotations

from functools import lru_cache

from matching.models import CapabilityProfile
from matching.scoring.engine import PreparedOffered, prepare_offered
from matching.scoring.records import Offered, Wanted
from matching.scoring.vocabulary import version_in_force
from opportunities.models import Opportunity


def wanted_by(profile: CapabilityProfile) -> Wanted:
    return Wanted(
        language=profile.language,
        summary=profile.summary,
        capabilities=tuple(profile.capabilities),
        references=tuple(profile.references),
        domains=tuple(profile.domains),
        classification_codes=tuple(profile.classification_codes),
        value_from_inr=profile.value_from_inr,
        value_to_inr=profile.value_to_inr,
        states=tuple(profile.states),
        is_joint_venture_willing=profile.is_joint_venture_willing,
    )


def offered_in(opportunity: Opportunity) -> Offered:
    value = opportunity.value
    return Offered(
        title=opportunity.title,
        description=opportunity.description,
        buyer_name=opportunity.buyer_name,
        category=opportunity.category,
        product_category=opportunity.product_category,
        classification_codes=tuple(opportunity.classification_codes),
        value_inr=value.amount if value and value.currency == "INR" else None,
        state=opportunity.state,
        city=opportunity.city,
        submission_deadline=opportunity.submission_deadline,
    )


# The same tenders are read again and again: on their pages, beside each draft, where a verdict is weighed.
@lru_cache(maxsize=4_000)
def _prepared_offered(offered: Offered, version: str) -> PreparedOffered:
    del version  # of the vocabulary that it is read with
    return prepare_offered(offered)


def prepared_offered(opportunity: Opportunity) -> PreparedOffered:
    """What the scorer makes of a tender by its words alone; ``matching.services.reading`` adds meaning."""
    return _prepared_offered(offered_in(opportunity), version_in_force())
