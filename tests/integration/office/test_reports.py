"""What the office and Team Sweden read: numbers of five companies or more, and no member's name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from matching.models import Follow, LossCount
from matching.services import count_losses
from opportunities.models import Opportunity
from portal.accounts.models import User
from portal.dashboards.reports.figures import figures_of
from portal.dashboards.reports.last_told import last_told
from portal.dashboards.reports.period import quarter_of
from portal.dashboards.reports.sections import Section, sections
from portal.dashboards.reports.steps import as_told
from portal.lib.small_cells import LEAST
from portal.ui.charts.weeks import WEEK
from tests.at_once import at_once
from tests.factories.ingest import SourceFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    MatchFactory,
)
from tests.factories.opportunities import OpportunityFactory
from tests.integration.office.members_at_work import disclosed, do_everything, some_members

SECRETS = ("Hemligt", "Person", "@example.org")


def _part(key: str, *, after: timedelta = timedelta(0)) -> Section:
    now = timezone.now()
    with translation.override("en"):
        parts = sections(as_told(figures_of(quarter_of(now), now=now + after)), is_office=True)
    return next(part for part in parts if part.key == key)


def _numbers(key: str, *, after: timedelta = timedelta(0)) -> dict[object, object]:
    return {row[0]: row[-1] for row in _part(key, after=after).rows}


def test_what_five_members_did_is_told(olga: User) -> None:
    opportunity = disclosed(olga)
    do_everything(some_members(LEAST), opportunity, stage="lost")

    assert _part("reach").rows[0][2:] == (5, 5, 5, 5)
    assert _numbers("funnel") == {"Followed": 5, "Bid": 5, "Shortlisted": None, "Won": None}
    reasons = _numbers("reasons")
    assert (reasons["dismissed: not enough time"], reasons["lost or not bid: price"]) == (5, 5)
    for key in ("matches", "follows"):
        assert not any(row[1] for row in _part(key).rows)  # the week still runs
        assert [row[1] for row in _part(key, after=WEEK).rows if row[1]] == [5]


def test_what_four_members_did_is_told_nowhere(olga: User) -> None:
    opportunity = disclosed(olga)
    members = some_members(LEAST + LEAST)
    do_everything(members[: LEAST - 1], opportunity, stage="lost")

    assert _part("reach").rows[0][2:] == (10, None, None, None)
    for key in ("funnel", "reasons", "matches", "follows"):
        assert {row[-1] for row in _part(key, after=WEEK).rows} == {None}


def test_what_one_company_did_between_two_days_is_told_on_neither(olga: User) -> None:
    opportunity = disclosed(olga)
    members = some_members(3 * LEAST)
    do_everything(members[:LEAST], opportunity, stage="lost")
    keys = ("reach", "reasons", "funnel")
    before = {key: _part(key).rows for key in keys}

    do_everything(members[LEAST : 2 * LEAST - 1], opportunity, stage="lost")
    between = {key: _part(key).rows for key in keys}
    do_everything(members[2 * LEAST - 1 : 2 * LEAST], opportunity, stage="lost")

    assert before["reach"][0][2:] == (15, 5, 5, 5)
    assert between == before
    assert _part("reach").rows[0][2:] == (15, 10, 10, 10)
    assert (_numbers("funnel")["Bid"], _numbers("reasons")["lost or not bid: price"]) == (10, 10)


def test_a_company_that_leaves_takes_nothing_out_of_what_was_told(olga: User) -> None:
    opportunity = disclosed(olga)
    do_everything(some_members(2 * LEAST), opportunity)
    before = _part("funnel").rows

    Follow.objects.filter(company=Follow.objects.earliest("pk").company).delete()

    assert _part("funnel").rows == before


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_with_one_company_more_each_are_told_the_same() -> None:
    def ask(number: int) -> list[int]:
        acts = {"bid": list(range(LEAST + number))}
        return list(last_told({"race": acts}, now=timezone.now())["race"]["bid"])

    told = at_once(ask, range(LEAST - 1))

    assert len({len(by) for by in told}) == 1


def test_what_a_few_did_not_do_can_not_be_worked_out(olga: User) -> None:
    """Eight could see it and seven follow it: the eighth would be told by subtraction."""
    opportunity = disclosed(olga)
    members = some_members(8)
    do_everything(members[:7], opportunity)

    assert _part("reach").rows[0][2:] == (8, None, None, None)


def test_a_stage_that_all_but_a_few_reached_is_not_told(olga: User) -> None:
    opportunity = disclosed(olga)
    members = some_members(7)
    do_everything(members[:6], opportunity, stage="won")
    FollowFactory.create(company=members[6][0], opportunity=opportunity, by=members[6][1])

    assert _numbers("funnel") == {"Followed": 7, "Bid": None, "Shortlisted": None, "Won": None}


def test_demand_is_counted_from_what_every_member_may_see(olga: User) -> None:
    disclosed(olga)
    some = disclosed(olga)
    Opportunity.objects.filter(pk=some.pk).update(audience_domains=["lighting"])
    secret = disclosed(olga)
    Opportunity.objects.filter(pk=secret.pk).update(disclosed_from=None)

    assert _numbers("domains") == {"Lighting": 1}
    assert _numbers("states") == {"Maharashtra": 1}


def test_gates_are_counted_once_a_day_and_told_of_five_companies(olga: User) -> None:
    now = timezone.now()
    closing = OpportunityFactory.create(submission_deadline=now + timedelta(days=1))
    for company, _ in some_members(LEAST):
        MatchFactory.create(profile=CapabilityProfileFactory.create(company=company), opportunity=closing)

    assert [count_losses(now=now), count_losses(now=now)] == [True, True]

    assert LossCount.objects.count() == len(LossCount.Gate)
    assert _numbers("gates")["not enough time"] is None  # the month runs
    next_month = timedelta(days=32)
    assert _numbers("gates", after=next_month)["not enough time"] == LEAST
    LossCount.objects.filter(gate="time").update(companies=LEAST - 1)
    assert _numbers("gates", after=next_month)["not enough time"] is None


@pytest.mark.django_db
def test_each_profile_more_costs_one_query_to_count_its_losses() -> None:
    now = timezone.now()

    def asked(profiles: int) -> int:
        for company, _ in some_members(profiles):
            profile = CapabilityProfileFactory.create(company=company)
            for opportunity in OpportunityFactory.create_batch(
                2, submission_deadline=now + timedelta(days=1)
            ):
                MatchFactory.create(profile=profile, opportunity=opportunity)
        with CaptureQueriesContext(connection) as queries:
            count_losses(now=now)
        return len(queries)

    assert asked(3) + 4 == asked(4)


def test_observers_read_the_report_and_no_members_name(client: Client, olga: User, oskar: User) -> None:
    do_everything(some_members(LEAST), disclosed(olga))
    hidden = disclosed(olga, title="Only for a few")
    Opportunity.objects.filter(pk=hidden.pk).update(audience_domains=["lighting"])
    client.force_login(oskar)

    answers = [client.get("/", follow=True), client.get("/office/reports/?period=nonsense")]

    for page in (answer.content.decode() for answer in answers):
        assert "Reports" in page or "Rapporter" in page
        assert "Smart poles" in page
        assert "Only for a few" not in page
        assert not [word for word in SECRETS if word in page.replace("oskar@example.org", "")]


def test_observers_open_nothing_else(client: Client, oskar: User) -> None:
    client.force_login(oskar)
    others = ("/office/members/", "/matches/", "/office/inbox/", "/office/mail/", "/overview/")

    assert {client.get(page).status_code for page in others} == {403}


def test_the_page_asks_the_database_little(
    client: Client, olga: User, oskar: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        do_everything(some_members(2), disclosed(olga))
    SourceFactory.create(poll_every_minutes=10)
    client.force_login(oskar)

    assert client.get("/office/reports/").status_code == 200

    with django_assert_max_num_queries(12):
        assert client.get("/office/reports/").status_code == 200
