"""What can't wait for the digest, told at once, once, and never at night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail

from matching.delivery.alerting import MOST_A_DAY, owe_alerts
from matching.delivery.alerts import BURST
from matching.delivery.hindrances import STALE_AFTER
from matching.delivery.services import send_delivery
from matching.models import Delivery, Match, Recipient, Subscription
from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from tests.factories.matching import FollowFactory
from tests.integration.delivery.world import add_match, move_deadline, owe_and_send, revise
from tests.integration.sending.conftest import TODAY

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def told(subscription: Subscription, noon: datetime) -> Match:
    """A good match that Alice's digest has told her of, on a Friday at noon."""
    match = add_match(subscription.profile, now=noon, title="Water-quality sensors", score=85)
    owe_and_send(TODAY, now=noon)
    mail.outbox.clear()
    return match


def run(*, now: datetime) -> list[str]:
    """As the sweeps do. Return the subjects that were sent."""
    before = len(mail.outbox)
    owe_alerts(now=now)
    for pk in Delivery.objects.due_at(now).values_list("pk", flat=True):
        send_delivery(pk, now=now)
    return [str(message.subject) for message in mail.outbox[before:]]


def restage(opportunity: Opportunity, to: Stage) -> None:
    before = Stage(opportunity.stage)
    opportunity.stage = to
    opportunity.save(update_fields=["stage"])
    revise(opportunity, Change("stage", before, to))


def moved(opportunity: Opportunity, now: datetime) -> None:
    move_deadline(opportunity, now + 30 * DAY)


def cancelled(opportunity: Opportunity, now: datetime) -> None:
    del now
    restage(opportunity, Stage.CANCELLED)


def about_to_close(opportunity: Opportunity, now: datetime) -> None:
    opportunity.submission_deadline = now + 6 * DAY
    opportunity.save(update_fields=["submission_deadline"])


@pytest.mark.parametrize(
    ("news", "said"),
    [(moved, "1 deadline moved"), (cancelled, "1 called off"), (about_to_close, "1 closing soon")],
)
def test_it_is_told_at_once_and_then_by_no_digest(
    told: Match, noon: datetime, news: Callable[[Opportunity, datetime], None], said: str
) -> None:
    news(told.opportunity, noon)

    subjects = run(now=noon + HOUR) + run(now=noon + 3 * HOUR)
    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)

    assert subjects == [f"{said} – Water-quality sensors"]
    [alert] = mail.outbox
    assert "You get this at once because" in alert.body
    assert "working days" not in alert.body


def test_what_a_digest_has_told_is_no_alert(told: Match, noon: datetime) -> None:
    move_deadline(told.opportunity, noon + 30 * DAY)
    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)
    mail.outbox.clear()

    assert run(now=noon + 3 * DAY + HOUR) == []


def test_what_was_planned_and_is_now_open_to_bids_is_told(subscription: Subscription, noon: datetime) -> None:
    early = add_match(subscription.profile, now=noon, score=85, stage=Stage.DPR, submission_deadline=None)
    owe_and_send(TODAY, now=noon)
    restage(early.opportunity, Stage.TENDER)

    assert len(run(now=noon + HOUR)) == 1


def test_a_close_is_told_a_week_and_two_days_before(told: Match, noon: datetime) -> None:
    monday = noon + 3 * DAY
    told.opportunity.submission_deadline = monday + 4 * DAY
    told.opportunity.save(update_fields=["submission_deadline"])

    days = [run(now=monday + day * DAY) for day in range(4)]

    assert [len(subjects) for subjects in days] == [1, 0, 1, 0]
    assert days[2][0].startswith("1 closing within two days – ")


@pytest.mark.parametrize(("score", "follows", "sent"), [(69, False, 0), (70, False, 1), (45, True, 1)])
def test_only_what_fits_well_or_is_followed_is_worth_an_alert(
    subscription: Subscription,
    noon: datetime,
    *,
    score: int,
    follows: bool,
    sent: int,
) -> None:
    match = add_match(subscription.profile, now=noon, score=score)
    if follows:
        FollowFactory.create(company=subscription.reader, opportunity=match.opportunity)
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, noon + 30 * DAY)

    assert len(run(now=noon + HOUR)) == sent


def test_the_persons_own_threshold_counts(subscription: Subscription, noon: datetime) -> None:
    subscription.minimum_score = 50
    subscription.save(update_fields=["minimum_score"])
    match = add_match(subscription.profile, now=noon, score=55)
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, noon + 30 * DAY)

    assert len(run(now=noon + HOUR)) == 1


@pytest.mark.parametrize("name", ["value", "title", "bid_security"])
def test_small_changes_wait_for_the_digest(told: Match, noon: datetime, name: str) -> None:
    revise(told.opportunity, Change(name, None, None))

    assert run(now=noon + HOUR) == []


def test_a_new_match_is_no_alert(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon, score=99)

    assert run(now=noon) == []


@pytest.mark.parametrize("hours", [10, 12, 18, 19 + 24])
def test_nobody_is_woken_nor_written_to_at_weekends(told: Match, noon: datetime, hours: int) -> None:
    """Friday 23:00 and Saturday 01:00, 07:00 and Sunday 08:00 in Stockholm."""
    move_deadline(told.opportunity, noon + 30 * DAY)

    assert run(now=noon + hours * HOUR) == []


def test_who_wants_weekends_hears_on_sunday_by_their_own_clock(told: Match, noon: datetime) -> None:
    Recipient.objects.update(wants_weekends=True, time_zone="Asia/Kolkata")
    move_deadline(told.opportunity, noon + 30 * DAY)
    sunday = noon + 2 * DAY

    assert run(now=sunday + 6 * HOUR) == []  # 23:30 in India
    assert len(run(now=sunday)) == 1  # 17:30


def test_three_a_day_an_hour_apart_and_the_rest_with_the_digest(told: Match, noon: datetime) -> None:
    monday = noon + 3 * DAY - 5 * HOUR
    sent = []
    for hour in range(8):
        move_deadline(told.opportunity, monday + (30 + hour) * DAY)
        sent.append(len(run(now=monday + hour * HOUR) + run(now=monday + hour * HOUR + HOUR / 2)))
    owe_and_send(TODAY + 4 * DAY, now=monday + DAY)

    assert sum(sent) == MOST_A_DAY
    assert len(mail.outbox) == MOST_A_DAY + 1


def test_what_was_published_long_ago_is_found_late_and_no_alert(told: Match, noon: datetime) -> None:
    move_deadline(told.opportunity, noon + 30 * DAY)
    latest = told.opportunity.revisions.latest("number")
    latest.notice.published_at = latest.recorded_at - 20 * DAY
    latest.notice.save(update_fields=["published_at"])

    assert run(now=noon + HOUR) == []


def test_a_source_that_is_read_anew_wakes_nobody(told: Match, noon: datetime) -> None:
    move_deadline(told.opportunity, noon + 30 * DAY)
    publisher = told.opportunity.publisher
    for _ in range(BURST):
        match = add_match(told.profile, now=noon, publisher=publisher)
        move_deadline(match.opportunity, noon + 30 * DAY)
    Opportunity.objects.get(pk=told.opportunity_id).revisions.update(tells_a_change=True)
    told.opportunity.revisions.model.objects.update(tells_a_change=True, recorded_at=noon + HOUR / 2)

    assert run(now=noon + HOUR) == []
    assert len(run(now=noon + 4 * HOUR)) == 1


def test_an_alert_that_could_not_be_sent_for_hours_is_left_to_the_digest(told: Match, noon: datetime) -> None:
    move_deadline(told.opportunity, noon + 30 * DAY)
    owe_alerts(now=noon + HOUR)
    alert = Delivery.objects.get(run=None)

    assert send_delivery(alert.pk, now=noon + HOUR + STALE_AFTER) is False
    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)

    assert [str(message.subject) for message in mail.outbox] == ["1 deadline moved – Water-quality sensors"]
