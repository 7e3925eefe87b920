from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, and who sees it."""

    name: str
    path: str
    user: User | None
