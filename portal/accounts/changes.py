"""What is noted of rows that others rely on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from portal.accounts.models import RecordChange, User


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table."""

    table: str
    ids: Collection[int]


@dataclass(frozen=True, slots=True)
class Linked:
    """The rows of a table, there or deleted, that came to refer to a row or ceased to."""

    table: str
    column: str
    to: int


@dataclass(frozen=True, slots=True)
class ChangedColumn:
    """One column, and what it was and is; None for nothing."""

    column: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class NotedChange:
    about: str  # a table
    did: str
    at: datetime
    by: str | None  # a person's name; None for a program
    place: str
    because: str
    columns: tuple[ChangedColumn, ...]


def changes_of(rows: Iterable[Rows], *, linked: Iterable[Linked] = (), most: int = 200) -> list[NotedChange]:
    """What was noted of these rows, the latest first; at most so many. Two queries."""
    wanted = [Q(about=some.table, record__in=list(some.ids)) for some in rows]
    wanted += [Q(about=link.table, **{f"changes__{link.column}__contains": [link.to]}) for link in linked]
    noted = list(RecordChange.objects.filter(reduce(or_, wanted))[:most])
    names = dict(User.objects.filter(pk__in={one.changed_by for one in noted}).values_list("pk", "name"))
    return [
        NotedChange(
            one.about,
            one.did,
            one.changed_at,
            None if one.changed_by is None else names.get(one.changed_by, "–"),
            one.place,
            one.because,
            tuple(ChangedColumn(name, *values) for name, values in sorted(one.changes.items())),
        )
        for one in noted
    ]
