"""Where a company's own systems are told, for its pages."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from matching.models import WebhookDelivery, WebhookEndpoint
from portal.accounts.models import Company


def webhook_endpoints(company: Company) -> QuerySet[WebhookEndpoint]:
    """Each with ``last_taken_at`` and ``waiting``, how many messages it is owed."""
    unsent = Q(deliveries__taken_at=None, deliveries__given_up_at=None, deliveries__dropped_because="")
    return (
        WebhookEndpoint.objects.standing()
        .filter(company=company)
        .annotate(last_taken_at=Max("deliveries__taken_at"), waiting=Count("deliveries", filter=unsent))
        .order_by("created_at", "pk")
    )


def webhook_endpoint(endpoint_id: int, *, company: Company) -> WebhookEndpoint | None:
    return webhook_endpoints(company).filter(pk=endpoint_id).first()


def webhook_deliveries(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """What it was told and is owed, the latest first."""
    return endpoint.deliveries.select_related("opportunity").defer(
        "body", "opportunity__search_vector", "opportunity__description"
    )


def older_secret_ends_at(endpoint: WebhookEndpoint, *, at: datetime) -> datetime | None:
    """When the secret before the latest ends; None if there is but one."""
    ending = endpoint.secrets.filter(ends_at__gt=at).aggregate(last=Max("ends_at"))
    last: datetime | None = ending["last"]
    return last
