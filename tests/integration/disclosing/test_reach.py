"""Before it is disclosed the office sees whom it would reach, and what it sees is what then comes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from matching.models import CapabilityProfile, Match
from matching.profile_drafts import ProfileDraft
from matching.services import Unreached, add_profile, preview_reach, score_opportunity
from opportunities.audience import EVERYONE, Audience
from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.factories.accounts import CompanyFactory
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory

pytestmark = pytest.mark.django_db
WATER = Audience(domains=("water-supply",))


@pytest.fixture
def hidden(noon: datetime) -> Opportunity:
    """Sensors for drinking water, not disclosed and not scored."""
    opportunity = OpportunityFactory.create(
        disclosed_from=None, submission_deadline=noon + timedelta(days=20)
    )
    OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=opportunity), number=1)
    return opportunity


@pytest.fixture
def water(vallar: Company, alice: User, noon: datetime) -> CapabilityProfile:
    draft = ProfileDraft(
        name="Water",
        summary="Online water-quality sensors tied into SCADA",
        capabilities=("Water quality sensors", "SCADA"),
        domains=("water-supply",),
    )
    profile = add_profile(vallar, draft, by=alice, now=noon).profile
    SubscriptionFactory.create(recipient__user=alice, profile=profile)
    return profile


@pytest.mark.usefixtures("water")
def test_the_numbers_say_who_gets_it_and_why_others_get_nothing(hidden: Opportunity, noon: datetime) -> None:
    CapabilityProfileFactory.create(summary="Street lighting on poles")
    CompanyFactory.create(name="Without a profile")
    CompanyFactory.create(name="Waits", approved_at=None)

    found = preview_reach(hidden.pk, EVERYONE, now=noon)

    assert (found.members, found.meant, found.listed, found.subscribers) == (3, 3, 1, 1)
    assert found.unreached == {Unreached.NOT_APPROVED: 1, Unreached.NO_PROFILE: 1, Unreached.TOO_LOW: 1}
    assert found.nothing == 3


@pytest.mark.usefixtures("water")
def test_whom_the_rule_leaves_out_is_counted_as_such(hidden: Opportunity, noon: datetime) -> None:
    CapabilityProfileFactory.create(summary="Online water-quality sensors, SCADA")

    found = preview_reach(hidden.pk, WATER, now=noon)

    assert (found.meant, found.listed) == (1, 1)
    assert found.unreached == {Unreached.OUTSIDE: 1}


def test_looking_stores_nothing_and_says_what_then_comes(
    hidden: Opportunity, water: CapabilityProfile, noon: datetime
) -> None:
    looked = preview_reach(hidden.pk, EVERYONE, now=noon)
    assert not Match.objects.exists()

    score_opportunity(hidden.pk, now=noon)

    score = Match.objects.get(profile=water).score
    assert looked.listed == (score >= water.minimum_score)
    assert looked.strong == (score >= 60)
    assert preview_reach(hidden.pk, EVERYONE, now=noon) == looked
