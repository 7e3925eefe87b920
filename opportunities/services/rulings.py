"""The rows that keep what the office decided about readings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from opportunities.models import Notice, Ruling
from portal.accounts.models import User


def add_ruling(  # noqa: PLR0913  a ruling is about one reading of one notice
    notice: Notice, *, field: str, words: str, read: Any, value: Any, by: User, now: datetime
) -> Ruling | None:
    """Put a ruling on record. Return None if the one in force about this reading says the same.

    The caller holds the lock of the notice's opportunity.
    """
    about = {
        "publisher": notice.opportunity.publisher,
        "process_id": notice.opportunity.process_id,
        "notice_id": notice.notice_id,
        "field": field,
        "words": words,
    }
    in_force = Ruling.objects.in_force().filter(**about).order_by("-pk")
    last = next((row for row in in_force if row.read == read), None)
    if last is not None and last.value == value:
        return None
    return Ruling.objects.create(**about, read=read, value=value, decided_by=by, decided_at=now)
