"""What may be remembered aloud: tenders that every member may see."""

from __future__ import annotations

from datetime import datetime

from opportunities.models import Opportunity, OpportunityQuerySet
from opportunities.parsed_notice import EARLY_STAGES


def tendered_for_everyone(*, at: datetime) -> OpportunityQuerySet:
    """Tenders, past their early stage, that every member may see at that moment, whatever it is and does.

    What is told to everyone rests on these alone: a figure that counted one thing more would give it away.
    """
    disclosed = Opportunity.objects.without_canaries().standing().disclosed_at(at)
    # Meant for a company of no domain and no county is meant for all.
    return disclosed.meant_for(domains=(), region="").exclude(stage__in=EARLY_STAGES)
