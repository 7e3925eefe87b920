"""What the office is told of mail between colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, F, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper

from matching.models import Share

Row = tuple[str, datetime, datetime | None, str, bool]


@dataclass(frozen=True, slots=True)
class SentShare:
    """That a company's people share. Who, what, to whom and in which words is the company's own."""

    company_name: str
    shared_at: datetime
    sent_at: datetime | None
    dropped_because: str
    last_error: bool  # that there was one: its words may hold the address


def shares() -> QuerySet[Share, Row]:
    """Every one, what waits first and then the latest. The database gives nothing more than is told."""
    has_failed = ExpressionWrapper(~Q(last_error=""), output_field=BooleanField())
    latest_first = Share.objects.order_by(F("sent_at").desc(nulls_first=True), "-pk")
    return latest_first.values_list("company__name", "shared_at", "sent_at", "dropped_because", has_failed)


def as_told(rows: Iterable[Row]) -> list[SentShare]:
    return [SentShare(*row) for row in rows]
