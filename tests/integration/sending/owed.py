"""A message of any kind but a test, owed to a system."""

from __future__ import annotations

from datetime import datetime, timedelta

from matching.models import WebhookDelivery, WebhookEndpoint
from tests.factories.opportunities import OpportunityFactory
from tests.factories.sending import WebhookDeliveryFactory


def owe_message(endpoint: WebhookEndpoint, *, now: datetime) -> WebhookDelivery:
    """About an opportunity that everyone has seen for a day, whenever ``now`` is."""
    opportunity = OpportunityFactory.create(disclosed_from=now - timedelta(days=1))
    return WebhookDeliveryFactory.create(
        endpoint=endpoint, opportunity=opportunity, owed_at=now, retry_at=now
    )
