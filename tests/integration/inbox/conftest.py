from __future__ import annotations

import pytest

from portal.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.integration.pages.conftest import sensors, world

__all__ = ["oskar", "sensors", "world"]


@pytest.fixture
def oskar(db: None) -> User:
    """Olga's colleague at the coordination office."""
    return UserFactory.create(
        name="Oskar Ohlsson", email="oskar@example.org", role=User.Role.OFFICE, language="en"
    )
