"""Times in the pages: in India's zone, spelled as each page needs, without Django's settings of languages."""

from __future__ import annotations

from datetime import datetime

from django.template import Library

from portal.lib.clocks import INDIA

register = Library()


@register.filter
def in_india(at: datetime, spelling: str) -> str:
    """``at`` on Indian clocks, spelled as strftime says."""
    return at.astimezone(INDIA).strftime(spelling)
