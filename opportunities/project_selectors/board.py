"""Projects in columns, one for each stage that they have come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from opportunities.models import Project, ProjectQuerySet
from opportunities.parsed_notice import Stage
from opportunities.project_selectors.door import by_expected
from portal.lib.clocks import INDIA

# As long as what has been tendered or called off is still shown among what is coming.
SHOWN_AFTER = timedelta(days=120)


class Column(StrEnum):
    """Where on the board a project stands, in order."""

    IDENTIFIED = "identified"
    DPR = "dpr"
    FUNDED = "funded"
    RFI = "rfi"
    TENDERED = "tendered"
    CALLED_OFF = "called_off"


# Only shown where something stands in them.
RARE = (Column.RFI, Column.CALLED_OFF)
_COLUMN = Case(
    When(stage=Stage.CANCELLED, then=Value(Column.CALLED_OFF)),
    When(told_tendered_at__isnull=False, then=Value(Column.TENDERED)),
    When(stage__in=(Stage.DPR, Stage.FUNDED, Stage.RFI), then=F("stage")),
    default=Value(Column.IDENTIFIED),
)


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What a person narrows the board to; "" leaves it as it is."""

    domain: str = ""
    state: str = ""
    is_slipping: bool = False
    is_followed: bool = False


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many projects there are in each column, field and state, and how many slip."""

    columns: dict[str, int]
    domains: dict[str, int]
    states: dict[str, int]
    slipping: int
    total: int


def on_the_board(projects: ProjectQuerySet, *, at: datetime) -> ProjectQuerySet:
    """What is coming, and what has lately been tendered; each with its ``column``."""
    lately = at - SHOWN_AFTER
    still = Q(told_tendered_at=None) | Q(told_tendered_at__gt=lately)
    called_off = Q(stage=Stage.CANCELLED, told_revision__recorded_at__lte=lately)
    return projects.filter(still).exclude(called_off).annotate(column=_COLUMN)


def narrowed_board(projects: ProjectQuerySet, wish: BoardFilter, *, at: datetime) -> ProjectQuerySet:
    """Those of the field, of the state, and those whose quarter slips. Whose it follows the caller knows."""
    if wish.domain:
        projects = projects.filter(opportunity__search_entry__domains__contains=[wish.domain])
    if wish.state:
        projects = projects.filter(state=wish.state)
    return slipping(projects, day=at.astimezone(INDIA).date()) if wish.is_slipping else projects


def slipping(projects: ProjectQuerySet, *, day: date) -> ProjectQuerySet:
    """Those expected later than was first told, or whose quarter has passed without a tender."""
    moved = Q(tender_expected_from__gt=F("expected_first_from"))
    return projects.filter(moved | _overdue(day), Q(told_tendered_at=None)).exclude(stage=Stage.CANCELLED)


def _overdue(day: date) -> Q:
    return Q(tender_expected_until__lt=day)


def top_of_each_column(projects: ProjectQuerySet, *, count: int) -> ProjectQuerySet:
    """The first few in each column, what is expected soonest on top. ``projects`` have their ``column``."""
    order = F("tender_expected_from").asc(nulls_last=True)
    numbered = projects.annotate(
        place=Window(RowNumber(), partition_by=F("column"), order_by=[order, F("pk").asc()])
    )
    return by_expected(numbered.filter(place__lte=count))


def board_counts(projects: ProjectQuerySet, *, at: datetime) -> BoardCounts:
    """All the numbers of a board, in one query."""
    day = at.astimezone(INDIA).date()
    rows = list(
        projects.order_by().values_list(
            _COLUMN,
            "opportunity__search_entry__domains",
            "state",
            "tender_expected_from",
            "tender_expected_until",
            "expected_first_from",
        )
    )
    still = [row for row in rows if row[0] not in (Column.TENDERED, Column.CALLED_OFF)]
    return BoardCounts(
        columns=dict(Counter(row[0] for row in rows)),
        domains=dict(Counter(domain for row in rows for domain in row[1] or ())),
        states=dict(Counter(row[2] for row in rows if row[2])),
        slipping=sum(1 for row in still if _slips(row[3], row[4], row[5], day)),
        total=len(rows),
    )


def _slips(begins: date | None, until: date | None, first: date | None, day: date) -> bool:
    has_moved = begins is not None and first is not None and begins > first
    return has_moved or (until is not None and until < day)


def in_column(projects: ProjectQuerySet, column: Column) -> ProjectQuerySet:
    return projects.annotate(column=_COLUMN).filter(column=column)


def column_of(project: Project) -> Column:
    """The column that a query put a project in."""
    return Column(vars(project)["column"])


def in_columns(projects: Iterable[Project]) -> dict[Column, list[Project]]:
    """Projects by their columns, all columns in order."""
    columns: dict[Column, list[Project]] = {column: [] for column in Column}
    for project in projects:
        columns[column_of(project)].append(project)
    return columns
