"""How sending goes, for the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from matching.models import IS_LATE, Delivery, DeliveryQuerySet, Suppression

LOOKED_BACK = timedelta(days=30)


class Shown(StrEnum):
    """Which deliveries a list holds."""

    ALL = ""
    WAITING = "waiting"
    DOUBT = "doubt"
    TWICE = "twice"
    LATE = "late"
    DROPPED = "dropped"
    CANARY = "canary"


@dataclass(frozen=True, slots=True)
class SendingState:
    """Of the last thirty days, but for what waits."""

    sent: int
    alerts: int
    waiting: int
    waiting_since: datetime | None
    in_doubt: int  # handed over, the answer unknown
    twice: int  # sent again after doubt: how many may have come twice
    late: int
    dropped: int
    suppressed: int


def sending_state(*, at: datetime) -> SendingState:
    """Without the canary's mail. Three queries."""
    unsent = (
        Delivery.objects.to_people()
        .unsent()
        .aggregate(
            waiting=Count("pk"), since=Min("owed_at"), doubt=Count("pk", filter=Q(handed_at__isnull=False))
        )
    )
    recent = Delivery.objects.to_people().filter(owed_at__gte=at - LOOKED_BACK)
    counted = recent.aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        alerts=Count("pk", filter=Q(sent_at__isnull=False, alert_on__isnull=False)),
        dropped=Count("pk", filter=~Q(dropped_because="")),
        twice=Sum("doubts", default=0),
        late=Count("pk", filter=IS_LATE),
    )
    return SendingState(
        sent=counted["sent"],
        alerts=counted["alerts"],
        waiting=unsent["waiting"],
        waiting_since=unsent["since"],
        in_doubt=unsent["doubt"],
        twice=counted["twice"],
        late=counted["late"],
        dropped=counted["dropped"],
        suppressed=Suppression.objects.standing().count(),
    )


def delivery_log(shown: Shown) -> QuerySet[Delivery]:
    """Every mail owed or sent to people, or the canary's; the latest first, without its body."""
    if shown is Shown.CANARY:
        found = Delivery.objects.to_the_canary()
    else:
        found = _of(Delivery.objects.to_people(), shown)
    return (
        found.select_related("run", "recipient__user")
        .defer("body_text", "body_html")
        .order_by(F("owed_at").desc(), "-pk")
    )


def _of(deliveries: DeliveryQuerySet, shown: Shown) -> DeliveryQuerySet:
    match shown:
        case Shown.WAITING:
            return deliveries.unsent()
        case Shown.DOUBT:
            return deliveries.in_doubt()
        case Shown.TWICE:
            return deliveries.filter(doubts__gt=0)
        case Shown.LATE:
            return deliveries.late()
        case Shown.DROPPED:
            return deliveries.exclude(dropped_because="")
    return deliveries
