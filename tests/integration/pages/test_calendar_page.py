from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.models import Opportunity
from opportunities.parsed_notice import RequirementKind, Stage
from portal.accounts.models import Company, FeedLink, User
from tests.factories.matching import CapabilityProfileFactory, FollowFactory, MatchFactory, VerdictFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, RequirementFactory
from tests.integration.signing_in import SignIn

DAY = timedelta(days=1)


@pytest.fixture
def followed(vallar: Company, alice: User) -> Opportunity:
    """Closes in three weeks; questions until next week, on a day without a time."""
    now = timezone.now()
    sensors = OpportunityFactory.create(
        title="Sensors", enquiry_deadline=now + 7 * DAY, without_time=["enquiry_deadline"]
    )
    FollowFactory.create(company=vallar, opportunity=sensors, by=alice)
    return sensors


def page_of(client_get: object) -> Tag:
    return BeautifulSoup(client_get.content, "lxml")  # type: ignore[attr-defined]


def lines(as_: SignIn, user: User, address: str = "") -> list[str]:
    """The agenda of this month and the two after it, as "kind: title"."""
    found = []
    for month in range(3):
        first = (timezone.localdate().replace(day=1) + 31 * month * DAY).replace(day=1)
        page = page_of(as_(user).get(f"/calendar/?month={first:%Y-%m}&view=agenda&{address}"))
        for line in page.select(".agenda-event"):
            kind = line.select_one(".badge").get_text(strip=True)  # type: ignore[union-attr]
            found.append(f"{kind}: {line.select_one('a').get_text(strip=True)}")  # type: ignore[union-attr]
    return found


def test_what_is_followed_stands_with_each_of_its_dates(
    followed: Opportunity, alice: User, bob: User, as_: SignIn
) -> None:
    del followed
    assert lines(as_, alice) == ["Last day for questions: Sensors", "Bids close: Sensors"]
    assert len(lines(as_, bob, "score=followed")) == 2


def test_a_competitor_sees_nothing_of_it(followed: Opportunity, charlie: User, as_: SignIn) -> None:
    del followed
    assert lines(as_, charlie, "score=0") == []


def test_both_clocks_are_told_and_a_day_without_a_time_says_so(
    followed: Opportunity, alice: User, as_: SignIn
) -> None:
    month = f"{followed.submission_deadline:%Y-%m}"
    text = page_of(as_(alice).get(f"/calendar/?month={month}")).get_text(" ", strip=True)
    questions = f"{followed.enquiry_deadline:%Y-%m}"
    others = page_of(as_(alice).get(f"/calendar/?month={questions}")).get_text(" ", strip=True)

    assert "IST" in text
    assert "Stockholm" in text
    assert "time not stated" in others


@pytest.mark.parametrize(
    ("score", "shown"), [("followed", []), ("80", []), ("70", ["Meters"]), ("0", ["Meters", "Pipes"])]
)
def test_matches_come_in_from_the_chosen_score(
    score: str, shown: list[str], vallar: Company, alice: User, as_: SignIn
) -> None:
    profile = CapabilityProfileFactory.create(company=vallar, minimum_score=40)
    for title, points in (("Meters", 70), ("Pipes", 40), ("Roads", 39)):
        opportunity = OpportunityFactory.create(title=title, process_id=title)
        MatchFactory.create(profile=profile, opportunity=opportunity, score=points)

    found = {line.partition(": ")[2] for line in lines(as_, alice, f"score={score}")}

    assert sorted(found) == shown


def test_what_was_dismissed_stays_out_unless_it_is_followed(
    vallar: Company, alice: User, as_: SignIn
) -> None:
    profile = CapabilityProfileFactory.create(company=vallar)
    match = MatchFactory.create(profile=profile, score=90)
    VerdictFactory.create(profile=profile, opportunity=match.opportunity, person=alice)
    assert lines(as_, alice, "score=0") == []

    FollowFactory.create(company=vallar, opportunity=match.opportunity, by=alice)

    assert len(lines(as_, alice, "score=0")) == 1


def test_paper_copies_are_told_of_without_an_hour(followed: Opportunity, alice: User, as_: SignIn) -> None:
    notice = NoticeFactory.create(opportunity=followed)
    RequirementFactory.create(
        notice=notice, kind=RequirementKind.HARD_COPY, amount=None, currency="", years=None
    )

    assert "Paper copies due: Sensors" in lines(as_, alice)


def test_what_is_called_off_says_so(followed: Opportunity, alice: User, as_: SignIn) -> None:
    followed.stage = Stage.CANCELLED
    followed.save(update_fields=["stage"])

    month = f"{followed.submission_deadline:%Y-%m}"
    page = page_of(as_(alice).get(f"/calendar/?month={month}&view=agenda"))

    assert "Called off" in page.select_one(".agenda-event").get_text()  # type: ignore[union-attr]


def test_an_empty_month_leads_to_the_next_date(followed: Opportunity, alice: User, as_: SignIn) -> None:
    del followed
    page = page_of(as_(alice).get("/calendar/?month=2020-02"))
    link = page.select_one(".empty a")

    assert "Nothing in February 2020" in page.get_text()
    assert link is not None
    landing = page_of(as_(alice).get(f"/calendar/{link['href']}"))
    assert landing.select(".agenda-event")


def test_a_month_without_anything_after_it_says_what_to_do(alice: User, as_: SignIn) -> None:
    assert "Follow an opportunity" in page_of(as_(alice).get("/calendar/")).get_text()


def test_the_month_before_and_after_keep_the_choice(alice: User, as_: SignIn) -> None:
    page = page_of(as_(alice).get("/calendar/?month=2026-12&score=80&view=agenda"))

    ways = [link["href"] for link in page.select(".calendar__ways a")]
    assert ways == [
        "?month=2026-11&score=80&view=agenda",
        "?score=80&view=agenda",
        "?month=2027-01&score=80&view=agenda",
    ]


def test_an_address_is_shown_once_and_can_be_closed(
    alice: User, bob: User, charlie: User, as_: SignIn
) -> None:
    made = page_of(as_(alice).post("/calendar/address/", {"score": "80"}))
    address = made.select_one("#address")["value"]  # type: ignore[index]
    link = FeedLink.objects.get()
    assert isinstance(address, str)
    token = address.rpartition("/")[2].removesuffix(".ics")

    page = as_(alice).get("/calendar/").content.decode()
    assert token not in page
    assert f"/calendar/address/{link.pk}/revoke/" in page
    assert "/revoke/" not in as_(bob).get("/calendar/").content.decode()
    for other in (bob, charlie):
        assert as_(other).post(f"/calendar/address/{link.pk}/revoke/").status_code == 404

    assert as_(alice).post(f"/calendar/address/{link.pk}/revoke/").status_code == 302
    assert as_(alice).get(f"/calendar/feed/{token}.ics").status_code == 404


def test_the_page_that_shows_it_is_kept_by_nobody(alice: User, as_: SignIn) -> None:
    answer = as_(alice).post("/calendar/address/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert as_(alice).get("/calendar/address/").status_code == 405


@pytest.mark.parametrize("address", ["", "?month=2020-02", "?view=agenda&score=0"])
def test_the_number_of_questions_does_not_grow(
    address: str, followed: Opportunity, alice: User, vallar: Company, as_: SignIn
) -> None:
    del followed
    client = as_(alice)
    with CaptureQueriesContext(connection) as few:
        client.get(f"/calendar/{address}")
    profile = CapabilityProfileFactory.create(company=vallar)
    for _ in range(8):
        MatchFactory.create(profile=profile)
        FollowFactory.create(company=vallar, opportunity=OpportunityFactory.create(), by=alice)
        as_(alice).post("/calendar/address/", {"score": "80"})

    with CaptureQueriesContext(connection) as many:
        client.get(f"/calendar/{address}")

    assert len(many) == len(few)
    assert len(many) <= 12
