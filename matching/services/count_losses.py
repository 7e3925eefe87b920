from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from matching.bidding.eligibility.records import Answer
from matching.bidding.feasibility.records import Outlook
from matching.bids import BidOutlook, bid_outlook, bidder_of, calls_of
from matching.models import CapabilityProfile, LossCount
from matching.selectors import matches_of
from opportunities.models import Opportunity
from opportunities.parsed_notice import RequirementKind
from portal.lib.batches import batched
from portal.lib.clocks import STOCKHOLM
from portal.lib.locks import try_advisory_lock

# From the top of each list: what lies further down a company hardly thinks of bidding for.
BEST = 10
_BATCH = 100  # profiles

_GATES = {
    RequirementKind.TURNOVER: LossCount.Gate.TURNOVER,
    RequirementKind.LOCAL_CONTENT: LossCount.Gate.LOCAL_CONTENT,
}


def count_losses(*, now: datetime) -> bool:
    """Count what stops members from bidding for the best of their lists; it stands for the day.

    Counting again on the same day replaces the count. False while another is counting.
    """
    with try_advisory_lock("losses") as is_ours:
        if not is_ours:
            return False
        stopped = _stopped(now=now)
        day = now.astimezone(STOCKHOLM).date()
        with transaction.atomic():
            LossCount.objects.filter(counted_on=day).delete()
            LossCount.objects.bulk_create(
                LossCount(
                    counted_on=day,
                    gate=gate,
                    matches=len(stopped[gate]),
                    companies=len({company for company, _ in stopped[gate]}),
                )
                for gate in LossCount.Gate
            )
        return True


def _stopped(*, now: datetime) -> dict[str, set[tuple[int, int]]]:
    """By gate the companies, each with the opportunity that it stopped."""
    stopped: dict[str, set[tuple[int, int]]] = defaultdict(set)
    current = CapabilityProfile.objects.current().filter(company__approved_at__isnull=False)
    profiles = current.select_related("company").prefetch_related("yearly_turnovers", "completed_projects")
    for batch in batched(profiles.order_by("pk").iterator(chunk_size=_BATCH), _BATCH):
        best = {profile: _best_of(profile, now=now) for profile in batch}
        asked = {pk for ids in best.values() for pk in ids}
        # All that a batch has in its lists is read once: a query for each would take minutes.
        opportunities = Opportunity.objects.defer("search_vector").in_bulk(asked)
        calls = calls_of(opportunities.values(), now=now)
        for profile, ids in best.items():
            bidder = bidder_of(profile)
            for pk in ids:
                outlook = bid_outlook(bidder, calls[pk], opportunities[pk], now=now)
                for gate in _gates(outlook):
                    stopped[gate].add((profile.company_id, pk))
    return stopped


def _best_of(profile: CapabilityProfile, *, now: datetime) -> list[int]:
    """The ids at the top of its list, all of which it may know of."""
    matches = matches_of(profile, at=now).order_by("-score", "pk")
    return list(matches.values_list("opportunity_id", flat=True)[:BEST])


def _gates(outlook: BidOutlook) -> Iterator[str]:
    for finding in outlook.findings:
        if finding.answer is Answer.GAP and finding.kind in _GATES:
            yield _GATES[finding.kind]
    if any(finding.answer is Answer.TEAM for finding in outlook.findings):
        yield LossCount.Gate.PARTNER
    if outlook.plan.outlook is Outlook.TOO_LATE:
        yield LossCount.Gate.TIME
