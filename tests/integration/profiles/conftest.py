from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from matching.models import CapabilityProfile
from matching.profile_drafts import ProfileDraft
from matching.services import add_profile
from portal.accounts.models import Company, User


@pytest.fixture
def alices(alice: User) -> Client:
    """A browser in which Alice is signed in."""
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def bobs(bob: User) -> Client:
    client = Client(headers={"accept-language": "sv"})
    client.force_login(bob)
    return client


@pytest.fixture
def draft() -> ProfileDraft:
    return ProfileDraft(
        name="Water", summary="Sensors for drinking water", capabilities=("Water quality sensors",)
    )


@pytest.fixture
def water(vallar: Company, alice: User, draft: ProfileDraft, noon: datetime) -> CapabilityProfile:
    """Vallar's profile, saved once."""
    return add_profile(vallar, draft, by=alice, now=noon).profile
