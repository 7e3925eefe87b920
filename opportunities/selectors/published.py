"""What open data is made of: processes that everyone may know of, with all that was published about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from opportunities.compile import SeenNotice
from opportunities.exports.told import ToldBuyer, ToldNotice, ToldProcess
from opportunities.models import Notice, Opportunity, OpportunityQuerySet
from opportunities.models.opportunity import NUMBER
from opportunities.ruled import as_ruled
from opportunities.selectors.door import public_opportunities
from opportunities.selectors.rulings import ProcessKey, rulings_by_key
from opportunities.selectors.told_months import told_in
from opportunities.serialization import notice_from_json
from portal.lib.batches import batched

_AT_ONCE = 1_000  # processes that are read together


def processes_told(*, at: datetime, month: date | None = None) -> Iterator[ToldProcess]:
    """Yield every process that everyone may know of, or those of a month. Memory is flat."""
    told = public_opportunities(at=at)
    if month is not None:
        told = told_in(told, month)
    ids = told.order_by("disclosed_from", "pk").values_list("pk", flat=True)
    for batch in batched(ids.iterator(chunk_size=10 * _AT_ONCE), _AT_ONCE):
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
    notices = _notices_of(disclosed, [(row[1], row[2]) for row in opportunities])
    for pk, publisher, process_id, _, domains, slug, name, city, state in opportunities:
        yield ToldProcess(
            publisher,
            process_id,
            disclosed[pk],
            tuple(notices[pk]),
            tuple(domains or ()),
            ToldBuyer(slug, name, city or "", state or "") if slug else None,
        )


def _notices_of(
    disclosed: dict[int, datetime], processes: Iterable[ProcessKey]
) -> dict[int, list[ToldNotice]]:
    """What was published about each, also under the names of processes that were merged into it."""
    merged = Opportunity.objects.filter(merged_into__in=disclosed)
    parts = list(merged.values_list("pk", "merged_into", "publisher", "process_id"))
    root = {pk: pk for pk in disclosed} | {pk: into for pk, into, *_ in parts if into is not None}
    rulings = rulings_by_key([*processes, *((publisher, number) for _, _, publisher, number in parts)])
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
