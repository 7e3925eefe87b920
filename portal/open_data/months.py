"""The months as they stand, reckoned once for all who ask within a minute."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import connection

from opportunities.selectors import MonthTold, last_acts, months_told

# Seconds within which another name of a buyer or another field of work may not show yet. A file is always as
# it is to be, whatever the index says.
KEPT_FOR = 60


def standing_months(*, at: datetime) -> list[MonthTold]:
    """As ``months_told``. What is disclosed, withdrawn, read or ruled shows at once, the rest in a minute."""
    # Another database may share the cache, and number its rows alike.
    stands_for = repr((connection.settings_dict["NAME"], last_acts(at=at)))
    key = f"open-data-months-{sha256(stands_for.encode()).hexdigest()}"
    kept: Any = cache.get_or_set(key, lambda: [astuple(one) for one in months_told(at=at)], KEPT_FOR)
    return [MonthTold(*row) for row in kept]
