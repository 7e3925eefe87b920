from __future__ import annotations

import pytest

from matching.models import CapabilityProfile, Subscription
from portal.accounts.models import Company, User
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory


@pytest.fixture
def water(vallar: Company) -> CapabilityProfile:
    """What Vallar wants to hear about."""
    return CapabilityProfileFactory.create(company=vallar, name="Water")


@pytest.fixture
def subscription(alice: User, water: CapabilityProfile) -> Subscription:
    """Alice's, in English."""
    return SubscriptionFactory.create(user=alice, profile=water)
