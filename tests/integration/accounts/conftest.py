from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _counted_apart(own_cache: None) -> None:
    """Attempts of one test must not lock out the next."""
    cache.clear()
