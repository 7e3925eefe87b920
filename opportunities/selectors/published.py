"""What open data is made of: processes that everyone may know of, and whether they have changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Max, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncMonth

from opportunities.compile import SeenNotice
from opportunities.exports.told import ToldBuyer, ToldNotice, ToldProcess
from opportunities.models import Notice, Opportunity, OpportunityQuerySet, OpportunityRevision
from opportunities.models.opportunity import NUMBER
from opportunities.ruled import Ruled, as_ruled
from opportunities.selectors.door import public_opportunities
from opportunities.selectors.rulings import ProcessKey, rulings_of
from opportunities.serialization import notice_from_json
from portal.lib.batches import batched

_AT_ONCE = 500  # processes that are read together


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
    told = public_opportunities(at=at).annotate(month=TruncMonth("disclosed_from", tzinfo=UTC)).order_by()
    counted = told.values("month").annotate(processes=Count("pk")).order_by("-month")
    return [MonthCounted(row["month"].date(), row["processes"]) for row in counted]


def months_told(*, at: datetime, month: date | None = None) -> list[MonthTold]:
    """Every month in which something was told, or that one, the latest first.

    ``state`` is another as soon as a release or record of the month would be: when one is added, corrected,
    merged or withdrawn. Nothing that isn't told goes into it. Two queries however many there are.
    """
    told = public_opportunities(at=at)
    if month is not None:
        told = _of(told, month)
    months = (
        told.annotate(month=TruncMonth("disclosed_from", tzinfo=UTC), line=_line())
        .order_by()
        .values("month")
        .annotate(processes=Count("pk"), lines=StringAgg("line", delimiter=";", order_by="pk"))
    )
    return [
        MonthTold(row["month"].date(), row["processes"], sha256(row["lines"].encode()).hexdigest())
        for row in months.order_by("-month")
    ]


def processes_told(*, at: datetime, month: date | None = None) -> Iterator[ToldProcess]:
    """Yield every process that everyone may know of, or those of a month. Memory is flat."""
    told = public_opportunities(at=at)
    if month is not None:
        told = _of(told, month)
    ids = told.order_by("disclosed_from", "pk").values_list("pk", flat=True)
    for batch in batched(ids.iterator(chunk_size=20 * _AT_ONCE), _AT_ONCE):
        # The door is asked again: what was withdrawn since the first row was read isn't told.
        yield from _told(public_opportunities(at=at).filter(pk__in=batch).order_by("disclosed_from", "pk"))


def process_told(number: str, *, at: datetime) -> ToldProcess | None:
    """The process that open data numbers so (told.number_of), if everyone may know of it."""
    found = public_opportunities(at=at).annotate(number=NUMBER).filter(number=number)
    return next(_told(found), None)


def latest_told(*, at: datetime) -> ToldProcess | None:
    """What everyone was told of last."""
    last = public_opportunities(at=at).order_by("-disclosed_from", "-pk").values_list("pk", flat=True)[:1]
    return next(_told(public_opportunities(at=at).filter(pk__in=list(last))), None)


def processes_told_among(opportunities: Collection[int], *, at: datetime) -> dict[int, ToldProcess]:
    """Those of these opportunities that everyone may know of, by their keys."""
    found = public_opportunities(at=at).filter(pk__in=opportunities).order_by("pk")
    keys = list(found.values_list("pk", flat=True))
    return dict(zip(keys, _told(found.filter(pk__in=keys)), strict=True))


def _of(told: OpportunityQuerySet, month: date) -> OpportunityQuerySet:
    begins = datetime(month.year, month.month, 1, tzinfo=UTC)
    ends = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    return told.filter(disclosed_from__gte=begins, disclosed_from__lt=ends)


def _line() -> Concat:
    """Whatever releases and records of one process follow from."""
    revisions = OpportunityRevision.objects.filter(opportunity=OuterRef("pk")).order_by("-number")
    notices = Notice.objects.filter(superseded_at=None).order_by()
    parts = (
        Cast("pk", TextField()),
        Cast("disclosed_from", TextField()),
        Cast(Subquery(revisions.values("pk")[:1]), TextField()),
        Cast("unsure", TextField()),
        _counted(notices.filter(opportunity=OuterRef("pk")), "opportunity"),
        _counted(notices.filter(opportunity__merged_into=OuterRef("pk")), "opportunity__merged_into"),
        Cast("search_entry__domains", TextField()),
        Cast("buyer_naming__buyer", TextField()),
    )
    text = TextField()
    each = (Coalesce(part, Value("", text), output_field=text) for part in parts)
    return Concat(*(piece for told in each for piece in (told, Value(",", text))), output_field=text)


def _counted(notices: object, by: str) -> Subquery:
    grouped = notices.values(by).annotate(  # type: ignore[attr-defined]  # a QuerySet of values
        counted=Concat(Cast(Count("pk"), TextField()), Value("/", TextField()), Cast(Max("pk"), TextField()))
    )
    return Subquery(grouped.values("counted"))


def _told(found: OpportunityQuerySet) -> Iterator[ToldProcess]:
    opportunities = list(
        found.select_related("buyer_naming__buyer__city").values_list(
            "pk",
            "publisher",
            "process_id",
            "disclosed_from",
            "search_entry__domains",
            "buyer_naming__buyer__slug",
            "buyer_naming__buyer__name",
            "buyer_naming__buyer__city__name",
            "buyer_naming__buyer__state",
        )
    )
    # The door lets nothing through that isn't disclosed.
    disclosed = {row[0]: row[3] for row in opportunities if row[3] is not None}
    notices = _notices_of(disclosed)
    for pk, publisher, process_id, _, domains, slug, name, city, state in opportunities:
        yield ToldProcess(
            publisher,
            process_id,
            disclosed[pk],
            tuple(notices[pk]),
            tuple(domains or ()),
            ToldBuyer(slug, name, city or "", state or "") if slug else None,
        )


def _notices_of(disclosed: dict[int, datetime]) -> dict[int, list[ToldNotice]]:
    """What was published about each, also under the names of processes that were merged into it."""
    merged = Opportunity.objects.filter(merged_into__in=disclosed).values_list("pk", "merged_into")
    root = {pk: pk for pk in disclosed} | {pk: into for pk, into in merged if into is not None}
    rulings = _rulings(root)
    told: dict[int, list[ToldNotice]] = {pk: [] for pk in disclosed}
    rows = Notice.objects.filter(opportunity__in=root, superseded_at=None).order_by("pk")
    for part, content, seen_at, recorded_at in rows.values_list(
        "opportunity_id", "content", "seen_at", "recorded_at"
    ):
        parsed = notice_from_json(content)
        if parsed.process in rulings:
            parsed = as_ruled(parsed, rulings[parsed.process])
        at = max(recorded_at, disclosed[root[part]])
        told[root[part]].append(ToldNotice(SeenNotice(parsed, seen_at), at))
    return told


def _rulings(processes: Collection[int]) -> dict[ProcessKey, list[Ruled]]:
    return rulings_of(Opportunity.objects.filter(pk__in=processes).only("publisher", "process_id"))
