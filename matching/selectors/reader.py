from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import Company, User


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: a person who acts for a company."""

    person: User
    company: Company
