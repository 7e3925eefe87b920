"""The canary's way, step by step, as the worker goes it."""

from __future__ import annotations

from datetime import datetime

from ingest.models import RawDocument, Source
from ingest.services import parse_document, poll_source, watch_canary
from matching.services import score_opportunity
from opportunities.models import Opportunity


def let_canary_fly(now: datetime) -> Opportunity:
    """The canary of the hour, as far as being matched."""
    watch_canary(now=now)
    Source.objects.update(next_poll_at=now)
    poll_source(Source.objects.get(kind="canary").pk, now=now)
    for pk in RawDocument.objects.unparsed_at(now).values_list("pk", flat=True):
        parse_document(pk, now=now)
    canary = Opportunity.objects.filter(publisher="canary.invalid").latest("pk")
    score_opportunity(canary.pk, now=now)
    return canary
