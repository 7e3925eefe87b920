"""Two recipients that turn out to be one person: asked for mail first, and has an account now."""

from __future__ import annotations

import logging
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from matching.models import (
    Consent,
    DeliveredOpportunity,
    DeliveredProject,
    Delivery,
    FormerRecipient,
    FormerSubscription,
    Mute,
    Recipient,
    Subscription,
    Withdrawal,
)

JOINED = "its reader's two subscriptions were joined: the next digest tells it"

logger = logging.getLogger(__name__)


def join_recipients() -> int:
    """Give everybody one row whose account has confirmed the address of another. Return how many.

    What was asked for, muted, agreed to and told is kept, so nothing is told again, and addresses in old
    mails go on leading where they led. Safe to call again, and by several at once.
    """
    apart = Recipient.objects.filter(user=None).annotate(plain=Lower("email"))
    accounts = dict(
        EmailAddress.objects.filter(verified=True, primary=True)
        .annotate(plain=Lower("email"))
        .filter(plain__in=apart.values("plain"))
        .values_list("plain", "user")
    )
    pairs = apart.filter(plain__in=list(accounts)).order_by("pk").values_list("pk", "plain")
    return sum(_join(key, accounts[plain]) for key, plain in list(pairs))


def _join(apart_id: int, user_id: int) -> bool:
    try:
        with transaction.atomic():
            return _joined(apart_id, user_id)
    except IntegrityError:  # the person got a row meanwhile: the next sweep joins the two
        return False


def _joined(apart_id: int, user_id: int) -> bool:
    # In one order, as everybody who decides about a person takes its row.
    pair = Recipient.objects.filter(pk=apart_id) | Recipient.objects.filter(user=user_id)
    rows = list(pair.select_for_update().order_by("pk"))
    apart = next((row for row in rows if row.pk == apart_id and row.user_id is None), None)
    if apart is None:  # another was quicker
        return False
    own = next((row for row in rows if row.user_id == user_id), None)
    if own is None:
        Recipient.objects.filter(pk=apart.pk).update(user=user_id, email="")
    else:
        _pour(apart, own)
    logger.info("recipients joined", extra={"recipient": own.pk if own else apart.pk})
    return True


def _pour(apart: Recipient, own: Recipient) -> None:
    """All of one row into the other, whose habits stay. The emptied row goes."""
    _take_back_twice_owed(apart, own)
    apart.deliveries.update(recipient=own, is_former=True)
    for subscription in apart.subscriptions.select_for_update().order_by("pk"):
        _move(subscription, own)
    muted = Mute.objects.filter(recipient=own).values("opportunity")
    Mute.objects.filter(recipient=apart).exclude(opportunity__in=muted).update(recipient=own)
    Consent.objects.filter(recipient=apart).update(recipient=own)
    Withdrawal.objects.filter(recipient=apart).update(recipient=own)
    FormerRecipient.objects.filter(recipient=apart).update(recipient=own)
    FormerRecipient.objects.create(former_id=apart.pk, recipient=own)
    apart.delete()


def _take_back_twice_owed(apart: Recipient, own: Recipient) -> None:
    """Of two mails of one run the one is not sent, unless it may be out already."""
    untried: QuerySet[Delivery] = apart.deliveries.unsent().filter(
        handed_at=None, run__in=own.deliveries.filter(run__isnull=False).values("run")
    )
    keys = list(untried.select_for_update().values_list("pk", flat=True))
    DeliveredOpportunity.objects.filter(delivery__in=keys).delete()
    DeliveredProject.objects.filter(delivery__in=keys).delete()
    Delivery.objects.filter(pk__in=keys).update(dropped_because=JOINED)


def _move(subscription: Subscription, own: Recipient) -> None:
    """To the person's own row; where that has one to the same topics, what was said last holds for both."""
    twin = own.subscriptions.filter(kind=subscription.kind, query=subscription.query).first()
    if twin is None:
        Subscription.objects.filter(pk=subscription.pk).update(recipient=own)
        return
    last = max(twin, subscription, key=_said_at)
    decided = [each.decided_on for each in (twin, subscription) if each.decided_on is not None]
    Subscription.objects.filter(pk=twin.pk).update(
        weekday=last.weekday,
        is_immediate=last.is_immediate,
        ended_at=last.ended_at,
        created_at=min(twin.created_at, subscription.created_at),
        decided_on=max(decided, default=None),
    )
    DeliveredOpportunity.objects.filter(subscription=subscription).update(subscription=twin)
    Withdrawal.objects.filter(subscription=subscription).update(subscription=twin)
    FormerSubscription.objects.filter(subscription=subscription).update(subscription=twin)
    FormerSubscription.objects.create(former_id=subscription.pk, subscription=twin)
    subscription.delete()


def _said_at(subscription: Subscription) -> datetime:
    return subscription.ended_at or subscription.created_at
