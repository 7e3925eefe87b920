"""Calendars that programs read, through their addresses."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar, Component

from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from opportunities.serialization import changes_to_json
from portal.accounts.feed_links import make_feed_link
from portal.accounts.models import Company, FeedLink, User
from tests.factories.matching import CapabilityProfileFactory, FollowFactory, MatchFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory
from tests.integration.delivery.world import move_deadline, revise
from tests.integration.signing_in import SignIn

DAY = timedelta(days=1)
CLOSING = "submission_deadline"


@pytest.fixture
def sensors(vallar: Company, alice: User) -> Opportunity:
    """What Vallar follows."""
    sensors = OpportunityFactory.create(title="Sensors")
    told = Change(CLOSING, None, sensors.moment(CLOSING))
    OpportunityRevisionFactory.create(
        notice=NoticeFactory.create(opportunity=sensors), number=1, changes=changes_to_json((told,))
    )
    FollowFactory.create(company=vallar, opportunity=sensors, by=alice)
    return sensors


@pytest.fixture
def token(alice: User, vallar: Company) -> str:
    kind = FeedLink.Kind.CALENDAR
    return make_feed_link(user=alice, company=vallar, kind=kind, about="80", now=timezone.now()).token


def fetch(token: str, **headers: str) -> HttpResponse:
    """As a program does: without a log-in."""
    return Client().get(f"/calendar/feed/{token}.ics", headers=headers)  # type: ignore[return-value]


def events(answer: HttpResponse) -> list[Component]:
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def one(answer: HttpResponse) -> Component:
    (event,) = events(answer)
    return event


def test_a_feed_holds_what_is_followed(token: str, sensors: Opportunity) -> None:
    answer = fetch(token)

    event = one(answer)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["SUMMARY"] == "Bids close: Sensors"
    assert event.decoded("dtstart") == sensors.submission_deadline.replace(microsecond=0)  # type: ignore[union-attr]
    assert f"/opportunities/{sensors.pk}/" in str(event["DESCRIPTION"])


def test_it_speaks_its_persons_language(bob: User, vallar: Company, sensors: Opportunity) -> None:
    del sensors
    made = make_feed_link(user=bob, company=vallar, kind=FeedLink.Kind.CALENDAR, now=timezone.now())

    assert one(fetch(made.token))["SUMMARY"] == "Sista anbudsdag: Sensors"


def test_matches_come_in_from_the_score_it_was_made_for(token: str, vallar: Company) -> None:
    profile = CapabilityProfileFactory.create(company=vallar)
    for title, score in (("Meters", 80), ("Pipes", 79)):
        MatchFactory.create(profile=profile, opportunity=OpportunityFactory.create(title=title), score=score)

    assert one(fetch(token))["SUMMARY"] == "Bids close: Meters"


def test_nothing_new_is_the_same_bytes_and_is_not_sent_again(token: str, sensors: Opportunity) -> None:
    del sensors
    first = fetch(token)
    again = fetch(token)

    unchanged = fetch(token, **{"If-None-Match": first.headers["ETag"]})

    assert again.content == first.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_a_corrigendum_moves_the_event_and_raises_its_sequence(token: str, sensors: Opportunity) -> None:
    before = fetch(token)
    later: datetime = sensors.submission_deadline + 7 * DAY  # type: ignore[assignment, operator]

    move_deadline(sensors, later)

    after = fetch(token, **{"If-None-Match": before.headers["ETag"]})
    assert one(after)["UID"] == one(before)["UID"]
    assert (one(before)["SEQUENCE"], one(after)["SEQUENCE"]) == (1, 2)
    assert one(after).decoded("dtstart") == later.replace(microsecond=0)


def test_what_an_event_does_not_tell_changes_no_byte(token: str, sensors: Opportunity) -> None:
    before = fetch(token)
    sensors.description = "More pipes."
    sensors.save(update_fields=["description"])

    revise(sensors, Change("description", "Pipes.", "More pipes."))

    assert fetch(token).content == before.content


def test_a_tender_that_is_called_off_stays_as_cancelled(token: str, sensors: Opportunity) -> None:
    sensors.stage = Stage.CANCELLED
    sensors.save(update_fields=["stage"])
    revise(sensors, Change("stage", Stage.TENDER, Stage.CANCELLED))

    event = one(fetch(token))

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)
    assert event["SUMMARY"] == "Called off – Bids close: Sensors"


def test_a_date_that_was_taken_back_stays_as_cancelled(token: str, sensors: Opportunity) -> None:
    before = sensors.moment(CLOSING)
    sensors.submission_deadline = None
    sensors.save(update_fields=[CLOSING])
    revise(sensors, Change(CLOSING, before, None))

    event = one(fetch(token))

    assert event["STATUS"] == "CANCELLED"
    assert event.decoded("dtstart") == before.at.replace(microsecond=0)  # type: ignore[union-attr]


@pytest.mark.parametrize(("days", "kept"), [(-58, 1), (-63, 0)])
def test_the_past_is_kept_for_two_months(days: int, kept: int, token: str, sensors: Opportunity) -> None:
    sensors.submission_deadline = timezone.now() + days * DAY
    sensors.save(update_fields=[CLOSING])

    assert len(events(fetch(token))) == kept


@pytest.mark.usefixtures("token", "sensors")
def test_an_unknown_address_is_nowhere() -> None:
    assert fetch("x" * 43).status_code == 404


def test_whoever_leaves_loses_the_feed_at_once(token: str, alice: User) -> None:
    alice.memberships.all().delete()

    assert fetch(token).status_code == 404


def test_an_atom_address_opens_no_calendar(alice: User, vallar: Company) -> None:
    made = make_feed_link(user=alice, company=vallar, kind=FeedLink.Kind.ATOM, now=timezone.now())

    assert fetch(made.token).status_code == 404


def test_reading_it_is_noted(token: str) -> None:
    fetch(token)

    assert FeedLink.objects.get().last_used_at is not None


def test_a_feed_asks_no_more_for_many(token: str, sensors: Opportunity, vallar: Company, alice: User) -> None:
    del sensors
    fetch(token)  # the first use is noted
    with CaptureQueriesContext(connection) as few:
        fetch(token)
    for _ in range(8):
        opportunity = OpportunityFactory.create()
        OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=opportunity), number=1)
        FollowFactory.create(company=vallar, opportunity=opportunity, by=alice)

    with CaptureQueriesContext(connection) as many:
        assert len(events(fetch(token))) == 9

    assert len(many) == len(few) <= 6


def test_one_opportunity_can_be_taken_along(
    sensors: Opportunity, alice: User, olga: User, as_: SignIn
) -> None:
    answer = as_(alice).get(f"/opportunities/{sensors.pk}/calendar.ics")

    assert one(answer)["SUMMARY"] == "Bids close: Sensors"  # type: ignore[arg-type]
    assert f"setu-{sensors.pk}.ics" in answer.headers["Content-Disposition"]
    assert as_(olga).get(f"/opportunities/{sensors.pk}/calendar.ics").status_code == 200


def test_what_is_merged_leads_to_the_whole(sensors: Opportunity, alice: User, as_: SignIn) -> None:
    part = OpportunityFactory.create(merged_into=sensors)

    answer = as_(alice).get(f"/opportunities/{part.pk}/calendar.ics")

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/opportunities/{sensors.pk}/calendar.ics",
    )


def test_a_time_that_isnt_stated_makes_a_whole_day(sensors: Opportunity, alice: User, as_: SignIn) -> None:
    sensors.without_time = [CLOSING]
    sensors.save(update_fields=["without_time"])

    event = one(as_(alice).get(f"/opportunities/{sensors.pk}/calendar.ics"))  # type: ignore[arg-type]

    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert "states no time" in str(event["DESCRIPTION"])


def test_members_of_nothing_get_no_file(sensors: Opportunity, oskar: User, as_: SignIn) -> None:
    assert as_(oskar).get(f"/opportunities/{sensors.pk}/calendar.ics").status_code == 403
