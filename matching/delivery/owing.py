"""Deciding what people are told, each once a period. Told the time, and may be called again at any moment."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Q

from matching.delivery.due import DueOpportunity, due_to_each
from matching.delivery.tendered import TenderedLine, tendered_to_each, without_tendered
from matching.delivery.timetable import WORKING_DAYS, Habits, period_began
from matching.models import (
    DeliveredOpportunity,
    DeliveredProject,
    Delivery,
    DigestRun,
    Recipient,
    Subscription,
    SubscriptionQuerySet,
)
from portal.accounts.models import Company
from portal.lib.batches import batched
from portal.lib.clocks import STOCKHOLM

# Of the recipient, as Habits has them
_HABITS = (
    ("recipient__time_zone", "time_zone"),
    ("recipient__send_hour", "send_hour"),
    ("recipient__wants_weekends", "wants_weekends"),
)

# More people at a time save hardly any queries, and keep longer whom they lock.
AT_A_TIME = 100

logger = logging.getLogger(__name__)


def owe_due_digests(*, now: datetime) -> None:
    """Decide about everybody whose hour has come on their own clock; owe those a mail who are told something.

    Nobody is decided about at night, nor at weekends who hasn't asked for it. A day on which nobody was
    there to ask is made up for by the next. Asking again decides nothing again: see ``owe_daily_digests``.
    """
    wanted = Subscription.objects.wanted()
    daily: dict[date, Q] = defaultdict(Q)
    at_once: dict[tuple[date, int], Q] = defaultdict(Q)
    for told in wanted.order_by().values_list(*(name for name, _ in _HABITS), "is_immediate").distinct():
        habits, is_immediate = Habits(*told[:-1]), told[-1]
        people = Q(**{name: getattr(habits, habit) for name, habit in _HABITS})
        local, day = habits.awake_at(now), habits.digest_due(now)
        if is_immediate and local:
            at_once[local.date(), local.hour] |= people
        elif day and not is_immediate:
            daily[day] |= people
    for day in sorted(daily):
        _decide(day, None, wanted.filter(daily[day], _undecided_on(day), is_immediate=False), now=now)
    for day, hour in sorted(at_once):
        _decide(day, hour, wanted.filter(at_once[day, hour], is_immediate=True), now=now)


def owe_daily_digests(period: date, *, now: datetime, at_a_time: int = AT_A_TIME) -> DigestRun:
    """Decide what everybody is told in ``period``, whatever hour suits them.

    ``period`` is a day, on each reader's own clock. Whoever is written to weekly is decided about on the
    first day of the week that is theirs on which there is a run; who has several subscriptions gets those
    that fall on one day in one mail. Each person's period is decided once, whatever is changed meanwhile:
    later calls change nothing. ``at_a_time`` people are decided in a transaction of their own, and to
    decide more or fewer at a time comes to the same: after a crash the next call goes on where it stopped.
    Several callers at once share the work.
    """
    undecided = Subscription.objects.wanted().filter(_undecided_on(period), is_immediate=False)
    return _decide(period, None, undecided, now=now, at_a_time=at_a_time)


def finish_run(run: DigestRun, *, now: datetime) -> None:
    """Decide about those whom a day's run left out, as far as they are awake; the rest hear with the next."""
    awake = Q(pk__in=[])
    for told in Recipient.objects.order_by().values_list(*(habit for _, habit in _HABITS)).distinct():
        if Habits(*told).awake_at(now):
            awake |= Q(**dict(zip((name for name, _ in _HABITS), told, strict=True)))
    undecided = Subscription.objects.wanted().filter(awake, _undecided_on(run.period), is_immediate=False)
    _decide(run.period, None, undecided, now=now)


def _decide(
    day: date,
    hour: int | None,
    undecided: SubscriptionQuerySet,
    *,
    now: datetime,
    at_a_time: int = AT_A_TIME,
) -> DigestRun:
    """``hour`` is of those who want to know at once, each hour of the day a run of its own."""
    run, _ = DigestRun.objects.get_or_create(period=day, hour=hour, defaults={"started_at": now})
    # Who has this run's mail already waits for the next.
    waiting = undecided.exclude(recipient__deliveries__run=run)
    keys = waiting.order_by("recipient").distinct("recipient").values_list("recipient", flat=True)
    left: set[int] = set()
    for some in batched(list(keys), at_a_time):
        left |= set(some) - _owe_digests(run, some, undecided, skip_locked=True, now=now)
    # Another decider was at them. The run is decided only when everybody has been, so that is waited for.
    for some in batched(sorted(left), at_a_time):
        _owe_digests(run, some, undecided, skip_locked=False, now=now)
    if DigestRun.objects.filter(pk=run.pk, decided_at=None).update(decided_at=now):
        logger.info("digests decided", extra={"period": str(day), "owed": run.deliveries.count()})
    run.refresh_from_db()
    return run


def _undecided_on(day: date) -> Q:
    """Those whose period that ``day`` lies in has not been decided."""
    undecided = Q(weekday=None) & (Q(decided_on=None) | Q(decided_on__lt=day))
    for weekday in WORKING_DAYS:
        began = period_began(day, weekday)
        # Whoever came in the middle of a week begins with the next.
        came_before = Q(created_at__lt=datetime.combine(began + timedelta(days=1), time.min, STOCKHOLM))
        undecided |= Q(weekday=weekday) & (Q(decided_on__lt=began) | (Q(decided_on=None) & came_before))
    return undecided


@transaction.atomic
def _owe_digests(
    run: DigestRun,
    recipient_ids: Collection[int],
    undecided: SubscriptionQuerySet,
    *,
    skip_locked: bool,
    now: datetime,
) -> set[int]:
    """Return whom this has seen decided; not who was joined to the same person's other row since."""
    # In one order, or two deciders could each hold a person that the other waits for.
    locked = Recipient.objects.select_for_update(no_key=True, skip_locked=skip_locked).order_by("pk")
    seen = set(locked.filter(pk__in=recipient_ids).values_list("pk", flat=True))
    waiting = seen - set(run.deliveries.filter(recipient__in=seen).values_list("recipient", flat=True))
    wanted = list(undecided.filter(recipient__in=waiting).with_what_is_read().order_by("recipient", "pk"))
    Subscription.objects.filter(pk__in=[each.pk for each in wanted]).update(decided_on=run.period)
    people = [list(own) for _, own in groupby(wanted, key=lambda each: each.recipient_id)]
    tendered = tendered_to_each(people, now=now)
    found = [
        (own[0].recipient, without_tendered(due, lines), lines)
        for own, due in zip(people, due_to_each(people, now=now), strict=True)
        for lines in [tendered[own[0].recipient_id]]
    ]
    news = [each for each in found if each[1] or each[2]]
    deliveries = Delivery.objects.bulk_create(
        Delivery(run=run, recipient=recipient, owed_at=now, retry_at=now) for recipient, _, _ in news
    )
    note_told([(delivery, due, lines) for delivery, (_, due, lines) in zip(deliveries, news, strict=True)])
    return seen


def following(subscriptions: Iterable[Subscription]) -> list[Company]:
    """Of which companies a person wants to hear what they follow."""
    return [subscription.company for subscription in subscriptions if subscription.company]


def note_told(
    told: Collection[tuple[Delivery, tuple[DueOpportunity, ...], tuple[TenderedLine, ...]]],
) -> None:
    """Write down what these deliveries hold, which counts as told from now on."""
    DeliveredProject.objects.bulk_create(
        DeliveredProject(delivery=delivery, project_id=line.project_id, tender_id=line.tender_id)
        for delivery, _, lines in told
        for line in lines
    )
    DeliveredOpportunity.objects.bulk_create(
        DeliveredOpportunity(
            delivery=delivery,
            opportunity_id=each.opportunity_id,
            revision_id=each.revision_id,
            section=each.section,
            subscription_id=each.subscription_id,
        )
        for delivery, due, _ in told
        for each in due
    )
