"""No company learns of an opportunity before the moment it is disclosed, by whichever way it asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from matching.delivery.forecast import expected_mail
from matching.models import Match
from portal.accounts.models import User
from tests.factories.matching import (
    CapabilityProfileFactory,
    SubscriptionFactory,
)
from tests.integration.delivery.world import add_match, owe_and_send
from tests.integration.ways_to_be_told import (
    through_a_colleague_s_mail,
    through_a_webhook,
    through_mail_about_a_saved_search,
    through_mail_without_an_account,
    through_the_digest,
)
from tests.integration.ways_to_know import (
    TITLE,
    Door,
    through_a_buyer_that_nobody_knew,
    through_a_draft,
    through_a_file,
    through_a_project_that_came_to_it,
    through_a_workbook,
    through_explore,
    through_its_buyer,
    through_its_calendar,
    through_its_page,
    through_its_partners,
    through_its_project,
    through_matches,
    through_open_data,
    through_open_projects,
    through_search,
    through_suggestions,
    through_the_calendar,
    through_the_calendar_feed,
    through_the_counts_of_explore,
    through_the_early_stage,
    through_the_expected_volume,
    through_the_feed_of_a_search,
    through_the_json_feed_of_a_search,
    through_the_tables_of_pages,
    through_what_is_known_of_a_word,
    through_what_we_follow,
    through_why_not,
)


@pytest.fixture
def match(alice: User) -> Match:
    """Alice's, whose digest is wanted."""
    profile = CapabilityProfileFactory.create(company=alice.companies.get())
    SubscriptionFactory.create(user=alice, profile=profile)
    return add_match(profile, now=timezone.now(), title=TITLE)


@pytest.mark.parametrize(
    "door",
    [
        through_matches,
        through_search,
        through_explore,
        through_the_counts_of_explore,
        through_its_buyer,
        through_a_buyer_that_nobody_knew,
        through_a_file,
        through_a_workbook,
        through_the_tables_of_pages,
        through_the_feed_of_a_search,
        through_the_json_feed_of_a_search,
        through_the_expected_volume,
        through_suggestions,
        through_what_is_known_of_a_word,
        through_its_page,
        through_what_we_follow,
        through_a_colleague_s_mail,
        through_the_calendar,
        through_the_calendar_feed,
        through_its_calendar,
        through_a_draft,
        through_why_not,
        through_its_partners,
        through_the_early_stage,
        through_its_project,
        through_a_project_that_came_to_it,
        through_the_digest,
        through_mail_about_a_saved_search,
        through_mail_without_an_account,
        through_a_webhook,
        through_open_data,
        through_open_projects,
    ],
)
@pytest.mark.parametrize(
    ("wait", "seen"),
    [(timedelta(0), True), (timedelta(hours=1), False), (None, False)],
    ids=["disclosed now", "in an hour", "not decided"],
)
def test_no_door_opens_early(
    door: Door, wait: timedelta | None, *, seen: bool, match: Match, alice: User
) -> None:
    opportunity = match.opportunity
    opportunity.disclosed_from = None if wait is None else timezone.now() + wait
    opportunity.save(update_fields=["disclosed_from"])

    assert (TITLE in door(alice, opportunity)) is seen


@pytest.mark.usefixtures("match")
def test_a_competitors_digest_holds_nothing_of_ours(charlie: User) -> None:
    theirs = CapabilityProfileFactory.create(company=charlie.companies.get())
    SubscriptionFactory.create(user=charlie, profile=theirs)

    owe_and_send(timezone.now().date(), now=timezone.now())

    assert [message.to for message in mail.outbox] == [["alice@example.org"]]


@pytest.mark.parametrize(
    "door", [through_matches, through_search, through_the_calendar, through_the_calendar_feed]
)
def test_a_competitors_pages_hold_nothing_of_ours(door: Door, match: Match, charlie: User) -> None:
    CapabilityProfileFactory.create(company=charlie.companies.get())

    assert TITLE not in door(charlie, match.opportunity)


@pytest.mark.parametrize(("wait", "counted"), [(timedelta(hours=-1), 1), (timedelta(hours=1), 0), (None, 0)])
def test_no_forecast_counts_what_may_not_be_known(wait: timedelta | None, counted: int, match: Match) -> None:
    now = timezone.now()
    match.opportunity.disclosed_from = None if wait is None else now + wait
    match.opportunity.save(update_fields=["disclosed_from"])

    expected = expected_mail(match.profile, least=0, weekday=None, now=now)

    assert expected.opportunities == counted
