"""A merge is no news: nobody is mailed a second time what they know under another number."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail

from matching.models import CapabilityProfile, Delivery, Match
from opportunities.models import Merge
from opportunities.parsed_notice import Moment, NoticeKind
from opportunities.services import merge_opportunities, split_opportunity
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, SubscriptionFactory
from tests.integration.delivery.world import owe_and_send, told
from tests.integration.sameness.world import (
    CHANNEL,
    DEADLINE,
    PORTAL,
    TENDER_ID,
    in_a_bulletin,
    notice,
    on_the_portal,
    record,
    the,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def profile(alice: User) -> CapabilityProfile:
    profile = CapabilityProfileFactory.create(company=alice.companies.get())
    SubscriptionFactory.create(user=alice, profile=profile)
    return profile


@pytest.fixture
def told_by_the_bulletin(profile: CapabilityProfile, noon: datetime) -> Match:
    record(in_a_bulletin(18), at=noon)
    match = MatchFactory.create(profile=profile, opportunity=the(CHANNEL), score=70)
    owe_and_send(noon.date(), now=noon)
    assert len(mail.outbox) == 1
    return match


def merged_after(profile: CapabilityProfile, at: datetime, **facts: object) -> Match:
    record(on_the_portal(19, **facts), at=at)
    match = MatchFactory.create(profile=profile, opportunity=the(PORTAL), score=70)
    merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, now=at)
    return match


def test_what_was_mailed_under_another_number_is_not_new(
    told_by_the_bulletin: Match, profile: CapabilityProfile, noon: datetime
) -> None:
    merged_after(profile, noon)

    owe_and_send((noon + DAY).date(), now=noon + DAY)

    assert len(mail.outbox) == 1


def test_what_a_merge_makes_different_is_told_as_a_change(
    told_by_the_bulletin: Match, profile: CapabilityProfile, noon: datetime
) -> None:
    survivor = merged_after(profile, noon, submission_deadline=Moment(DEADLINE + DAY))

    owe_and_send((noon + DAY).date(), now=noon + DAY)
    owe_and_send((noon + 2 * DAY).date(), now=noon + 2 * DAY)

    assert told(Delivery.objects.latest("pk")) == {"changed": survivor.opportunity_id}
    assert len(mail.outbox) == 2


def test_a_cancellation_reaches_those_who_knew_the_other(
    told_by_the_bulletin: Match, profile: CapabilityProfile, noon: datetime
) -> None:
    survivor = merged_after(profile, noon)
    record(notice(PORTAL, TENDER_ID, 20, NoticeKind.CANCELLATION), at=noon)

    owe_and_send((noon + DAY).date(), now=noon + DAY)

    assert told(Delivery.objects.latest("pk")) == {"changed": survivor.opportunity_id}


def test_closing_is_told_once_whatever_it_is_called(
    told_by_the_bulletin: Match, profile: CapabilityProfile, noon: datetime
) -> None:
    soon = DEADLINE - 5 * DAY
    owe_and_send(soon.date(), now=soon)
    assert told(Delivery.objects.latest("pk")) == {"closing": told_by_the_bulletin.opportunity_id}
    merged_after(profile, soon)

    owe_and_send((soon + DAY).date(), now=soon + DAY)

    assert len(mail.outbox) == 2


def test_split_again_the_portals_own_is_new(
    told_by_the_bulletin: Match, profile: CapabilityProfile, noon: datetime
) -> None:
    survivor = merged_after(profile, noon)

    split_opportunity(Merge.objects.get().pk, now=noon)
    owe_and_send((noon + DAY).date(), now=noon + DAY)

    assert told(Delivery.objects.latest("pk")) == {"new": survivor.opportunity_id}
