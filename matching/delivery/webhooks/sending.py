"""Post what is owed, and what follows when it isn't taken."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from matching.delivery.webhooks.body import body_of
from matching.delivery.webhooks.endpoints import switch_off
from matching.delivery.webhooks.posting import Answer, Sender, post
from matching.delivery.webhooks.signing import signed_headers
from matching.models import WebhookDelivery, WebhookEndpoint

# After the first attempt, the second, …: two days in all.
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 5 * 60, 10 * 60, 14 * 60, 16 * 60 + 24)
)
# An endpoint that has taken nothing for so long is switched off.
PATIENCE = sum(WAITS, timedelta())
NOT_VISIBLE = "no longer disclosed"

Kind = WebhookDelivery.Kind
logger = logging.getLogger(__name__)


@transaction.atomic
def send_webhook(delivery_id: int, *, now: datetime) -> bool:
    """Post one owed message. Return whether it was taken.

    At least once, not exactly once: a crash after the other side took it posts it again under the same
    webhook-id. Whatever the other side does is noted on the row, which waits longer each time; after the
    last wait it is given up. A test is posted once, and says nothing of the endpoint. The row is held while
    it is posted, so nobody else posts it meanwhile.
    """
    delivery = (
        WebhookDelivery.objects.due_at(now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("endpoint__company", "project")
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None:
        return False
    body = body_of(delivery, now=now)
    if body is None:
        _drop(delivery)
        return False
    endpoint = delivery.endpoint
    headers = signed_headers(
        endpoint.secrets.alive_at(now), message_id=delivery.message_id, body=body, now=now
    )
    sender = Sender(f"Setu-Webhooks/1.0 (+{settings.SITE_URL})", settings.WEBHOOKS_ALLOW_LOOPBACK)
    answer = post(endpoint.address, body, headers, sender=sender)
    delivery.body, delivery.status, delivery.answer = body, answer.status, answer.said[:500]
    delivery.failure, delivery.took_seconds = answer.failure or "", answer.took
    delivery.attempts += 1
    if delivery.kind == Kind.TEST:
        _tried(delivery, answer, now=now)
    elif answer.is_taken:
        _taken(delivery, now=now)
    else:
        _failed(delivery, answer, now=now)
    delivery.save()
    return answer.is_taken


def _drop(delivery: WebhookDelivery) -> None:
    if delivery.taken_before_at is not None:  # it was told: nothing is posted again, and it stands as it did
        delivery.taken_at = delivery.taken_before_at
        delivery.save(update_fields=["taken_at"])
        return
    delivery.dropped_because = NOT_VISIBLE
    # What isn't sent doesn't count as told: should it be disclosed again, it is told then.
    delivery.revision = delivery.project = None
    delivery.save(update_fields=["dropped_because", "revision", "project"])


def _tried(delivery: WebhookDelivery, answer: Answer, *, now: datetime) -> None:
    if answer.is_taken:
        delivery.taken_at, delivery.last_error = now, ""
    else:
        delivery.given_up_at, delivery.last_error = now, _error(answer)
    logger.info("webhook tried", extra={"delivery": delivery.pk, "status": answer.status})


def _error(answer: Answer) -> str:
    return f"{answer.status}" if answer.status else answer.said


def _taken(delivery: WebhookDelivery, *, now: datetime) -> None:
    delivery.taken_at, delivery.last_error = now, ""
    WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(failing_since=None, failures=0)
    logger.info("webhook taken", extra={"delivery": delivery.pk, "status": delivery.status})


def _failed(delivery: WebhookDelivery, answer: Answer, *, now: datetime) -> None:
    delivery.last_error = _error(answer)
    endpoint = delivery.endpoint
    since = endpoint.failing_since or now
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=since, failures=endpoint.failures + 1)
    if delivery.attempts > len(WAITS):
        delivery.given_up_at = now
    else:
        delivery.retry_at = now + WAITS[delivery.attempts - 1]
    if answer.status is None or answer.status >= 500:
        # It isn't this message that is wrong: the others wait as well, rather than each trying in vain.
        wait = now + WAITS[min(endpoint.failures, len(WAITS) - 1)]
        others = endpoint.deliveries.real().unsent().filter(retry_at__lt=wait)
        others.exclude(pk=delivery.pk).update(retry_at=wait)
    if answer.is_gone:
        switch_off(endpoint, WebhookEndpoint.DisabledBecause.GONE, now=now)
    elif now - since >= PATIENCE:
        switch_off(endpoint, WebhookEndpoint.DisabledBecause.FAILED, now=now)
    logger.info("webhook not taken", extra={"delivery": delivery.pk, "status": answer.status})
