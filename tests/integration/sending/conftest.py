from __future__ import annotations

from datetime import date, datetime

import pytest

from matching.models import CapabilityProfile, Delivery, Subscription
from portal.accounts.models import Company, User
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.integration.delivery.world import add_match, owe_and_send

TODAY = date(2026, 11, 20)


@pytest.fixture
def water(vallar: Company) -> CapabilityProfile:
    return CapabilityProfileFactory.create(company=vallar, name="Water")


@pytest.fixture
def subscription(alice: User, water: CapabilityProfile) -> Subscription:
    return SubscriptionFactory.create(user=alice, profile=water)


@pytest.fixture
def sent(subscription: Subscription, noon: datetime) -> Delivery:
    """A digest that went to Alice."""
    add_match(subscription.profile, now=noon, title="Water-quality sensors")
    owe_and_send(TODAY, now=noon)
    return Delivery.objects.get()
