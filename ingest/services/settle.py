from __future__ import annotations

from datetime import datetime

from ingest.models import QuarantinedPart
from portal.accounts.models import User


def settle_quarantined_part(part_id: int, *, because: str, by: User, now: datetime) -> None:
    """Note that a person has dealt with a part, and how. Settling it again changes nothing."""
    QuarantinedPart.objects.filter(pk=part_id, settled_at=None).update(
        settled_at=now, settled_because=because, settled_by=by
    )
