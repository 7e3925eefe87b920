"""In which months everyone was told of processes, and whether what is told of a month has changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DecimalField,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncMonth

from opportunities.models import (
    LedgerEntry,
    Notice,
    Opportunity,
    OpportunityQuerySet,
    OpportunityRevision,
    Ruling,
)
from opportunities.selectors.door import public_opportunities


@dataclass(frozen=True, slots=True)
class MonthCounted:
    """How many processes everyone was first told of in a month, of UTC."""

    month: date  # its first day
    processes: int


@dataclass(frozen=True, slots=True)
class MonthTold(MonthCounted):
    """A month with what tells the state of its processes."""

    state: str


def months_counted(*, at: datetime) -> list[MonthCounted]:
    """Every month in which something was told, the latest first. A single query that reads no notices."""
    counted = _by_month(public_opportunities(at=at)).annotate(processes=Count("pk")).order_by("-month")
    return [MonthCounted(row["month"].date(), row["processes"]) for row in counted]


def months_told(*, at: datetime, month: date | None = None) -> list[MonthTold]:
    """Every month in which something was told, or that one, the latest first.

    ``state`` is another as soon as a release or record of the month would be: when one is added, corrected,
    merged or withdrawn. Nothing that isn't told goes into it. Six queries however many there are.
    """
    told = public_opportunities(at=at)
    if month is not None:
        told = told_in(told, month)
    processes: dict[datetime, int] = {}
    marks: defaultdict[datetime, list[object]] = defaultdict(list)
    for row in _by_month(told).annotate(processes=Count("pk"), mark=_sum_of("disclosed_from")):
        processes[row["month"]] = row["processes"]
        marks[row["month"]].append(row["mark"])
    for name, found in _parts(told).items():
        for row in found:
            marks[row["month"]].append((name, row["count"], row["mark"]))
    for month_told, rulings in _rulings(told).items():
        marks[month_told].append(("rulings", rulings))
    return [
        MonthTold(one.date(), processes[one], sha256(repr(marks[one]).encode()).hexdigest())
        for one in sorted(processes, reverse=True)
    ]


def told_between(*, at: datetime) -> tuple[datetime, datetime] | None:
    """When everyone was told of the first process, and when of the last; None before the first. One query."""
    ends = public_opportunities(at=at).aggregate(first=Min("disclosed_from"), last=Max("disclosed_from"))
    return None if ends["first"] is None else (ends["first"], ends["last"])


def last_acts(*, at: datetime) -> tuple[object, ...]:
    """What was done last by then: another as soon as something is disclosed, corrected or withdrawn.

    So it is, too, when something is recorded or ruled. It tells of what is hidden, and is told to nobody.
    Five queries, each of one row of an index.
    """
    latest = (
        LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True),
        OpportunityRevision.objects.order_by("-pk").values_list("pk", flat=True),
        Notice.objects.order_by("-pk").values_list("pk", flat=True),
        Ruling.objects.order_by("-pk").values_list("pk", flat=True),
        Opportunity.objects.filter(disclosed_from__lte=at)
        .order_by("-disclosed_from", "-pk")
        .values_list("disclosed_from", "pk"),
    )
    return tuple(rows.first() for rows in latest)


def told_in(told: OpportunityQuerySet, month: date) -> OpportunityQuerySet:
    """Those that everyone was first told of in a month of UTC."""
    begins = datetime(month.year, month.month, 1, tzinfo=UTC)
    ends = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    return told.filter(disclosed_from__gte=begins, disclosed_from__lt=ends)


def _parts(told: OpportunityQuerySet) -> dict[str, Any]:
    """Whatever else releases and records follow from, a query each, which reads one table beside the door's.

    Revisions stand for what notices say when they count in another order; a notice says the same for ever.
    """
    standing, merged = {"notices__superseded_at": None}, {"merged__notices__superseded_at": None}
    buyer = "buyer_naming__buyer__"
    named = Concat(*(F(f"{buyer}{name}") for name in ("slug", "name", "state", "city__name")))
    return {
        "domains": _marked(told, "search_entry__domains"),
        "buyers": _marked(told.filter(buyer_naming__buyer__isnull=False), named),
        "notices": _marked(told.filter(notices__isnull=False, **standing), "notices__pk"),
        "merged": _marked(
            told.filter(merged__merged_into__isnull=False, merged__notices__isnull=False, **merged),
            "merged__notices__pk",
        ),
        "revisions": _marked(told, "revisions__number"),
    }


def _by_month(told: OpportunityQuerySet) -> Any:
    return told.annotate(month=TruncMonth("disclosed_from", tzinfo=UTC)).order_by().values("month")


def _marked(told: OpportunityQuerySet, value: Any) -> Any:
    return _by_month(told).annotate(count=Count(value), mark=_sum_of(value))


def _sum_of(value: Any) -> Sum:
    """What a value is for each process, as one number: in whatever order the database adds them up."""
    text = Cast(value, TextField())
    hashed = Func(text, F("pk"), function="hashtextextended", output_field=BigIntegerField())
    return Sum(hashed, output_field=DecimalField(max_digits=40, decimal_places=0))


def _rulings(told: OpportunityQuerySet) -> dict[datetime, list[int]]:
    """Which are in force in each month: they are few, and go by the process's own number."""
    part = Opportunity.objects.filter(publisher=OuterRef("publisher"), process_id=OuterRef("process_id"))
    root = Subquery(part.values(root=Coalesce("merged_into", "pk"))[:1])
    ruled = Ruling.objects.in_force().order_by("pk").annotate(root=root).values_list("pk", "root")
    known = list(ruled)
    of_root = told.filter(pk__in={pk for _, pk in known if pk is not None})
    months = dict(of_root.annotate(month=TruncMonth("disclosed_from", tzinfo=UTC)).values_list("pk", "month"))
    found: defaultdict[datetime, list[int]] = defaultdict(list)
    for ruling, pk in known:
        if pk in months:
            found[months[pk]].append(ruling)
    return found
