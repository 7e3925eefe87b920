"""What a person was sent, for that person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from matching.models import Delivery, MailReport
from portal.accounts.models import User


class MailState(StrEnum):
    """What became of a mail, as far as anybody can know."""

    TAKEN = "taken"  # by the person's mail server
    CAME_BACK = "came_back"
    WAITING = "waiting"
    AGAIN = "again"  # was refused, and is tried again
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class OwnMail:
    delivery: Delivery
    state: MailState


def mails_of(user: User) -> QuerySet[Delivery]:
    """All that was owed to a person, the latest first, without bodies; each says whether it ``came_back``."""
    returned = MailReport.objects.filter(
        delivery=OuterRef("pk"), kind__in=[MailReport.Kind.HARD, MailReport.Kind.SOFT]
    )
    return (
        Delivery.objects.filter(recipient__user=user)
        .select_related("run")
        .defer("body_text", "body_html")
        .annotate(came_back=Exists(returned))
        .order_by(F("owed_at").desc(), "-pk")
    )


def delivery_reported(named: str, address: str) -> int | None:
    """The digest or alert that a provider's report is about, by its name for it and whom it went to."""
    if not named:
        return None
    called = Delivery.objects.filter(Q(provider_id=named) | Q(message_id=named), address__iexact=address)
    return called.order_by("-pk").values_list("pk", flat=True).first()


def own_mail(delivery: Delivery) -> OwnMail:
    """Of one out of ``mails_of``."""
    return OwnMail(delivery, _state(delivery))


def _state(delivery: Delivery) -> MailState:
    if delivery.dropped_because:
        return MailState.DROPPED
    if delivery.sent_at is None:
        return MailState.AGAIN if delivery.attempts else MailState.WAITING
    return MailState.CAME_BACK if getattr(delivery, "came_back", False) else MailState.TAKEN
