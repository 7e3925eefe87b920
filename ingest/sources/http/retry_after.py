"""How long a server asks to be left alone: RFC 9110, section 10.2.3."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A slip of the pen mustn't silence a source for ever.
LONGEST = timedelta(days=7)
_MOST_DIGITS = 9


def retry_after(value: str, *, now: datetime) -> timedelta:
    """The wait that the header field's value asks for, between none and a week. Nonsense asks for none."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        wait = timedelta(seconds=int(value[:_MOST_DIGITS]))
    else:
        try:
            until = parsedate_to_datetime(value)
        except ValueError:
            return timedelta(0)
        # An old form of date names no zone; it is always Greenwich time.
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST)
