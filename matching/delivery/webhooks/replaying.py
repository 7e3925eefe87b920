"""Post again what was posted, or what was never taken: the same webhook-id, a new time and signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from matching.delivery.webhooks.endpoints import hold_listening
from matching.models import WebhookDelivery, WebhookDeliveryQuerySet, WebhookEndpoint
from opportunities.project_selectors import visible_projects
from opportunities.selectors import visible_opportunities

MOST_REPLAYED = 500  # at once
# So many every few seconds, for what other companies are told to get in between.
AT_A_TIME, PAUSE = 20, timedelta(seconds=5)


class NoSuchMessage(Exception):
    """The endpoint was never posted a message of that number."""


class Replay(Enum):
    OWED = "owed"
    ON_ITS_WAY = "on its way"  # it waits already, or is being posted
    NOT_VISIBLE = "not visible"  # its company may no longer know of it


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of asking for all that wasn't taken."""

    owed: int
    not_visible: int
    left: int  # of what could be posted again: more than ``MOST_REPLAYED``


@transaction.atomic
def replay(endpoint: WebhookEndpoint, delivery_id: int, *, now: datetime) -> Replay:
    """Owe one message again. Twice is once while it waits. Raise NoSuchMessage or SwitchedOff.

    The door is asked here, for an answer, and once more when it is posted.
    """
    own = endpoint.deliveries.real().filter(pk=delivery_id)
    if not own.exists():
        raise NoSuchMessage
    hold_listening(endpoint)
    # Skipped when it is locked: it is being posted.
    delivery = own.select_for_update(skip_locked=True, of=("self",)).first()
    if delivery is None or _is_on_its_way(delivery, now=now):
        return Replay.ON_ITS_WAY
    # What was dropped is told anew by itself, should it be disclosed again.
    if delivery.dropped_because or not _visible(own, endpoint, now=now).exists():
        return Replay.NOT_VISIBLE
    _owe_again(delivery, at=now)
    delivery.save()
    return Replay.OWED


@transaction.atomic
def replay_not_taken(endpoint: WebhookEndpoint, since: datetime, *, now: datetime) -> Replayed:
    """Owe again what was given up, or waits after a failure, of what was owed since then; the oldest first.

    Twice is once: what waits for its first attempt isn't among it. Raise SwitchedOff.
    """
    hold_listening(endpoint)
    failed = endpoint.deliveries.real().not_taken().filter(owed_at__gte=since)
    visible = _visible(failed, endpoint, now=now)
    in_all, may_be_told = failed.count(), visible.count()
    again = list(
        visible.select_for_update(skip_locked=True, of=("self",)).order_by("owed_at", "pk")[:MOST_REPLAYED]
    )
    for number, delivery in enumerate(again):
        _owe_again(delivery, at=now + number // AT_A_TIME * PAUSE)
    WebhookDelivery.objects.bulk_update(
        again, ["taken_at", "taken_before_at", "given_up_at", "attempts", "last_error", "retry_at"]
    )
    return Replayed(len(again), in_all - may_be_told, may_be_told - len(again))


def _owe_again(delivery: WebhookDelivery, *, at: datetime) -> None:
    delivery.taken_before_at = delivery.taken_before_at or delivery.taken_at
    delivery.taken_at = delivery.given_up_at = None
    delivery.attempts, delivery.last_error, delivery.retry_at = 0, "", at


def _is_on_its_way(delivery: WebhookDelivery, *, now: datetime) -> bool:
    return delivery.is_unsent and (not delivery.last_error or delivery.retry_at <= now)


def _visible(
    messages: WebhookDeliveryQuerySet, endpoint: WebhookEndpoint, *, now: datetime
) -> WebhookDeliveryQuerySet:
    door = visible_opportunities(to=endpoint.company, at=now)
    projects = visible_projects(to=endpoint.company, at=now)
    names_known = Q(project=None) | Exists(projects.filter(pk=OuterRef("project")))
    return messages.filter(names_known, Exists(door.filter(pk=OuterRef("opportunity"))))
