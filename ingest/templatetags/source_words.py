"""What kinds of source are called on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from ingest.models import Source

register = template.Library()

KINDS = {
    "gepnic": _("Procurement portal"),
    "cppp": _("Central procurement portal"),
    "upload": _("Files handed in"),
    "cii_pages": _("CII channel, pages"),
    "cii_mailbox": _("CII channel, mail"),
    "ocds": _("Open data (OCDS)"),
}

# What went wrong, by the error that said so: see ingest.errors
FAILURES = {
    "SourceUnavailable": _("Could not be reached:"),
    "SourceChanged": _("No longer looks as we know it:"),
    "FetchRefused": _("Must not be fetched:"),
}


# What is wrong with what a source gives, with the numbers that say so: see ingest.watching.alarms
ALARMS = {
    "few_rows": _("The last reading gave %(found)s rows where %(usual)s are usual."),
    "rejected": _("%(found)s %% of its documents hold nothing we know; %(usual)s %% is usual."),
    "unreadable": _("%(found)s %% of its rows can't be read; %(usual)s %% is usual."),
}


@register.filter
def alarm_words(source: Source) -> str:
    return str(ALARMS[source.alarm]) % {"found": source.alarm_found, "usual": source.alarm_usual}


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
