"""The last look before a mail is handed to the mail server, and the note that it was: one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from matching.delivery.candidates import door_of
from matching.delivery.ready import ReadyMail
from matching.delivery.suppressing import address_hash
from matching.models import (
    Delivery,
    MailHold,
    MailPause,
    Mute,
    Recipient,
    Subscription,
    Suppression,
)
from opportunities.selectors import Opportunities


def hand_over(mail: ReadyMail, *, now: datetime) -> bool:
    """Note that the mail server is given a mail now. False if it may not be, or not as it is written.

    It may not if it was sent, dropped or held since it was written, if all mail was paused, or its address
    suppressed; it is written otherwise if its reader has left, moved or muted since, or something was
    withdrawn. One query, however much the mail tells.
    """
    recipient = mail.delivery.recipient
    same_reader = Q(user__email=recipient.address) if recipient.user_id else Q(user=None)
    as_written = [
        Exists(Recipient.objects.filter(same_reader, pk=OuterRef("recipient"))),
        *(Exists(Subscription.objects.wanted().filter(pk=each.pk)) for each in mail.subscriptions),
        *(_shows_all(door, keys) for door, keys in _behind_doors(mail, now=now)),
    ]
    # By its own columns first: where another changes the row meanwhile, these are looked at again.
    unsent = Delivery.objects.unsent().filter(pk=mail.delivery.pk).filter(_not_forbidden(mail), *as_written)
    noted = unsent.update(
        message_id=mail.message_id,
        address=recipient.address,
        doubts=F("doubts") + Case(When(handed_at=None, then=Value(0)), default=Value(1)),
        handed_at=now,
    )
    return bool(noted)


def _not_forbidden(mail: ReadyMail) -> Q:
    run, keys = mail.delivery.run, [line.due.opportunity_id for line in mail.digest.lines]
    hidden = address_hash(mail.delivery.recipient.address)
    forbidden = [
        Exists(MailPause.objects.standing()),
        Exists(Suppression.objects.standing().filter(address_hash=hidden)),
        Exists(MailHold.objects.of_opportunities(keys)),
        Exists(Mute.objects.filter(recipient=mail.delivery.recipient_id, opportunity__in=keys)),
    ]
    if run is not None:
        forbidden.append(Exists(MailHold.objects.barring(run.period)))
    return Q(*(~Q(each) for each in forbidden))


def _behind_doors(mail: ReadyMail, *, now: datetime) -> Iterator[tuple[Opportunities, Collection[int]]]:
    by_key = {subscription.pk: subscription for subscription in mail.subscriptions}
    told: dict[int, list[int]] = defaultdict(list)
    for line in mail.digest.lines:
        if line.due.subscription_id is not None:
            told[line.due.subscription_id].append(line.due.opportunity_id)
    for key, opportunities in told.items():
        yield door_of(by_key[key], now=now), opportunities


def _shows_all(door: Opportunities, keys: Collection[int]) -> Exists:
    """That there is a last one, counted from none: cheaper to ask than how many there are."""
    return Exists(door.filter(pk__in=keys).order_by()[len(keys) - 1 : len(keys)])
