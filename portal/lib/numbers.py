"""Numbers that come from outside."""

from __future__ import annotations

MOST_DIGITS = 18  # fits a PostgreSQL bigint


def number_in(text: str) -> int | None:
    """The whole number a text is, or None where it isn't one that could name a row."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
