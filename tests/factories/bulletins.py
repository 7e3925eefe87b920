"""A bulletin as the channel might send it, read to the end."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ingest.services import parse_document, receive_upload
from opportunities.models import Opportunity
from tests.factories.ingest import SourceFactory

SENSORS = """CII-SC/2026-60

1. Pune, Maharashtra: Water-quality sensors. The RFP has been issued. It is about Rs. 42 Cr. in all.
   Bids are due 31 December 2099. The bidder must hold ISO 9001 certification.
   Average annual turnover of Rs. 5 crore.
"""


def opportunity_told_in(bulletin: str) -> Opportunity:
    """Hand a bulletin in, read it, and return the one opportunity that it tells of."""
    now = timezone.now() - timedelta(hours=1)
    source = SourceFactory.create(kind="upload", publisher="etenders.example.org")
    document, _ = receive_upload(
        source, name="b.txt", media_type="text/plain", body=bulletin.encode(), now=now
    )
    parse_document(document.pk, now=now)
    return Opportunity.objects.get()
