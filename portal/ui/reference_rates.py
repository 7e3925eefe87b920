"""What an amount is about worth in kronor: a small dated table that ships with Setu. Never fetched."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from portal.lib.money import Money

TABLE = Path(__file__).with_name("reference_rates.csv")


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """How many kronor one unit was about worth. Shown with its date wherever it is used."""

    currency: str
    sek_per_unit: Decimal
    on: date
    source: str


@cache
def reference_rates() -> dict[str, ReferenceRate]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        rates = [
            ReferenceRate(
                row["currency"], Decimal(row["sek_per_unit"]), date.fromisoformat(row["on"]), row["source"]
            )
            for row in csv.DictReader(table)
        ]
    return {rate.currency: rate for rate in rates}


def rate_of(money: Money) -> ReferenceRate | None:
    """The rate an amount is converted at, or None for a currency that the table doesn't hold."""
    return reference_rates().get(money.currency)


def in_kronor(money: Money) -> Decimal | None:
    """About how many kronor it is; None where no rate is known or it is kronor already."""
    rate = rate_of(money)
    return None if rate is None or money.currency == "SEK" else money.amount * rate.sek_per_unit


def in_currency(money: Money, currency: str) -> Money | None:
    """About the same in another currency, by way of kronor; None where a rate isn't known."""
    if money.currency == currency:
        return money
    rates = reference_rates()
    per_unit = {code: rate.sek_per_unit for code, rate in rates.items()} | {"SEK": Decimal(1)}
    if money.currency not in per_unit or currency not in per_unit:
        return None
    return Money(money.amount * per_unit[money.currency] / per_unit[currency], currency)
