"""When matching and its mail run. What they do is in the services."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from matching.delivery import services as delivery_services
from matching.delivery.timetable import digest_due
from matching.models import Delivery
from portal.lib.retry import postpone_on_failure


@shared_task
def owe_daily_digests() -> None:
    now = timezone.now()
    period = digest_due(now)
    if period is not None:
        delivery_services.owe_daily_digests(period, now=now)


@shared_task
def send_pending_deliveries() -> None:
    due = Delivery.objects.due_at(timezone.now()).order_by("retry_at")
    for pk in due.values_list("pk", flat=True)[:500]:
        send_delivery.apply_async((pk,), expires=60)


@shared_task
def send_delivery(delivery_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(Delivery, delivery_id, now=now):
        delivery_services.send_delivery(delivery_id, now=now)
