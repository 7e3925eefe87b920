"""The kinds of things that wait for the office."""

from __future__ import annotations

from enum import StrEnum


class WaitingKind(StrEnum):
    """In the order in which they stand in the list, after those that hold others up."""

    UNDISCLOSED = "undisclosed"
    REGISTRATION = "registration"
    DUPLICATE = "duplicate"
    QUARANTINED = "part"
    UNSURE = "notice"
    REJECTED = "document"
    BROKEN = "source"
    ALARMED = "alarm"
    COLUMNS = "columns"
    LAYOUT = "layout"
    BUYER = "buyer"
