from __future__ import annotations

from datetime import datetime

from django.db import transaction

from opportunities.canary import CANARY_PUBLISHER
from opportunities.models import Notice, Opportunity, OpportunityRevision, Requirement


@transaction.atomic
def forget_canaries(*, recorded_before: datetime) -> int:
    """Remove old canaries and all that was made of them; nothing else is ever removed. Return how many.

    What led to their notices (extractions) has to be gone before.
    """
    canaries = Opportunity.objects.filter(publisher=CANARY_PUBLISHER, recorded_at__lt=recorded_before)
    gone = list(canaries.filter(notices__extractions=None).values_list("pk", flat=True))
    Requirement.objects.filter(opportunity__in=gone).delete()
    OpportunityRevision.objects.filter(opportunity__in=gone).delete()
    Notice.objects.filter(opportunity__in=gone).delete()
    Opportunity.objects.filter(pk__in=gone).delete()
    return len(gone)
