"""Amounts with their currency. Never a float, never a number alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LAKH = Decimal(100_000)
CRORE = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str  # ISO 4217

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"
