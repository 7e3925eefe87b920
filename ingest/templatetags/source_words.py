"""What kinds of source are called on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {
    "gepnic": _("Procurement portal"),
    "upload": _("Files handed in"),
    "cii_pages": _("CII channel, pages"),
    "cii_mailbox": _("CII channel, mail"),
    "ocds": _("Open data (OCDS)"),
}


@register.filter
def source_kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))
