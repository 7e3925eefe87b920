"""Where a company's own systems are told, for its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Min, Q, QuerySet
from django.db.models.functions import Greatest

from matching.models import WebhookDelivery, WebhookEndpoint
from portal.accounts.models import Company


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What was given up, or waits after a failure."""

    count: int
    oldest_at: datetime | None


def webhook_endpoints(company: Company) -> QuerySet[WebhookEndpoint]:
    """Each with ``last_taken_at`` and ``waiting``, how many messages it is owed. Tests don't count."""
    real = ~Q(deliveries__kind=WebhookDelivery.Kind.TEST)
    unsent = Q(deliveries__taken_at=None, deliveries__given_up_at=None, deliveries__dropped_because="")
    taken = Max("deliveries__taken_at", filter=real)
    before = Max("deliveries__taken_before_at", filter=real)
    return (
        WebhookEndpoint.objects.standing()
        .filter(company=company)
        .annotate(last_taken_at=Greatest(taken, before), waiting=Count("deliveries", filter=real & unsent))
        .order_by("created_at", "pk")
    )


def webhook_endpoint(endpoint_id: int, *, company: Company) -> WebhookEndpoint | None:
    return webhook_endpoints(company).filter(pk=endpoint_id).first()


def webhook_deliveries(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """What it was told and is owed, the latest first, without the tests.

    Each with ``may_be_replayed``: it was posted, and isn't on its way.
    """
    on_its_way = Q(taken_at=None, given_up_at=None, last_error="")
    return (
        endpoint.deliveries.real()
        .annotate(
            may_be_replayed=ExpressionWrapper(
                Q(dropped_because="") & ~Q(body="") & ~on_its_way, output_field=BooleanField()
            )
        )
        .select_related("opportunity")
        .defer("body", "opportunity__search_vector", "opportunity__description")
    )


def latest_webhook_test(endpoint: WebhookEndpoint) -> WebhookDelivery | None:
    return endpoint.deliveries.filter(kind=WebhookDelivery.Kind.TEST).defer("body").first()


def not_taken_webhooks(endpoint: WebhookEndpoint) -> NotTaken:
    return NotTaken(
        **endpoint.deliveries.real().not_taken().aggregate(count=Count("pk"), oldest_at=Min("owed_at"))
    )


def older_secret_ends_at(endpoint: WebhookEndpoint, *, at: datetime) -> datetime | None:
    """When the secret before the latest ends; None if there is but one."""
    ending = endpoint.secrets.filter(ends_at__gt=at).aggregate(last=Max("ends_at"))
    last: datetime | None = ending["last"]
    return last
