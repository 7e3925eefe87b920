"""R11: the same notice twice, in any order, by portal and mail, its corrigendum first: one tender, right."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from ingest.models import Source
from ingest.services import parse_document, receive_upload
from opportunities.models import Notice, Opportunity
from tests.factories.ingest import SourceFactory
from tests.integration.ingest.test_documents import BRIDGE, hand_in

pytestmark = pytest.mark.django_db
PORTAL = "etenders.example.org"
MOVED = BRIDGE | {"Published Date": "20-Oct-2026 10:00 AM", "Bid Submission End Date": "20-Dec-2026 02:00 PM"}
BULLETIN = f"""From: desk@channel.example
Subject: Bulletin CII-SC/2026-46
Date: Wed, 21 Oct 2026 10:00:00 +0530
Content-Type: text/plain; charset=utf-8

Smart Cities Desk
Bulletin CII-SC/2026-46

1. Nagpur, Maharashtra: Foot bridge at Ward 7.
   The RFP is out on {PORTAL}, Tender ID 2026_SCDL_91000_1. Buyer: Nagpur Smart City Limited.

With regards,
Smart Cities Desk
"""


@pytest.fixture
def portal(db: None) -> Source:
    return SourceFactory.create(kind="upload", publisher=PORTAL)


def by_mail(now: datetime) -> None:
    channel, _ = Source.objects.get_or_create(
        slug="mail", defaults={"kind": "cii_mailbox", "name": "Mail", "publisher": "cii"}
    )
    document, _ = receive_upload(
        channel, name="mail:46.eml", media_type="message/rfc822", body=BULLETIN.encode(), now=now
    )
    parse_document(document.pk, now=now)


@pytest.mark.parametrize("order", list(permutations(("original", "corrigendum", "mail"))), ids="-".join)
def test_r11_any_order_gives_one_tender_with_the_latest_word(
    order: tuple[str, ...], portal: Source, noon: datetime
) -> None:
    for hours, what in enumerate((*order, *order)):  # each of them twice
        now = noon + timedelta(hours=hours)
        if what == "mail":
            by_mail(now)
        else:
            hand_in(portal, BRIDGE if what == "original" else MOVED, name=f"{what}.jsonl", now=now)

    opportunity = Opportunity.objects.get()
    assert opportunity.submission_deadline == datetime.fromisoformat("2026-12-20T14:00:00+05:30")
    assert opportunity.value_amount == 8_058_645
    assert Notice.objects.count() == 3
