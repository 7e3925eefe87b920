"""Which other opportunities may be the same tender: asked once for each state of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db import transaction
from django.db.models import F, Q

from opportunities.errors import DisclosureDiffers
from opportunities.models import Merge, MergeProposal, Notice, Opportunity, OpportunityQuerySet
from opportunities.projects.records import TENDERED_STAGES
from opportunities.sameness.judge import Judgement, Verdict, judge
from opportunities.sameness.keys import is_numbered_by_a_portal
from opportunities.sameness.names import plain_words
from opportunities.sameness.record import Known, known_from
from opportunities.selectors import part_under
from opportunities.serialization import notice_from_json
from opportunities.services.merge import merge_opportunities, split_opportunity
from opportunities.services.projects.propose_links import propose_links
from opportunities.services.proposals import are_two, propose, reopen, withdraw_proposals

# Deadlines further apart are two tenders' or an extension's, which the ID tells.
DEADLINES_WITHIN = timedelta(days=2)
MOST_CANDIDATES = 200
# An ID that so many claim to bear names none of them.
MOST_OF_ONE_KEY = 8
# More than these would be one title that many tenders have: a person could tell them apart no better.
MOST_PROPOSALS = 3
_LONGEST_WORDS = 6


def compare_opportunity(opportunity_id: int, *, now: datetime) -> None:
    """Compare an opportunity, as it stands now, with those it may be the same as, and with projects.

    What is sure is merged, where every member sees both; what is likely, or sure but not disclosed alike,
    is proposed to the office; what was merged by rule and no longer is sure is split and proposed. What a
    person has decided stays. Comparing again does nothing until it changes.
    """
    if not _propose_merges(opportunity_id, now=now):
        return
    _split_unsure(opportunity_id, now=now)
    settle_proposals(opportunity_id, now=now)


def pending_comparisons(*, count: int) -> list[int]:
    """The opportunities that have still to be compared as they stand now, the latest first."""
    pending = Opportunity.objects.without_canaries().standing().filter(compared_at=None).order_by("-pk")
    return list(pending.values_list("pk", flat=True)[:count])


def settle_proposals(opportunity_id: int | None = None, *, now: datetime) -> None:
    """Merge what is sure and waits, of one opportunity or of all: it may have been disclosed meanwhile."""
    sure = MergeProposal.objects.undecided().filter(is_sure=True)
    if opportunity_id is not None:
        sure = sure.filter(Q(first=opportunity_id) | Q(second=opportunity_id))
    shown = sure.filter(first__disclosed_from__lte=now, second__disclosed_from__lte=now)
    for first, second in list(shown.order_by("pk").values_list("first", "second")[:100]):
        try:
            merge_opportunities(first, second, now=now)
        except DisclosureDiffers:  # decided between our look and our lock
            continue


@transaction.atomic
def _propose_merges(opportunity_id: int, *, now: datetime) -> bool:
    """Return False if it was compared already, is part of another now, or another worker has it."""
    # The lock keeps a new revision out until our mark is in.
    opportunity = (
        Opportunity.objects.standing()
        .select_for_update(skip_locked=True, no_key=True)
        .defer("search_vector")
        .filter(pk=opportunity_id, compared_at=None)
        .first()
    )
    if opportunity is None:
        return False
    found = list(_judged(opportunity))
    for other, judgement in found:
        propose(opportunity.pk, other, judgement, now=now)
    withdraw_proposals(opportunity.pk, besides=[other for other, _ in found])
    if opportunity.state and opportunity.stage in TENDERED_STAGES:
        propose_links(opportunity.pk, now=now)
    Opportunity.objects.filter(pk=opportunity.pk).update(compared_at=now)
    return True


def _judged(opportunity: Opportunity) -> Iterable[tuple[int, Judgement]]:
    """Those it is or may be the same as, and that nobody has called another tender."""
    named = set(_named_alike(opportunity).values_list("pk", flat=True))
    pks = [opportunity.pk, *named, *_told_alike(opportunity).values_list("pk", flat=True)[:MOST_CANDIDATES]]
    known, members = _known(pks)
    if opportunity.pk not in known:
        return
    likely: list[tuple[int, Judgement]] = []
    for pk in sorted(known.keys() - {opportunity.pk}):
        judgement = judge(known[opportunity.pk], known[pk])
        if judgement.verdict is Verdict.TWO or are_two(members[opportunity.pk], members[pk]):
            continue
        if judgement.verdict is Verdict.SURE:
            yield pk, judgement
        else:
            likely.append((pk, judgement))
    if len(likely) <= MOST_PROPOSALS:
        yield from likely


def _named_alike(opportunity: Opportunity) -> OpportunityQuerySet:
    """Those with one of its IDs or its address, unless these name half a list."""
    others = Opportunity.objects.without_canaries().standing().exclude(pk=opportunity.pk)
    named = [
        key
        for key in opportunity.identity_keys
        if others.filter(identity_keys__contains=[key])[:MOST_OF_ONE_KEY].count() < MOST_OF_ONE_KEY
    ]
    return others.filter(identity_keys__overlap=named) if named else Opportunity.objects.none()


def _told_alike(opportunity: Opportunity) -> OpportunityQuerySet:
    """Those in the same state, due at the same time, that share a word with its title: few of very many."""
    words = sorted({word for word in plain_words(opportunity.title).split() if word.isalpha()}, key=len)
    if not words:
        return Opportunity.objects.none()
    query = SearchQuery(" | ".join(words[-_LONGEST_WORDS:]), search_type="raw", config="english")
    near = Q(submission_deadline=None)
    at = opportunity.submission_deadline
    if at is not None:
        near |= Q(submission_deadline__range=(at - DEADLINES_WITHIN, at + DEADLINES_WITHIN))
    others = (
        Opportunity.objects.without_canaries()
        .standing()
        .exclude(pk=opportunity.pk)
        .filter(near, search_vector=query)
    )
    if opportunity.state:
        others = others.filter(state__in=(opportunity.state, ""))
    if is_numbered_by_a_portal(opportunity.publisher, opportunity.process_id):
        others = others.exclude(publisher=opportunity.publisher)
    if any(key.startswith("id:") for key in opportunity.identity_keys):
        # It bears an ID: whoever bears another is another tender.
        others = others.exclude(_bears_an_id())
    return others.order_by(F("submission_deadline").asc(nulls_last=True), "-pk")


def _bears_an_id() -> Q:
    # Keys are sorted, and an address ("at:") comes before an ID ("id:"). Of whoever has none the answer must
    # be no and not NULL, or exclude() leaves them out.
    first = Q(identity_keys__0__isnull=False, identity_keys__0__startswith="id:")
    return first | Q(identity_keys__1__isnull=False, identity_keys__1__startswith="id:")


def _known(pks: Collection[int]) -> tuple[dict[int, Known], dict[int, set[int]]]:
    """What each is known by, from all its notices, and the processes it is made of. Two queries."""
    rows = Opportunity.objects.filter(Q(pk__in=pks) | Q(merged_into__in=pks))
    root_of = {pk: into or pk for pk, into in rows.values_list("pk", "merged_into")}
    members: defaultdict[int, set[int]] = defaultdict(set)
    for pk, root in root_of.items():
        members[root].add(pk)
    told = defaultdict(list)
    notices = Notice.objects.filter(opportunity__in=root_of, superseded_at=None).order_by("pk")
    for pk, content in notices.values_list("opportunity_id", "content"):
        told[root_of[pk]].append(notice_from_json(content))
    return {root: known_from(notices) for root, notices in told.items()}, members


def _split_unsure(opportunity_id: int, *, now: datetime) -> None:
    """Take back merges by rule that no longer are sure, since something that contradicts has come in."""
    of_it = Q(into=opportunity_id) | Q(into__merged_into=opportunity_id)
    for merge in Merge.objects.in_force().filter(of_it, merged_by=None).order_by("pk"):
        whole = set(Opportunity.objects.filter(merged_into=opportunity_id).values_list("pk", flat=True))
        leaving = part_under(merge.away_id, whole)
        staying = {opportunity_id, *whole} - leaving
        if judge(_told(staying), _told(leaving)).verdict is not Verdict.SURE:
            split_opportunity(merge.pk, now=now)
            reopen(staying, leaving)


def _told(processes: Collection[int]) -> Known:
    contents = Notice.objects.filter(opportunity__in=processes, superseded_at=None).values_list(
        "content", flat=True
    )
    return known_from(notice_from_json(content) for content in contents)
