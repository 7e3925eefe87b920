"""What kinds of source are called on a page."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Field
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ingest.models import PageLayout, Source
from opportunities.models import Opportunity
from opportunities.parsed_notice import Moment
from opportunities.templatetags.opportunity_words import fact_name, fact_value
from portal.ui import formats

register = template.Library()

KINDS = {
    "gepnic": _("Procurement portal"),
    "cppp": _("Central procurement portal"),
    "upload": _("Files handed in"),
    "cii_pages": _("CII channel, pages"),
    "cii_mailbox": _("CII channel, mail"),
    "ocds": _("Open data (OCDS)"),
    "canary": _("Canary"),
}

# What went wrong, by the error that said so: see ingest.errors
FAILURES = {
    "SourceUnavailable": _("Could not be reached:"),
    "SourceChanged": _("No longer looks as we know it:"),
    "FetchRefused": _("Must not be fetched:"),
    "CaptchaShown": _("Asks for a captcha:"),
}


# What is wrong with what a source gives, with the numbers that say so: see ingest.watching.alarms
ALARMS = {
    "few_rows": _("The last reading gave %(found)s rows where %(usual)s are usual."),
    "rejected": _("%(found)s %% of its documents hold nothing we know; %(usual)s %% is usual."),
    "unreadable": _("%(found)s %% of its rows can't be read; %(usual)s %% is usual."),
    "canary_not_fetched": _("The canary wasn't even fetched: no worker reads the sources, or no beat asks."),
    "canary_not_read": _("The canary was fetched and isn't read: documents wait, or reading them fails."),
    "canary_not_recorded": _("The canary was read, and no notice of it was recorded."),
    "canary_not_matched": _("The canary was recorded and isn't matched: changes wait, or matching fails."),
    "canary_not_mailed": _(
        "The canary's morning mail has not gone out: mail is paused or waits, or the mail server refuses it."
    ),
    "canary_not_arrived": _(
        "The canary's mail was handed to the mail server and has not arrived: others may not arrive either."
    ),
}


@register.filter
def alarm_words(source: Source) -> str:
    return str(ALARMS[source.alarm]) % {"found": source.alarm_found, "usual": source.alarm_usual}


# Which of a source's pages: see ingest.watching.layout
PAGES = {
    "index": _("The list of organisations is built in another way."),
    "list": _("The list of tenders is built in another way."),
    "tender": _("The tenders' pages are built in another way."),
    "notice": _("The notices' pages are built in another way."),
    "package": _("The packages are built in another way."),
}
_MOST_LABELS = 8


@register.filter
def canary_words(alarm: str) -> str:
    return str(ALARMS[alarm])


@register.filter
def replayed_field(column: str) -> str:
    """What a column of a comparison is called on its page."""
    if column == "":
        return gettext("The whole opportunity")
    if column == "notices":
        return gettext("Its notices")
    if column == "without_time":
        return gettext("Dates without a time of day")
    return fact_name(column.removesuffix("_amount").removesuffix("_currency"))


@register.filter
def replayed_value(said: str, column: str) -> str:
    """One side of a difference in words. ``said`` is JSON as in ReplayedFact; "–" where nothing is stated."""
    if column == "":
        return gettext("there") if said == "present" else gettext("not there")
    value = json.loads(said)
    match column:
        case "notices":
            words = ngettext("%(number)s notice", "%(number)s notices", len(value or ()))
            return words % {"number": formats.number(len(value or ()))}
        case "without_time":
            return ", ".join(map(fact_name, value or ())) or "–"
        case _:
            return _fact_in_words(column, value) or "–"


def _fact_in_words(column: str, value: object) -> str:
    field: Field[Any, Any] = getattr(Opportunity, column).field
    value = None if value is None else field.to_python(value)
    if isinstance(value, Decimal):
        return formats.number(value)
    return fact_value(Moment(value, has_time=True) if isinstance(value, datetime) else value, column)


@register.filter
def layout_words(layout: PageLayout) -> str:
    """What a new layout changes: "The list of tenders is built in another way. New: Bid fee. Lost: EMD."""
    said = [str(PAGES[layout.page])]
    if layout.new_labels:
        said.append(gettext("New: %(labels)s.") % {"labels": _some_of(layout.new_labels)})
    if layout.gone_labels:
        said.append(gettext("Lost: %(labels)s.") % {"labels": _some_of(layout.gone_labels)})
    if not (layout.new_labels or layout.gone_labels):
        said.append(gettext("The same headings stand in another order, or in another place."))
    return " ".join(said)


def _some_of(labels: list[str]) -> str:
    more = len(labels) - _MOST_LABELS
    shown = ", ".join(labels[:_MOST_LABELS])
    return gettext("%(labels)s and %(more)s more") % {"labels": shown, "more": more} if more > 0 else shown


@register.filter
def failure_kind(text: str) -> str:
    return str(FAILURES.get(text.partition(": ")[0], _("Failed:")))


@register.filter
def failure_detail(text: str) -> str:
    kind, _colon, detail = text.partition(": ")
    return detail if kind in FAILURES else text


@register.filter
def source_kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))
