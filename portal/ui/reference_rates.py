"""What an amount is about worth in kronor, by a small dated table. Never fetched while a page is drawn."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from portal.lib.money import Money
from portal.ui.published_rates import PublishedRate, UnreadableRates

SHIPPED = Path(__file__).with_name("reference_rates.csv")
# A rate that is so many times another's is of other units, or of another currency.
_FURTHEST = 3


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """How many kronor one unit was about worth. Shown with its date wherever it is used."""

    currency: str
    sek_per_unit: Decimal
    on: date
    source: str
    is_shipped: bool = False


def reference_rates() -> Mapping[str, ReferenceRate]:
    """The rates in force, by currency: the imported ones, and what ships for currencies without any.

    The file is looked at each time and read when it has changed, so an import holds in every process at once.
    """
    try:
        changed = _imported().stat().st_mtime_ns
    except OSError:
        return _shipped()
    return _in_force(_imported(), changed)


def import_rates(published: Iterable[PublishedRate], *, source: str) -> list[ReferenceRate]:
    """Let these rates hold from now on, in place of older ones; return those that do, newly or already.

    Raises UnreadableRates, and leaves all as it is, where one is so far from the rate that ships that its
    units must be others. A rate that is older than the one in force changes nothing.
    """
    shipped, in_force = _shipped(), dict(reference_rates())
    for rate in published:
        known = shipped.get(rate.currency)
        if known and not 1 / _FURTHEST < float(rate.sek_per_unit / known.sek_per_unit) < _FURTHEST:
            raise UnreadableRates(
                f"one {rate.currency} would be {rate.sek_per_unit:.4f} kronor where it was about"
                f" {known.sek_per_unit}: are its units others?"
            )
        before = in_force.get(rate.currency)
        if rate.currency != "SEK" and (before is None or before.is_shipped or before.on <= rate.on):
            in_force[rate.currency] = ReferenceRate(rate.currency, rate.sek_per_unit, rate.on, source)
    imported = [rate for rate in in_force.values() if not rate.is_shipped]
    _write(imported)
    return imported


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


def _imported() -> Path:
    return Path(settings.DATA_DIR) / "reference_rates.csv"


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, ReferenceRate]:
    return {rate.currency: rate for rate in _read(SHIPPED, is_shipped=True)}


@lru_cache(maxsize=4)
def _in_force(path: Path, changed: int) -> Mapping[str, ReferenceRate]:
    del changed  # which version of the file it is
    return {**_shipped(), **{rate.currency: rate for rate in _read(path, is_shipped=False)}}


def _read(path: Path, *, is_shipped: bool) -> list[ReferenceRate]:
    with path.open(encoding="utf-8", newline="") as table:
        return [
            ReferenceRate(
                row["currency"],
                Decimal(row["sek_per_unit"]),
                date.fromisoformat(row["on"]),
                row["source"],
                is_shipped=is_shipped,
            )
            for row in csv.DictReader(table)
        ]


def _write(rates: Iterable[ReferenceRate]) -> None:
    """Whole or not at all: whoever reads meanwhile reads the old file."""
    path = _imported()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["currency", "sek_per_unit", "on", "source"])
        table.writerows(
            [rate.currency, rate.sek_per_unit, rate.on.isoformat(), rate.source] for rate in rates
        )
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
