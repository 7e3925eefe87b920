from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.factories.bulletins import SENSORS, opportunity_told_in
from tests.factories.world import World, build_world

SignIn = Callable[[User], Client]


@pytest.fixture
def world(vallar: Company, alice: User) -> World:
    return build_world(vallar, alice, now=timezone.now())


@pytest.fixture
def as_() -> SignIn:
    """A browser without a screen, in which someone is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def sensors(db: None) -> Opportunity:
    """What a bulletin tells, some of it for certain and some not."""
    return opportunity_told_in(SENSORS)
