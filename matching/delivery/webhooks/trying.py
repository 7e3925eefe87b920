"""A test, to see whether a company's system takes what is posted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from matching.delivery.webhooks.endpoints import hold_listening
from matching.models import WebhookDelivery, WebhookEndpoint

Kind = WebhookDelivery.Kind


@transaction.atomic
def owe_test(endpoint: WebhookEndpoint, *, now: datetime) -> WebhookDelivery:
    """Owe a made-up message, posted once by the next sweep. While one waits, that one is returned.

    Raise SwitchedOff. Nothing that is said of the endpoint counts it.
    """
    hold_listening(endpoint)
    waiting = endpoint.deliveries.filter(kind=Kind.TEST).unsent().first()
    return waiting or endpoint.deliveries.create(kind=Kind.TEST, owed_at=now, retry_at=now)
