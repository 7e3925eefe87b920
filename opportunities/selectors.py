from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from opportunities.compile import CHANGING_KINDS, Change, SeenNotice, compile_facts
from opportunities.models import (
    Merge,
    MergeProposal,
    MergeQuerySet,
    Notice,
    Opportunity,
    OpportunityQuerySet,
    OpportunityRevision,
    Requirement,
    Ruling,
    open_at,
)
from opportunities.parsed_notice import NoticeKind, OpportunityFacts
from opportunities.ruled import Ruled, as_ruled
from opportunities.serialization import changes_from_json, notice_from_json, ruled_from_json
from portal.accounts.models import Company

ProcessKey = tuple[str, str]  # publisher, process_id
Opportunities = OpportunityQuerySet  # for readers to name what came through the door


def visible_opportunities(*, to: Company, at: datetime) -> OpportunityQuerySet:
    """What ``to`` may know of at that moment: the one door for pages, mail, feeds, exports and counts.

    Every company that the office has approved is told at the same instant, and no other at all. A rule that
    treats companies differently belongs here, and nowhere else.
    """
    if not to.is_approved:
        return Opportunity.objects.none()
    return Opportunity.objects.without_canaries().standing().disclosed_at(at)


def is_open(at: datetime) -> Q:
    """Whether an opportunity that a query holds can still be worked for."""
    return open_at(at)


def processes_behind(opportunities: Iterable[int] | OpportunityQuerySet) -> OpportunityQuerySet:
    """The processes these opportunities are read from: themselves, and what is merged into them."""
    return Opportunity.objects.filter(Q(pk__in=opportunities) | Q(merged_into__in=opportunities))


def merges_in_force() -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """What is merged into what, each as publisher and process, in the order in which it was done."""
    names = ("away__publisher", "away__process_id", "into__publisher", "into__process_id")
    rows = Merge.objects.in_force().order_by("pk").values_list(*names)
    return [((here, this), (there, that)) for here, this, there, that in rows]


def survivor_of(opportunity_id: int) -> int | None:
    """The opportunity that one is read as a part of; None where it stands by itself, or there is none."""
    found = Opportunity.objects.filter(pk=opportunity_id).values_list("merged_into", flat=True)
    return found.first()


@dataclass(frozen=True, slots=True)
class RevisionChanges:
    """What one revision changed."""

    number: int
    changes: tuple[Change, ...]


def changes_by_opportunity(opportunity_ids: Collection[int]) -> dict[int, tuple[RevisionChanges, ...]]:
    """The revisions of each opportunity in order, in one query. Ask only about what came through the door."""
    found: dict[int, list[RevisionChanges]] = defaultdict(list)
    rows = OpportunityRevision.objects.filter(opportunity__in=opportunity_ids).order_by("number")
    for opportunity_id, number, changes in rows.values_list("opportunity_id", "number", "changes"):
        found[opportunity_id].append(RevisionChanges(number, changes_from_json(changes)))
    return {opportunity_id: tuple(revisions) for opportunity_id, revisions in found.items()}


def changes_through_merges(told: Mapping[int, int]) -> dict[int, tuple[RevisionChanges, ...]]:
    """What is new to those who knew opportunities that are merged away, each by its key and revision number.

    First what was still said of it alone, then what the merge made different, then what the survivor has
    told since; in order, whatever the numbers. Two queries.
    """
    roots = Opportunity.objects.filter(pk__in=told).values("merged_into")
    in_force = Merge.objects.in_force().filter(away__merged_into__in=roots).select_related("revision")
    merges = {merge.away_id: merge for merge in in_force}
    revisions = changes_by_opportunity({*merges, *(merge.into_id for merge in merges.values())})
    found: dict[int, tuple[RevisionChanges, ...]] = {}
    for opportunity_id, number in told.items():
        at, since, news = opportunity_id, number, []
        while True:
            news += [revision for revision in revisions.get(at, ()) if revision.number > since]
            merge = merges.get(at)
            if merge is None:
                break
            since = merge.revision.number
            news.append(RevisionChanges(since, changes_from_json(merge.changes)))
            at = merge.into_id
        found[opportunity_id] = tuple(news)
    return found


def requirements_of(opportunity_id: int) -> list[Requirement]:
    """What an opportunity asks for, in its notices' order. The caller has been through the door for it."""
    return requirements_by_opportunity([opportunity_id])[opportunity_id]


def requirements_by_opportunity(opportunity_ids: Collection[int]) -> dict[int, list[Requirement]]:
    """What each asks for, in one query. Ask only about what came through the door."""
    found: dict[int, list[Requirement]] = {opportunity_id: [] for opportunity_id in opportunity_ids}
    rows = Requirement.objects.filter(opportunity__in=opportunity_ids)
    for row in rows.order_by("notice__published_at", "notice", "number"):
        found[row.opportunity_id].append(row)
    return found


def rulings_of(processes: Iterable[Opportunity]) -> dict[ProcessKey, list[Ruled]]:
    """What the office decided about readings of each process, in the order it did. One query."""
    keyed = _rulings_in_force((row.publisher, row.process_id) for row in processes)
    return {
        key: [ruled_from_json(row.notice_id, row.field, row.read, row.value) for row in rows]
        for key, rows in keyed.items()
    }


def rulings_about(processes: Iterable[int] | OpportunityQuerySet) -> dict[int, list[Ruling]]:
    """The rows of these rulings, for each process by its key. Two queries."""
    known = Opportunity.objects.filter(Q(pk__in=processes)).values_list("pk", "publisher", "process_id")
    keys = {pk: (publisher, process_id) for pk, publisher, process_id in known}
    keyed = _rulings_in_force(keys.values())
    return {pk: keyed.get(key, []) for pk, key in keys.items()}


def _rulings_in_force(keys: Iterable[ProcessKey]) -> dict[ProcessKey, list[Ruling]]:
    wanted = set(keys)
    found: dict[ProcessKey, list[Ruling]] = {}
    numbered = Ruling.objects.in_force().filter(process_id__in={process_id for _, process_id in wanted})
    for row in numbered.select_related("decided_by").order_by("pk"):
        if (key := (row.publisher, row.process_id)) in wanted:
            found.setdefault(key, []).append(row)
    return found


def opportunity_ruled_on(ruling_id: int) -> int | None:
    """The opportunity that is read under a ruling; None if there is no such ruling. For the office alone."""
    ruling = Ruling.objects.filter(pk=ruling_id).first()
    if ruling is None:
        return None
    process = Opportunity.objects.filter(publisher=ruling.publisher, process_id=ruling.process_id)
    return process.values_list(Coalesce("merged_into", "pk"), flat=True).first()


def rulings_on(process: str) -> ArraySubquery:
    """The rulings about the process that a query reaches by this path, in order, as JSON objects."""
    of_process = Ruling.objects.in_force().filter(
        publisher=OuterRef(f"{process}__publisher"), process_id=OuterRef(f"{process}__process_id")
    )
    names = ("field", "words", "read", "value", "decided_at")
    return ArraySubquery(
        of_process.order_by("pk").values(ruling=JSONObject(**{name: name for name in names}))
    )


def opportunities_for_office() -> OpportunityQuerySet:
    """Everything, disclosed or not: only for pages that none but the office may open."""
    return Opportunity.objects.without_canaries().standing()


def awaiting_disclosure() -> OpportunityQuerySet:
    """What nobody but the office knows of, the latest first: never disclosed, or withdrawn."""
    hidden = opportunities_for_office().filter(disclosed_from=None)
    return hidden.order_by("-recorded_at", "-pk")


def part_under(away_id: int, processes: Collection[int]) -> set[int]:
    """Which of a group's processes leave it with the one that is merged away: that one and its own."""
    into = dict(Merge.objects.in_force().filter(away__in=processes).values_list("away_id", "into_id"))

    def leads_there(pk: int) -> bool:
        while pk != away_id and pk in into:
            pk = into[pk]
        return pk == away_id

    return {pk for pk in {*processes, away_id} if leads_there(pk)}


def waiting_proposals() -> models.QuerySet[MergeProposal]:
    """Pairs that a person has to decide about, the likeliest first: for the office alone."""
    both_stand = MergeProposal.objects.undecided().filter(first__merged_into=None, second__merged_into=None)
    return both_stand.select_related("first", "second").defer("first__search_vector", "second__search_vector")


def merges() -> MergeQuerySet:
    """Everything that was ever merged, the latest first: for the office alone."""
    rows = Merge.objects.select_related("away", "into", "merged_by", "undone_by").order_by("-pk")
    return rows.defer("away__search_vector", "into__search_vector")


def merges_of(opportunity_id: int) -> MergeQuerySet:
    """What an opportunity is made of beside its own process: for the office alone."""
    return merges().in_force().filter(away__merged_into=opportunity_id)


def facts_of(processes: Collection[int]) -> OpportunityFacts:
    """What the notices of these processes say by themselves, as the office reads them. For it alone."""
    rulings = rulings_of(Opportunity.objects.filter(pk__in=processes).only("publisher", "process_id"))
    notices = Notice.objects.filter(opportunity__in=processes, superseded_at=None).order_by("pk")
    told = [
        SeenNotice(notice_from_json(content), seen_at)
        for content, seen_at in notices.values_list("content", "seen_at")
    ]
    return compile_facts(
        SeenNotice(as_ruled(seen.notice, rulings.get(seen.notice.process, ())), seen.seen_at) for seen in told
    )


# Portals put a session into the address, so that it changes with every visit.
_NOT_TOLD = frozenset({"url"})


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What one notice changed about an opportunity."""

    opportunity_id: int
    number: int
    kind: str
    notice_id: str
    published_at: datetime | None
    recorded_at: datetime
    changes: tuple[Change, ...]

    @property
    def happened_at(self) -> datetime:
        return self.published_at or self.recorded_at

    @property
    def shown_changes(self) -> list[Change]:
        """What to tell field by field: all of a corrigendum, else what was said otherwise before."""
        return [
            change
            for change in self.changes
            if change.field not in _NOT_TOLD and (change.before is not None or self.kind in CHANGING_KINDS)
        ]

    @property
    def added_fields(self) -> list[str]:
        """What was not known before and merely filled in."""
        told = {change.field for change in self.shown_changes}
        return [change.field for change in self.changes if change.field not in told | _NOT_TOLD]

    @property
    def deadline_moved_by(self) -> int:
        """By how many days the last moment for bids moved; 0 where it didn't, or one end isn't stated."""
        for change in self.changes:
            if change.field == "submission_deadline" and change.before and change.after:
                moved: timedelta = change.after.at - change.before.at
                return round(moved / timedelta(days=1))
        return 0


def opportunity_history(opportunity_id: int) -> list[HistoryEntry]:
    """What changed, the latest first. The caller has been through the door for this opportunity."""
    revisions = OpportunityRevision.objects.filter(opportunity=opportunity_id).telling_a_change()
    return [_entry(revision) for revision in revisions.select_related("notice").order_by("-number")]


def known_early_at(opportunity: str) -> Subquery:
    """When what a query reaches by this path was first told of, if that was before there was a tender."""
    parts = Q(opportunity=OuterRef(opportunity)) | Q(opportunity__merged_into=OuterRef(opportunity))
    early = Notice.objects.filter(parts, kind=NoticeKind.PLANNING)
    told = early.annotate(told_at=Coalesce("published_at", "recorded_at")).order_by("told_at")
    return Subquery(told.values("told_at")[:1])


def latest_changes(opportunity_ids: Iterable[int]) -> dict[int, HistoryEntry]:
    """The latest change of each that has changed, in one query."""
    revisions = (
        OpportunityRevision.objects.filter(opportunity__in=opportunity_ids)
        .telling_a_change()
        .select_related("notice")
        .order_by("opportunity", "-number")
        .distinct("opportunity")
    )
    return {revision.opportunity_id: _entry(revision) for revision in revisions}


def changes_since(moment: datetime) -> models.QuerySet[OpportunityRevision]:
    """What changed from that moment on: to ask whether an opportunity has."""
    return OpportunityRevision.objects.telling_a_change().filter(recorded_at__gte=moment)


def changes_after(number: int | OuterRef) -> models.QuerySet[OpportunityRevision]:
    """What changed after the revision of that number: to ask whether an opportunity has."""
    return OpportunityRevision.objects.telling_a_change().filter(number__gt=number)


def _entry(revision: OpportunityRevision) -> HistoryEntry:
    return HistoryEntry(
        opportunity_id=revision.opportunity_id,
        number=revision.number,
        kind=revision.notice.kind,
        notice_id=revision.notice.notice_id,
        published_at=revision.notice.published_at,
        recorded_at=revision.recorded_at,
        changes=changes_from_json(revision.changes),
    )
