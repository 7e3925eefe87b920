from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.integration.fetching.conftest import Upstream


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as upstream:
        yield upstream


@pytest.fixture
def on_this_machine(settings: Settings) -> None:
    """Sources may stand on loopback, and need not be asked slowly."""
    settings.FETCH_ALLOW_LOOPBACK = True
    settings.FETCH_SECONDS_BETWEEN_REQUESTS = 0.0
