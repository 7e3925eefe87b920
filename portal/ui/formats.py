"""Amounts, days and clocks as people in Sweden and abroad write them. The language is the active one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_interval, format_timedelta
from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext

from portal.lib.clocks import INDIA, STOCKHOLM, day_in_india
from portal.lib.money import CRORE, LAKH, Money

NBSP = "\u00a0"
_FIRST_GROUPED = 1_000  # below, a whole number is written the same everywhere
SYMBOLS = {"INR": "₹", "USD": "US$", "EUR": "€"}


def locale() -> str:
    return "sv_SE" if (get_language() or "en").startswith("sv") else "en_GB"


def number(amount: Decimal | int, *, decimals: int = 0) -> str:
    if isinstance(amount, int) and 0 <= amount < _FIRST_GROUPED:  # most are, and babel takes its time
        return f"{amount:d}"
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(amount, pattern, locale=locale()).replace("-", "−")  # babel writes a hyphen


def money(value: Money) -> str:
    """Rupees in lakh and crore as Indian notices give them, other currencies plainly."""
    sign = SYMBOLS.get(value.currency, value.currency) + NBSP
    if value.currency != "INR":
        return sign + number(value.amount, decimals=2)
    if value.amount >= CRORE:
        return f"{sign}{number(_three_figures(value.amount / CRORE), decimals=2)}{NBSP}crore"
    if value.amount >= LAKH:
        return f"{sign}{number(_three_figures(value.amount / LAKH), decimals=2)}{NBSP}lakh"
    return sign + number(value.amount, decimals=2)


def exact_money(value: Money) -> str:
    """To the last unit: rupees grouped as in India, save in Swedish, where a comma is for decimals."""
    sign = SYMBOLS.get(value.currency, value.currency) + NBSP
    if value.currency == "INR" and locale() != "sv_SE":
        return sign + format_decimal(value.amount, "#,##,##0.##", locale="en_IN")
    return sign + number(value.amount, decimals=2)


_KRONOR_UNITS = (
    (Decimal(10) ** 9, "SEK {}{}bn", "{}{}mdkr"),
    (Decimal(10) ** 6, "SEK {}{}M", "{}{}mkr"),
    (Decimal(0), "SEK {}", "{}{}kr"),
)


def kronor(amount: Decimal) -> str:
    """A rough sum in kronor, in three figures."""
    unit, english, swedish = next(row for row in _KRONOR_UNITS if amount >= row[0])
    figure = number(_three_figures(amount / unit) if unit else _rounded(amount), decimals=2)
    pattern = swedish if locale() == "sv_SE" else english
    return pattern.format(figure, NBSP).replace(" ", NBSP)


def _rounded(amount: Decimal) -> Decimal:
    """To three figures, or to the unit where it has fewer."""
    return amount.quantize(Decimal(1).scaleb(max(0, amount.adjusted() - 2)), ROUND_HALF_UP)


def _three_figures(amount: Decimal) -> Decimal:
    places = max(0, 2 - amount.adjusted())
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def day(value: date) -> str:
    """ "30 Nov 2026"; for a moment, its day in India."""
    if isinstance(value, datetime):
        value = day_in_india(value)
    return format_date(value, "d MMM y", locale=locale()).replace(" ", NBSP)


def short_day(value: date) -> str:
    """ "30 Nov"; for a moment, its day in India."""
    if isinstance(value, datetime):
        value = day_in_india(value)
    return format_date(value, "d MMM", locale=locale()).replace(" ", NBSP)


def india_clock(at: datetime) -> str:
    """ "30 Nov 2026 15:00 IST"."""
    return f"{day(at)} {at.astimezone(INDIA):%H:%M}{NBSP}IST"


def india_time(at: datetime) -> str:
    """ "15:00 IST", where the day stands already."""
    return f"{at.astimezone(INDIA):%H:%M}{NBSP}IST"


def stockholm_clock(at: datetime) -> str:
    """The same moment in Stockholm: its clock, and its day where that is another."""
    there, here = at.astimezone(INDIA), at.astimezone(STOCKHOLM)
    clock = f"{here:%H:%M}{NBSP}Stockholm"
    return (
        clock
        if there.date() == here.date()
        else f"{format_date(here.date(), 'd MMM', locale=locale())} {clock}"
    )


def stockholm_moment(at: datetime) -> str:
    """When something happened here: "22 Nov 2026 06:12"."""
    here = at.astimezone(STOCKHOLM)
    return f"{format_date(here.date(), 'd MMM y', locale=locale())} {here:%H:%M}".replace(" ", NBSP)


def days_until(at: datetime, now: datetime) -> int:
    """Whole calendar days in India, where the bid is handed in."""
    return (at.astimezone(INDIA).date() - now.astimezone(INDIA).date()).days


def time_ago(at: datetime, now: datetime) -> str:
    passed = now - at
    if passed < timedelta(minutes=1):
        return gettext("just now")
    if passed < timedelta(hours=1):
        return gettext("%(n)s min ago") % {"n": passed // timedelta(minutes=1)}
    if passed < timedelta(days=1):
        return gettext("%(n)s h ago") % {"n": passed // timedelta(hours=1)}
    return stockholm_moment(at)


def how_long(passed: timedelta) -> str:
    """In one unit, the largest of which there are two: "42 minutes", "5 hours"."""
    return format_timedelta(passed, threshold=2, locale=locale())


def quarter(first: date, last: date) -> str:
    """An expected period: "Q1 2027" where it is one, else its first and last month."""
    number_of_first, number_of_last = (first.month - 1) // 3, (last.month - 1) // 3
    if (first.year, number_of_first) == (last.year, number_of_last):
        return gettext("Q%(quarter)s %(year)s") % {"quarter": number_of_first + 1, "year": first.year}
    return f"{format_date(first, 'MMM y', locale=locale())} – {format_date(last, 'MMM y', locale=locale())}"


def long_day(value: date) -> str:
    """ "Friday 4 December"."""
    return format_date(value, "EEEE d MMMM", locale=locale())


def weekday(value: date) -> str:
    """ "Fri"."""
    return format_date(value, "ccc", locale=locale())


def month_name(value: date) -> str:
    """ "December 2026", as it stands inside a sentence."""
    return format_date(value, "LLLL y", locale=locale())


def months(first: date, last: date) -> str:
    """A period by its months: "Jul–Sep 2027"; two years where it ends in another."""
    begins, ends = (format_date(day, "LLL", locale=locale()).rstrip(".") for day in (first, last))
    if first.year != last.year:
        return f"{begins} {first.year} – {ends} {last.year}".replace(" ", NBSP)
    return f"{begins}–{ends}{NBSP}{last.year}" if begins != ends else f"{begins}{NBSP}{last.year}"


def short_week(monday: date) -> str:
    """ "wk 47", as people in Sweden speak of weeks."""
    return gettext("wk %(week)s") % {"week": monday.isocalendar().week}


def week(monday: date) -> str:
    """ "Week 47, 16–22 Nov 2026"."""
    days = format_interval(monday, monday + timedelta(days=6), "yMMMd", locale=locale())
    return gettext("Week %(week)s, %(days)s") % {"week": monday.isocalendar().week, "days": days}
