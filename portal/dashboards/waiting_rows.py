"""What waits and is a row of some table: all kinds in one query, with no more than a line shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from ingest.selectors import quarantined_parts, rejected_documents, unsure_extractions_at
from opportunities.parsed_notice import EARLY_STAGES
from opportunities.selectors import awaiting_disclosure, latest_revision_number, waiting_proposals
from portal.accounts.models import Registration
from portal.dashboards.models import Case
from portal.dashboards.waiting_kinds import WaitingKind

_NONE = Value(0, IntegerField())
_THEN = datetime(1, 1, 1, tzinfo=UTC)  # no moment that anybody asks about
_NO = Value(False, BooleanField())  # noqa: FBT003  SQL's, not a flag of ours


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    title: str
    detail: str
    since: datetime | None
    is_early: bool
    weight: int  # the heavier stand first
    state: int


def rows(*, at: datetime, count: int) -> dict[WaitingKind, list[Row]]:
    """At most so many of each kind: the first of those that are to be looked at. One query."""
    statement, values = _statement(count)
    found: dict[WaitingKind, list[Row]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [at if value == _THEN else value for value in values])
        for kind, *columns in cursor:
            found.setdefault(WaitingKind(kind), []).append(Row(*columns))
    return found


@cache
def _statement(count: int) -> tuple[str, tuple[Any, ...]]:
    """The query with its values, of which those that are _THEN stand for the moment asked about.

    Putting it together takes longer than the database takes to answer it, and every act in the inbox asks.
    """
    kinds = [asked(_THEN)[:count] for asked in _ASKED.values()]
    statement, values = kinds[0].union(*kinds[1:], all=True).query.sql_with_params()
    return statement, tuple(values)


def row_of(kind: WaitingKind, pk: int, *, at: datetime) -> Row | None:
    """One of them; None where nothing such waits."""
    found = _ASKED[kind](at).filter(pk=pk).first()
    return None if found is None else Row(*found[1:])


def _shaped(  # noqa: PLR0913  a line's columns
    found: QuerySet[Any],
    kind: WaitingKind,
    *,
    title: Any,
    detail: Any,
    since: str,
    is_early: Any = _NO,
    weight: Any = _NONE,
    state: Any = _NONE,
) -> QuerySet[Any, tuple[Any, ...]]:
    columns = {
        "line_kind": Value(kind.value, TextField()),
        "line_title": Cast(title, TextField()),
        "line_detail": Cast(detail, TextField()),
        "line_since": F(since),
        "line_is_early": is_early,
        "line_weight": Cast(weight, IntegerField()),
        "line_state": state,
    }
    kind_name, *others = columns
    shaped: QuerySet[Any, tuple[Any, ...]] = found.annotate(**columns).values_list(kind_name, "pk", *others)
    return shaped


def _undisclosed(_at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """What was set aside is back as soon as something more becomes known of it."""
    aside = Case.objects.filter(
        kind=WaitingKind.UNDISCLOSED, about=OuterRef("pk"), set_aside_at__isnull=False
    ).values("set_aside_at")
    found = awaiting_disclosure()
    told_since = (
        found.order_by().annotate(aside=Subquery(aside)).filter(revisions__recorded_at__gt=F("aside"))
    )
    return _shaped(
        found.filter(~Exists(aside) | Q(pk__in=told_since.values("pk"))),
        WaitingKind.UNDISCLOSED,
        title=F("title"),
        detail=F("buyer_name"),
        since="recorded_at",
        is_early=Q(stage__in=sorted(EARLY_STAGES)),
        state=latest_revision_number("pk"),
    )


def _registrations(_at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _shaped(
        Registration.objects.waiting(),
        WaitingKind.REGISTRATION,
        title=F("company_name"),
        detail=F("user__name"),
        since="registered_at",
    )


def _duplicates(_at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _shaped(
        waiting_proposals().select_related(None).defer(None),
        WaitingKind.DUPLICATE,
        title=F("first__title"),
        detail=F("second__title"),
        since="proposed_at",
        weight=F("likeness"),
        state=latest_revision_number("first") + latest_revision_number("second"),
    )


def _quarantined(_at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _shaped(
        quarantined_parts().select_related(None).defer(None),
        WaitingKind.QUARANTINED,
        title=F("reason"),
        detail=Concat(F("document__source__name"), Value(", "), F("place"), output_field=TextField()),
        since="quarantined_at",
    )


def _unsure(at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    aside = Case.objects.filter(
        kind=WaitingKind.UNSURE, about=OuterRef("pk"), set_aside_at__gte=OuterRef("asks_since")
    )
    return _shaped(
        unsure_extractions_at(at).filter(~Exists(aside)).select_related(None).defer(None),
        WaitingKind.UNSURE,
        title=F("notice__opportunity__title"),
        detail=F("document__source__name"),
        since="document__fetched_at",
        state=latest_revision_number("notice__opportunity"),
    )


def _rejected(_at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    return _shaped(
        rejected_documents().select_related(None).defer(None),
        WaitingKind.REJECTED,
        title=F("rejected_because"),
        detail=F("source__name"),
        since="fetched_at",
        state=F("attempts"),
    )


_ASKED: dict[WaitingKind, Callable[[datetime], QuerySet[Any, tuple[Any, ...]]]] = {
    WaitingKind.UNDISCLOSED: _undisclosed,
    WaitingKind.REGISTRATION: _registrations,
    WaitingKind.DUPLICATE: _duplicates,
    WaitingKind.QUARANTINED: _quarantined,
    WaitingKind.UNSURE: _unsure,
    WaitingKind.REJECTED: _rejected,
}
