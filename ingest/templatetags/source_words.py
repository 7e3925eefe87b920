"""What kinds of source are called on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

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
