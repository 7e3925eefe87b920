from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from ingest.models import Source
from matching.models import CapabilityProfile, Delivery, DigestRun, ScoredRevision
from opportunities.models import OpportunityRevision
from portal.accounts.models import Company, User
from portal.demo.first_digest import owe_first_digest
from tests.factories.ingest import RawDocumentFactory, SourceFactory
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, SubscriptionFactory
from tests.factories.opportunities import OpportunityRevisionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    """The real clock: the factories' tenders are open by it."""
    return timezone.now()


@pytest.fixture
def profile(vallar: Company, alice: User, now: datetime) -> CapabilityProfile:
    """Scored, subscribed to, and with a match to tell of."""
    profile = CapabilityProfileFactory.create(company=vallar, changed_at=now, scored_at=now)
    SourceFactory.create(poll_every_minutes=1, last_polled_at=now)
    revision = OpportunityRevisionFactory.create()
    MatchFactory.create(profile=profile, opportunity=revision.opportunity)
    SubscriptionFactory.create(profile=profile, user=alice)
    return profile


def mark_scored(now: datetime) -> None:
    for revision in OpportunityRevision.objects.filter(scored=None):
        ScoredRevision.objects.create(revision=revision, scored_at=now)


def test_it_waits_until_everything_is_matched(profile: CapabilityProfile, now: datetime) -> None:
    assert owe_first_digest(now=now) is False
    mark_scored(now)

    assert owe_first_digest(now=now) is True
    assert Delivery.objects.count() == 1


def test_it_waits_for_every_source_and_document(profile: CapabilityProfile, now: datetime) -> None:
    mark_scored(now)
    Source.objects.update(last_polled_at=None)
    assert owe_first_digest(now=now) is False

    Source.objects.update(last_polled_at=now)
    RawDocumentFactory.create(parsed_at=None)
    assert owe_first_digest(now=now) is False


def test_there_is_one_first_digest(profile: CapabilityProfile, now: datetime) -> None:
    mark_scored(now)

    assert [owe_first_digest(now=now) for _ in range(2)] == [True, False]
    assert DigestRun.objects.count() == 1
