"""The two clocks people read: where bids are handed in, and where they are written."""

from __future__ import annotations

from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")
STOCKHOLM = ZoneInfo("Europe/Stockholm")
