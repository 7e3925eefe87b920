"""The made-up world's first digest: whoever looks in on a Sunday shouldn't wait for Monday to see one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from ingest.models import RawDocument, Source, SourceQuerySet
from matching.delivery.owing import owe_daily_digests
from matching.models import CapabilityProfile, DigestRun
from opportunities.models import OpportunityRevision


def owe_first_digest(*, now: datetime) -> bool:
    """Owe the digests of today, once the world is read and matched; return whether it was the time.

    Does nothing when a digest was ever owed: from then on they come as everywhere, on workday mornings.
    """
    if DigestRun.objects.exists() or not _polled().exists() or not is_settled():
        return False
    owe_daily_digests(now.date(), now=now)
    return True


def is_settled() -> bool:
    """Whether all that the sources hold is read and matched."""
    unscored = CapabilityProfile.objects.current().filter(
        Q(scored_at=None) | Q(scored_at__lt=F("changed_at"))
    )
    return (
        not _polled().filter(last_polled_at=None).exists()
        and not RawDocument.objects.filter(parsed_at=None).exists()
        and not OpportunityRevision.objects.filter(scored=None).exists()
        and not unscored.exists()
    )


def _polled() -> SourceQuerySet:
    return Source.objects.filter(poll_every_minutes__isnull=False, is_enabled=True)
