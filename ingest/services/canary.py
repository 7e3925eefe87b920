"""The canary's keeper: sees that one flies every hour and comes through, and clears old ones away."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from ingest.models import Extraction, Poll, QuarantinedPart, RawDocument, Source
from ingest.selectors.canary import CANARY, canary_health
from ingest.watching.canary import EVERY
from opportunities.canary import CANARY_PUBLISHER
from opportunities.services import forget_canaries

logger = logging.getLogger(__name__)

KEPT = timedelta(days=2)
_SENT = "delivered__delivery__sent_at"
_ARRIVED = "delivered__delivery__arrived_at"


def watch_canary(*, now: datetime) -> None:
    """Let a first canary fly, and raise or end the alarm of its source. Twice is once."""
    source, _ = Source.objects.get_or_create(
        slug=CANARY,
        defaults={
            "kind": CANARY,
            "name": "Canary",
            "publisher": CANARY_PUBLISHER,
            "poll_every_minutes": EVERY // timedelta(minutes=1),
            "next_poll_at": now,
        },
    )
    _note_mailing(source, now=now)
    health = canary_health(at=now)
    alarm = (health.alarm if health else None) or ""
    if alarm == source.alarm:
        return
    if alarm:
        logger.error("canary does not come through", extra={"alarm": alarm})
    alarmed_at = (source.alarmed_at or now) if alarm else None
    Source.objects.filter(pk=source.pk).update(alarm=alarm, alarmed_at=alarmed_at)


def _note_mailing(source: Source, *, now: datetime) -> None:
    """Promise a daily mail from the moment that it has somewhere to go."""
    since = (source.mailed_since or now) if settings.CANARY_ADDRESS else None
    if since != source.mailed_since:
        Source.objects.filter(pk=source.pk).update(mailed_since=since)


@transaction.atomic
def tidy_canaries(*, now: datetime) -> int:
    """Remove canaries of more than two days ago and their polls; return how many documents went.

    Only what came from a canary is removed. The last that came through, was mailed and arrived stay.
    """
    documents = RawDocument.objects.filter(source__kind=CANARY)
    last = {_last(documents, mark) for mark in ("scored__scored_at", _SENT, _ARRIVED)}
    aged = documents.filter(fetched_at__lt=now - KEPT, parsed_at__isnull=False)
    old = [pk for pk in aged.values_list("pk", flat=True) if pk not in last]
    Extraction.objects.filter(document__in=old).delete()
    QuarantinedPart.objects.filter(document__in=old).delete()
    forget_canaries(recorded_before=now - KEPT)
    Poll.objects.filter(source__kind=CANARY, polled_at__lt=now - KEPT).delete()
    RawDocument.objects.filter(pk__in=old).delete()
    return len(old)


def _last(documents: QuerySet[RawDocument], mark: str) -> int | None:
    """The document whose canary was the last to pass this step."""
    passed = documents.alias(passed_at=Max(f"extractions__notice__revisions__{mark}"))
    passed = passed.filter(passed_at__isnull=False)
    return passed.order_by("-passed_at", "-fetched_at").values_list("pk", flat=True).first()
