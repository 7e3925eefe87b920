from __future__ import annotations

import pytest
from django.conf import settings

from matching.models import CapabilityProfile, Subscription
from portal.accounts.models import Company, User
from portal.running.messages import compile_messages
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """``./setu test`` has compiled them already; pytest alone has not."""
    compile_messages(settings.BASE_DIR)


@pytest.fixture
def water(vallar: Company) -> CapabilityProfile:
    """What Vallar wants to hear about."""
    return CapabilityProfileFactory.create(company=vallar, name="Water")


@pytest.fixture
def subscription(alice: User, water: CapabilityProfile) -> Subscription:
    """Alice's, in English."""
    return SubscriptionFactory.create(user=alice, profile=water)
