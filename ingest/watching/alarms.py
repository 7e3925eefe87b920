from __future__ import annotations

from enum import StrEnum


class Alarm(StrEnum):
    """What is wrong with what a source gives, though it answers. Worded in templatetags.source_words."""

    FEW_ROWS = "few_rows"  # found and usual: rows
    REJECTED = "rejected"  # found and usual: percent of documents
    UNREADABLE = "unreadable"  # found and usual: percent of rows
    # The hourly canary has not come through, and this is as far as it has come
    CANARY_NOT_FETCHED = "canary_not_fetched"
    CANARY_NOT_READ = "canary_not_read"
    CANARY_NOT_RECORDED = "canary_not_recorded"
    CANARY_NOT_MATCHED = "canary_not_matched"
    CANARY_NOT_MAILED = "canary_not_mailed"
    CANARY_NOT_ARRIVED = "canary_not_arrived"
