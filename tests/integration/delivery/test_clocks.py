"""R9: whatever the clocks and people's zones do, each day's digest is one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.delivery.owing import owe_due_digests
from matching.delivery.services import send_delivery
from matching.models import DeliveredOpportunity, Delivery, Recipient, Subscription
from tests.integration.delivery.world import DAY, add_match

pytestmark = pytest.mark.django_db
ZONES = ["Europe/Stockholm", "Asia/Kolkata", "America/New_York", "Pacific/Auckland", "America/Los_Angeles"]
# Clocks go forward and back, in either half of the world; ends of months and years; a leap day.
TURNS = [
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2027, 3, 14),
    date(2027, 11, 7),
    date(2027, 4, 4),
    date(2027, 9, 26),
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2027, 4, 30),
]
turns, zones, hours = st.sampled_from(TURNS), st.sampled_from(ZONES), st.integers(7, 21)
moves = st.lists(st.tuples(st.integers(0, 59).map(lambda n: 2 * n), zones, hours), max_size=3)
lived = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def live_through(
    turn: date,
    zone: str,
    hour: int,
    moved: list[tuple[int, str, int]],
    subscription: Subscription,
    *,
    every: int = 1,
) -> None:
    """Five days about a turn, asked every so many hours by two timetables, with two tenders a day."""
    mail.outbox.clear()
    moves_at = {at: (to, chosen) for at, to, chosen in moved}
    Recipient.objects.update(time_zone=zone, send_hour=hour, wants_weekends=True)
    start = datetime.combine(turn - 2 * DAY, time(), UTC)
    Subscription.objects.update(created_at=start - 9 * DAY, decided_on=None)
    tenders = 0
    for ahead in range(0, 5 * 24, every):
        now = start + timedelta(hours=ahead)
        if ahead in moves_at:
            to, chosen = moves_at[ahead]
            Recipient.objects.update(time_zone=to, send_hour=chosen)
        if ahead % 12 == 0:
            add_match(subscription.profile, now=now)
            tenders += 1
        for _ in range(2):
            owe_due_digests(now=now)
            for pk in Delivery.objects.due_at(now).values_list("pk", flat=True):
                assert send_delivery(pk, now=now)
                local = now.astimezone(ZoneInfo(Recipient.objects.get().time_zone))
                assert 7 <= local.hour < 22
    days = list(Delivery.objects.order_by("pk").values_list("run__period", flat=True))
    assert days == sorted(set(days)), "a day's digest is one, and days don't go back"
    assert len(days) == len(mail.outbox)
    if not moved:
        assert set(days) >= {turn - DAY, turn, turn + DAY}, "and no day goes without"
    told = list(DeliveredOpportunity.objects.values_list("opportunity", flat=True))
    assert len(told) == len(set(told)), "nothing is told twice"
    assert len(told) >= tenders - 5, "nor left out, but what comes after the last morning"


def test_each_day_has_one_digest_whatever_the_clocks_do(subscription: Subscription) -> None:
    moved = [(60, "America/New_York", 9), (72, "Asia/Kolkata", 8)]

    live_through(date(2027, 10, 31), "Europe/Stockholm", 7, moved, subscription, every=6)


@pytest.mark.slow
@settings(lived, max_examples=30)
@given(turn=turns, zone=zones, hour=hours, moved=moves)
def test_nor_do_they_in_very_many_lives(
    turn: date, zone: str, hour: int, moved: list[tuple[int, str, int]], subscription: Subscription
) -> None:
    with transaction.atomic():
        live_through(turn, zone, hour, moved, subscription)
        transaction.set_rollback(True)
