"""A made-up notice every hour, the whole way: watched, shown to nobody, counted nowhere, cleared away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ingest.models import Extraction, Poll, RawDocument, Source
from ingest.selectors import canary_health, source_health
from ingest.services import (
    check_sources,
    parse_document,
    poll_source,
    watch_canary,
)
from ingest.services.canary import KEPT, tidy_canaries
from ingest.services.replay import replay_archive
from ingest.watching.canary import PATIENCE
from matching.models import CapabilityProfile, Match, ScoredRevision, TermStatistics
from matching.services import refresh_term_statistics, score_opportunity, score_profile
from opportunities.models import Notice, Opportunity, OpportunityRevision
from opportunities.selectors import awaiting_disclosure, opportunities_for_office, visible_opportunities
from portal.accounts.models import User
from tests.factories.ingest import ExtractionFactory
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.integration.delivery.world import owe_and_send
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db
WORD = "Canary of"


def let_fly(now: datetime) -> Opportunity:
    """One canary, the whole way."""
    watch_canary(now=now)
    poll_source(Source.objects.get(kind="canary").pk, now=now)
    for pk in RawDocument.objects.unparsed_at(now).values_list("pk", flat=True):
        parse_document(pk, now=now + timedelta(seconds=1))
    canary = Opportunity.objects.filter(publisher="canary.invalid").latest("pk")
    score_opportunity(canary.pk, now=now + timedelta(seconds=3))
    check_sources(now=now)
    watch_canary(now=now)
    return canary


@pytest.fixture
def profile(alice: User) -> CapabilityProfile:
    """Of somebody who would hear of canaries if anybody did."""
    profile = CapabilityProfileFactory.create(
        company=alice.companies.get(), summary="Canary", capabilities=["Canary"], minimum_score=0
    )
    SubscriptionFactory.create(user=alice, profile=profile)
    return profile


def test_it_comes_out_at_the_other_end_and_says_how_long_it_took(noon: datetime) -> None:
    let_fly(noon)

    health = canary_health(at=noon + timedelta(minutes=12))
    assert health is not None
    assert (health.alarm, health.last_through_at) == (None, noon + timedelta(seconds=3))
    assert health.took == timedelta(seconds=3)
    assert ScoredRevision.objects.count() == 1


def test_twice_within_the_hour_is_once(noon: datetime) -> None:
    let_fly(noon)
    let_fly(noon + timedelta(minutes=30))

    counts = [model._default_manager.count() for model in (RawDocument, Notice, Opportunity)]
    assert counts == [1, 1, 1]


def test_one_that_stays_away_alarms_and_is_over_when_the_next_comes_through(noon: datetime) -> None:
    let_fly(noon)
    late = noon + timedelta(hours=1) + PATIENCE + timedelta(seconds=1)

    watch_canary(now=late)
    watch_canary(now=late + timedelta(minutes=1))
    source = Source.objects.get(kind="canary")
    assert (source.alarm, source.alarmed_at) == ("canary_not_fetched", late)

    let_fly(late + timedelta(minutes=2))
    assert Source.objects.get(kind="canary").alarm == ""


def test_one_that_gets_stuck_is_told_with_how_far_it_came(noon: datetime) -> None:
    let_fly(noon)
    later = noon + timedelta(hours=1)
    poll_source(Source.objects.get(kind="canary").pk, now=later)
    watch_canary(now=later + PATIENCE + timedelta(seconds=1))
    assert Source.objects.get(kind="canary").alarm == "canary_not_read"

    parse_document(RawDocument.objects.latest("pk").pk, now=later)
    watch_canary(now=later + PATIENCE + timedelta(seconds=2))
    assert Source.objects.get(kind="canary").alarm == "canary_not_matched"


def test_the_office_reads_of_it_in_words(olga: User, as_: SignIn) -> None:
    now = timezone.now()
    let_fly(now - timedelta(minutes=12, seconds=10))
    page = as_(olga).get("/office/sources/").content.decode()
    assert "The last one came through 12 min ago and took 3 seconds." in page

    Source.objects.update(next_poll_at=now - timedelta(hours=1))
    watch_canary(now=now)
    source = Source.objects.get(kind="canary")
    for path in ("/office/sources/", "/office/inbox/", f"/office/inbox/?item=alarm-{source.pk}"):
        assert "even fetched: no worker reads the sources" in as_(olga).get(path).content.decode()


def through_the_list(client: Client, canary: Opportunity) -> str:
    del canary
    return client.get("/matches/").content.decode()


def through_the_search(client: Client, canary: Opportunity) -> str:
    del canary
    return client.get("/matches/?q=invalid").content.decode()


def through_its_page(client: Client, canary: Opportunity) -> str:
    return client.get(f"/opportunities/{canary.pk}/").content.decode()


def through_its_original(client: Client, canary: Opportunity) -> str:
    document = canary.notices.get().extractions.get().document_id
    return client.get(f"/originals/{document}/").content.decode()


def through_the_digest(client: Client, canary: Opportunity) -> str:
    del client, canary
    now = timezone.now()
    owe_and_send(now.date(), now=now)
    return "".join(str(message.body) for message in mail.outbox)


@pytest.mark.parametrize(
    "door",
    [through_the_list, through_the_search, through_its_page, through_its_original, through_the_digest],
)
@pytest.mark.parametrize("is_disclosed", [False, True], ids=["as it is", "even if it were disclosed"])
def test_no_member_sees_it_through_any_door(
    door: Callable[[Client, Opportunity], str],
    *,
    is_disclosed: bool,
    profile: CapabilityProfile,
    alice: User,
    as_: SignIn,
) -> None:
    now = timezone.now()
    canary = let_fly(now)
    if is_disclosed:
        Opportunity.objects.update(disclosed_from=now)
    Match.objects.create(profile=profile, opportunity=canary, score=90, first_matched_at=now, matched_at=now)

    said = door(as_(alice), canary)

    assert WORD not in said
    assert canary.process_id not in said


def test_it_takes_no_part_in_what_is_counted(profile: CapabilityProfile, noon: datetime) -> None:
    canary = let_fly(noon)
    score_profile(profile.pk, now=noon)
    refresh_term_statistics(now=noon)

    company = profile.company
    assert not visible_opportunities(to=company, at=noon + timedelta(days=1)).exists()
    assert not awaiting_disclosure().exists()
    assert not opportunities_for_office().exists()
    assert not Match.objects.filter(opportunity=canary).exists()
    statistics = TermStatistics.objects.get()
    assert (statistics.documents, statistics.frequencies) == (0, {})
    assert source_health(at=noon) == []
    assert Source.objects.get(kind="canary").usual_rows is None
    assert replay_archive(now=noon).documents == 0


def test_the_office_isn_t_asked_to_disclose_it(olga: User, as_: SignIn) -> None:
    canary = let_fly(timezone.now())

    assert WORD not in as_(olga).get("/office/inbox/").content.decode()
    assert as_(olga).get(f"/opportunities/{canary.pk}/").status_code == 404


def test_old_ones_are_cleared_away_and_nothing_else(noon: datetime) -> None:
    real = ExtractionFactory.create()
    RawDocument.objects.update(fetched_at=noon - timedelta(days=400))
    for hours in range(4):
        let_fly(noon + timedelta(hours=hours))

    removed = [tidy_canaries(now=noon + KEPT + timedelta(hours=2, minutes=1)) for _ in range(2)]

    assert removed == [3, 0]
    assert RawDocument.objects.filter(source__kind="canary").count() == 1
    assert Opportunity.objects.filter(publisher="canary.invalid").count() == 1
    assert OpportunityRevision.objects.filter(opportunity__publisher="canary.invalid").count() == 1
    assert Poll.objects.filter(source__kind="canary").count() == 1
    assert Extraction.objects.filter(pk=real.pk, document=real.document, notice=real.notice).exists()


def test_the_last_one_that_came_through_is_kept_however_old(noon: datetime) -> None:
    let_fly(noon)

    assert tidy_canaries(now=noon + timedelta(days=30)) == 0
    health = canary_health(at=noon + timedelta(days=30))
    assert health is not None
    assert health.last_through_at == noon + timedelta(seconds=3)
