from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ingest.services import parse_document, receive_upload
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.ingest import SourceFactory
from tests.integration.pages.conftest import SignIn

pytestmark = pytest.mark.django_db

BULLETIN = """CII-SC/2026-60

1. Pune, Maharashtra: Water-quality sensors. The RFP has been issued. It is about Rs. 42 Cr. in all.
   Bids are due 31 December 2099. The bidder must hold ISO 9001 certification.
   Average annual turnover of Rs. 5 crore.
"""


@pytest.fixture
def sensors(db: None) -> Opportunity:
    now = timezone.now() - timedelta(hours=1)
    source = SourceFactory.create(kind="upload", publisher="etenders.example.org")
    document, _ = receive_upload(
        source, name="b.txt", media_type="text/plain", body=BULLETIN.encode(), now=now
    )
    parse_document(document.pk, now=now)
    return Opportunity.objects.get()


def test_members_see_what_is_asked_with_its_sentence(sensors: Opportunity, alice: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(alice).get(f"/opportunities/{sensors.pk}/").content, "lxml")

    asked = [
        " ".join(line.get_text(" ", strip=True).split())
        for line in page.select("[aria-labelledby=asks-title] li")
    ]

    assert asked[0].startswith("Turnover ₹ 5 crore unconfirmed Average annual turnover of Rs. 5 crore.")
    assert asked[1].startswith("Certificate ISO 9001 The bidder must hold ISO 9001 certification.")
    assert asked[1].endswith("item 1, line 4")
