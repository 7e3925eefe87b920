"""Digests that a reader has had, and one that is owed."""

from __future__ import annotations

from datetime import datetime, timedelta

from matching.models import CapabilityProfile
from portal.accounts.models import User
from tests.factories.matching import (
    DeliveryFactory,
    DigestRunFactory,
    SubscriptionFactory,
)

MAIL_HTML = """<!DOCTYPE html><html lang="en"><body style="font-family:sans-serif;margin:24px">
<h1 style="font-size:20px">3 new opportunities fit Vallar AB</h1>
<p><strong>92</strong> Supply, installation and five-year O&amp;M of SCADA and smart water-quality sensors</p>
<p><strong>86</strong> Non-revenue-water reduction programme: detailed project report</p>
</body></html>"""


def add_digests(profile: CapabilityProfile, reader: User, *, now: datetime) -> None:
    subscription = SubscriptionFactory.create(user=reader, profile=profile)
    for days_ago in (1, 2):
        DeliveryFactory.create(
            run=DigestRunFactory.create(period=(now - timedelta(days=days_ago)).date()),
            recipient=subscription.recipient,
            sent_at=now - timedelta(days=days_ago),
            address=reader.email,
            subject="3 new opportunities fit Vallar AB",
            body_text="3 new opportunities fit Vallar AB\n\n92  Supply, installation and five-year O&M\n",
            body_html=MAIL_HTML,
        )
    DeliveryFactory.create(run=DigestRunFactory.create(period=now.date()), recipient=subscription.recipient)
