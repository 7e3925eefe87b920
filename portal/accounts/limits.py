"""How often a thing may be asked for, counted in the cache: ``ACCOUNT_RATE_LIMITS`` says how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth import decorators

View = TypeVar("View", bound=Callable[..., object])


def limited(action: str) -> Callable[[View], View]:
    """Answer 429 to whoever posts to a view more often than the action's limit."""
    return cast("Callable[[View], View]", cast("Any", decorators).rate_limit(action=action))
