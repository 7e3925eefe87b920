from __future__ import annotations

from datetime import datetime

from ingest.models import QuarantinedPart, RawDocument
from portal.accounts.models import User


def settle_quarantined_part(part_id: int, *, because: str, by: User, now: datetime) -> None:
    """Note that a person has dealt with a part, and how. Settling it again changes nothing."""
    QuarantinedPart.objects.filter(pk=part_id, settled_at=None).update(
        settled_at=now, settled_because=because, settled_by=by
    )


def settle_document(document_id: int, *, because: str, by: User, now: datetime) -> None:
    """The same for a document that was rejected as a whole."""
    RawDocument.objects.rejected().filter(pk=document_id).update(
        settled_at=now, settled_because=because, settled_by=by
    )


def reopen_part(part_id: int, *, settled_at: datetime) -> bool:
    """Take back that a part was settled at that moment. False if it wasn't, or was settled anew since."""
    settled = QuarantinedPart.objects.filter(pk=part_id, settled_at=settled_at)
    return bool(settled.update(settled_at=None, settled_because="", settled_by=None))


def reopen_document(document_id: int, *, settled_at: datetime) -> bool:
    """The same for a document that was rejected as a whole."""
    settled = RawDocument.objects.filter(pk=document_id, settled_at=settled_at)
    return bool(settled.update(settled_at=None, settled_because="", settled_by=None))
