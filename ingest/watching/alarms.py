from __future__ import annotations

from enum import StrEnum


class Alarm(StrEnum):
    """What is wrong with what a source gives, though it answers. Worded in templatetags.source_words."""

    FEW_ROWS = "few_rows"  # found and usual: rows
    REJECTED = "rejected"  # found and usual: percent of documents
    UNREADABLE = "unreadable"  # found and usual: percent of rows
