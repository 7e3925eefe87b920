from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.models import Company, User


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: a person who acts for a company."""

    person: User
    company: Company
    # One of the office, who sees what the company is shown and nothing of what it does
    is_guest: bool = False
