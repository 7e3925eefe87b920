"""How things are written. Nothing here asks the database or the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from portal.lib.clocks import INDIA, day_in_stockholm
from portal.lib.money import Money
from portal.ui import formats
from portal.ui.reference_rates import ReferenceRate, in_kronor, reference_rates

register = template.Library()


@register.filter
def money(value: Money) -> str:
    return formats.money(value)


@register.filter
def exact_money(value: Money) -> str:
    return formats.exact_money(value)


@register.filter
def kronor(value: Money) -> str:
    """About how much it is in kronor; empty where that isn't known."""
    amount = in_kronor(value)
    return "" if amount is None else formats.kronor(amount)


@register.simple_tag
def rupee_rate() -> ReferenceRate:
    return reference_rates()["INR"]


@register.filter
def with_code(text: str) -> SafeString:
    """Words, in which what stands between backticks is code."""
    parts = map(conditional_escape, text.split("`"))
    return mark_safe(  # noqa: S308  each part is escaped
        "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))
    )


@register.filter
def breakable(name: str) -> SafeString:
    """A name or an address in code, which a narrow page may break after its dots, strokes and slashes."""
    return mark_safe(re.sub(r"(?<=[\w\]}])([/._])(?=[\w{])", r"\1<wbr>", conditional_escape(name)))  # noqa: S308  escaped


@register.filter
def decimal(value: Decimal) -> str:
    return formats.number(value, decimals=4)


@register.filter
def day(value: date) -> str:
    return formats.day(value)


@register.filter
def short_day(value: date) -> str:
    return formats.short_day(value)


@register.filter
def stockholm_day(value: datetime) -> str:
    """The day on which somebody did something here, whose day in India may be the next."""
    return formats.day(day_in_stockholm(value))


@register.filter
def short_stockholm_day(value: datetime) -> str:
    return formats.short_day(day_in_stockholm(value))


@register.filter
def india_clock(value: datetime) -> str:
    return formats.india_clock(value)


@register.filter
def india_time(value: datetime) -> str:
    return formats.india_time(value)


@register.filter
def long_day(value: date) -> str:
    return formats.long_day(value)


@register.filter
def weekday(value: date) -> str:
    return formats.weekday(value)


@register.filter
def month_name(value: date) -> str:
    return formats.month_name(value)


@register.filter
def stockholm_clock(value: datetime) -> str:
    return formats.stockholm_clock(value)


@register.filter
def stockholm_moment(value: datetime) -> str:
    return formats.stockholm_moment(value)


@register.filter
def time_ago(value: datetime, now: datetime) -> str:
    return formats.time_ago(value, now)


@register.filter
def how_long(passed: timedelta) -> str:
    return formats.how_long(passed)


@register.filter
def days_until(value: datetime, now: datetime) -> int:
    return formats.days_until(value, now)


@register.filter
def days_left(value: datetime, now: datetime) -> str:
    days = formats.days_until(value, now)
    if value <= now:
        return gettext("closed")
    if days == 0:
        return gettext("closes today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": formats.number(days)}


@register.filter
def grouped(value: int) -> str:
    return formats.number(value)


@register.simple_tag
def quarter(first: date | None, last: date | None) -> str:
    """The period between two days, either of which may be missing."""
    start, end = first or last, last or first
    return formats.quarter(start, end) if start and end else ""


@register.filter
def marked(text: str, phrases: Iterable[str]) -> SafeString:
    """The text, escaped, with each phrase marked wherever it stands as whole words."""
    wanted = sorted({phrase.strip() for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    if not wanted:
        return conditional_escape(text)
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(_loosely, wanted)) + r")(?!\w)", re.IGNORECASE)
    pieces = pattern.split(text)
    # Every second piece is a phrase that was found.
    return mark_safe(  # noqa: S308  each piece is escaped here
        "".join(
            f"<mark>{conditional_escape(piece)}</mark>" if index % 2 else conditional_escape(piece)
            for index, piece in enumerate(pieces)
        )
    )


def _loosely(phrase: str) -> str:
    """However its words are spaced: a table cell may break a line where the quotation has a blank."""
    return r"\s+".join(map(re.escape, phrase.split()))


@register.filter
def whole(value: float) -> int:
    """To the nearest whole number, halves upwards."""
    return int(value + 0.5)


@register.filter
def signed(value: int) -> str:
    """ "+10" or "−3"."""
    return f"{'+' if value > 0 else '−'}{formats.number(abs(value))}"


@register.filter
def iso_day(value: datetime) -> str:
    """The day in India, for machines."""
    return value.astimezone(INDIA).date().isoformat()


@register.filter
def short_text(text: str) -> str:
    """Long texts cut where a table would burst."""
    return text if len(text) <= 200 else text[:199] + "…"


@register.filter
def web_address(url: str) -> str:
    """The address if it is one of the web; "" for anything that a link should not run."""
    return url if url.startswith(("https://", "http://")) else ""
