"""Amounts as Indian and other offices write them."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.reading.words import NotUnderstood, says_nothing, tidy
from portal.lib.money import CRORE, LAKH, Money

_CURRENCIES = {
    "₹": "INR", "rs": "INR", "inr": "INR", "re": "INR", "rupees": "INR", "rupee": "INR",
    "$": "USD", "us$": "USD", "usd": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR",
    "£": "GBP", "gbp": "GBP",
    "sek": "SEK", "kr": "SEK",
    "¥": "JPY", "jpy": "JPY",
}  # fmt: skip
_UNITS = {
    "": Decimal(1),
    "thousand": Decimal(1_000), "thousands": Decimal(1_000),
    "l": LAKH, "lakh": LAKH, "lakhs": LAKH, "lac": LAKH, "lacs": LAKH,
    "cr": CRORE, "crs": CRORE, "crore": CRORE, "crores": CRORE,
    "m": Decimal(1_000_000), "mn": Decimal(1_000_000), "million": Decimal(1_000_000),
    "bn": Decimal(1_000_000_000), "billion": Decimal(1_000_000_000),
}  # fmt: skip
_CURRENCY = r"(?:₹|us\$|\$|€|£|¥|[a-z]+)"
_AMOUNT = re.compile(
    rf"(?:(?P<before>{_CURRENCY})\.?)?\s*"
    r"(?P<number>\d[\d,]*(?:\.\d*)?(?:e[+-]?\d{1,2})?|\.\d+)\s*"
    rf"(?:(?P<unit>[a-z]+)\.?\s*)??(?:(?P<after>{_CURRENCY})\.?)?\s*"
    r"(?:/\s*[-–=]+)?\s*\.?"
)
# "(Rupees five lakh only)": the same amount in words. "Only" ends it, so that nobody writes on.
_IN_WORDS = re.compile(r"\((?:inr|rs\.?|rupees?)[^()]*\)|\([^()]*only\.?\)|\bonly\b", re.IGNORECASE)
# More than any public works ever cost: a telephone number or two cells run together.
_TOO_MUCH = Decimal(10) ** 15
_LONGEST = 120


def read_amount(words: str, *, currency: str = "INR") -> Money | None:
    """The amount that ``words`` state, or None where they state none: ``NA``, ``0.00``, an empty cell.

    ``currency`` is what the words mean when they name none. Digits may be grouped in the Indian or the
    western way. Raise NotUnderstood for anything else, such as a percentage or a range.
    """
    plain = tidy(words)
    if says_nothing(plain):
        return None
    if len(plain) > _LONGEST:
        raise NotUnderstood("this is too long to be an amount")
    if "%" in plain or "percent" in plain.casefold():
        raise NotUnderstood("this is a share, not an amount")
    match = _AMOUNT.fullmatch(_IN_WORDS.sub("", plain).strip().casefold())
    if match is None:
        raise NotUnderstood("this can't be read as one amount")

    unit, after = match["unit"] or "", match["after"]
    if not unit and after in _UNITS:
        unit, after = after, None
    if unit not in _UNITS:
        raise NotUnderstood(f"“{unit}” isn't a unit we know")
    amount = Decimal(match["number"].replace(",", "")) * _UNITS[unit]
    if amount >= _TOO_MUCH:
        raise NotUnderstood("this is too large to be an amount of money")
    if not amount:
        return None
    return Money(_plain(amount), _currency(match["before"], after) or currency)


def _currency(*stated: str | None) -> str | None:
    known = {_known_currency(word) for word in stated if word}
    if len(known) > 1:
        raise NotUnderstood("two currencies are named")
    return known.pop() if known else None


def _known_currency(word: str) -> str:
    if word not in _CURRENCIES:
        raise NotUnderstood(f"“{word}” isn't a currency we know")
    return _CURRENCIES[word]


def _plain(amount: Decimal) -> Decimal:
    """One way to write each amount, so that 17850000.0 and 1.785E+7 are equal in words too."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
