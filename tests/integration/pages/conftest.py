from __future__ import annotations

import pytest
from django.utils import timezone

from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.factories.bulletins import SENSORS, opportunity_told_in
from tests.factories.world import World, build_world


@pytest.fixture
def world(vallar: Company, alice: User) -> World:
    return build_world(vallar, alice, now=timezone.now())


@pytest.fixture
def sensors(db: None) -> Opportunity:
    """What a bulletin tells, some of it for certain and some not."""
    return opportunity_told_in(SENSORS)
