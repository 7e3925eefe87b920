"""What mails word in their own way. The rest is worded as on pages."""

from __future__ import annotations

import html
from collections.abc import Iterable

from babel.dates import format_date
from django import template
from django.utils.html import strip_tags
from django.utils.translation import gettext

from matching.delivery.subject import counts_in_words
from opportunities.compile import Change
from opportunities.parsed_notice import Moment
from opportunities.templatetags.opportunity_words import fact_value
from portal.lib.clocks import INDIA, STOCKHOLM
from portal.ui import formats

register = template.Library()

WEEKDAY_TOO = "EEE d MMM y"


@register.filter
def lines_in_words(lines: Iterable[tuple[str, int]]) -> str:
    """How many lines of which section: "2 tenders changed, 1 closing soon"."""
    return counts_in_words(dict(lines))


@register.filter
def both_clocks(moment: Moment) -> str:
    """A moment in Sweden and in India; a day alone as a day, saying so."""
    in_india = moment.at.astimezone(INDIA)
    if not moment.has_time:
        day = format_date(in_india, WEEKDAY_TOO, locale=formats.locale())
        return gettext("%(day)s (no time of day stated)") % {"day": day}
    in_sweden = moment.at.astimezone(STOCKHOLM)
    india = f"{in_india:%H:%M}"
    if in_india.date() != in_sweden.date():
        india = f"{format_date(in_india, 'd MMM', locale=formats.locale())} {india}"
    return gettext("%(day)s, %(time)s Swedish time (%(india)s IST)") % {
        "day": format_date(in_sweden, WEEKDAY_TOO, locale=formats.locale()),
        "time": f"{in_sweden:%H:%M}",
        "india": india,
    }


@register.filter
def was(change: Change) -> str:
    return _fact(change, change.before)


@register.filter
def now_is(change: Change) -> str:
    return _fact(change, change.after)


def _fact(change: Change, fact: object) -> str:
    if isinstance(fact, Moment):
        return both_clocks(fact)
    return fact_value(fact, change.field) or gettext("not stated")


@register.filter(is_safe=False)
def in_plain_text(drawn: str) -> str:
    """What a component draws for pages, as one line without its tags."""
    return " ".join(html.unescape(strip_tags(drawn)).split())
