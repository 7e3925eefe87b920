from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.models import User
from tests.integration.signing_in import SignIn


@pytest.fixture
def as_() -> SignIn:
    """A browser without a screen, in which someone is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
