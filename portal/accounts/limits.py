"""How often a thing may be asked for, counted in the cache: ``ACCOUNT_RATE_LIMITS`` says how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from allauth import decorators
from django.core.cache import cache

View = TypeVar("View", bound=Callable[..., object])


def limited(action: str) -> Callable[[View], View]:
    """Answer 429 to whoever posts to a view more often than the action's limit."""
    return cast("Callable[[View], View]", cast("Any", decorators).rate_limit(action=action))


def is_within_limit(action: str, *, key: str, an_hour: int, now: datetime) -> bool:
    """Count one more of an action for whatever ``key`` stands for; False once there were ``an_hour`` of them.

    For what is asked with GET, which allauth doesn't count. Two at the very same moment may count as one.
    """
    counter = f"limit:{action}:{key}:{now:%Y%m%d%H}"
    count: int = cache.get(counter, 0)
    cache.set(counter, count + 1, timeout=3600)
    return count < an_hour
