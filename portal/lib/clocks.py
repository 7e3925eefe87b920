"""The two clocks people read: where bids are handed in, and where they are written."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def day_in_india(at: datetime) -> date:
    """Of what is published and due there."""
    return at.astimezone(INDIA).date()


def day_in_stockholm(at: datetime) -> date:
    """Of what people do here, and Setu for them: in the evening it is the next day in India already."""
    return at.astimezone(STOCKHOLM).date()
