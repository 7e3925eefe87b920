from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from matching.facing_records import offered_in
from matching.models import CapabilityProfile, CapabilityProfileQuerySet, ScoredRevision
from matching.scoring.engine import PreparedOffered, score
from matching.scoring.learning.feedback import with_feedback
from matching.scoring.records import Offered, Score, TermCounts
from matching.services.match_index import profiles_in_reach
from matching.services.reading import read_offered, read_profiles
from matching.services.store_matches import store_matches
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity


@dataclass(frozen=True, slots=True)
class _Scored:
    """What each profile makes of an opportunity, as it was when it was read."""

    offered: Offered
    scores: Mapping[int, Score]
    changed_at: Mapping[int, datetime]  # when each profile had changed last


@with_current_vocabulary
def score_opportunity(opportunity_id: int, *, now: datetime) -> None:
    """Match an opportunity, as it stands now, against every profile it may fit; mark its revisions as scored.

    A burst of revisions costs one scoring. Scoring again does nothing until there is a new revision.
    """
    found = _scored(opportunity_id, now=now)
    if found is not None:
        with transaction.atomic():
            _store(opportunity_id, found, now=now)


def _scored(opportunity_id: int, *, now: datetime) -> _Scored | None:
    """Read both sides, keep their vectors, and score, before anything is locked for long."""
    rows = Opportunity.objects.defer("search_vector").filter(pk=opportunity_id)
    with transaction.atomic():
        claimed = rows.select_for_update(skip_locked=True, no_key=True).first()
        if claimed is None or not claimed.revisions.filter(scored=None).exists():
            return None
        (offered,) = read_offered([claimed], now=now)
    counts = current_term_counts()
    profiles = list(_profiles(claimed, offered, counts, now=now))
    wanted = read_profiles(profiles, now=now)
    scores = {profile: score(each, offered, counts) for profile, each in wanted.items()}
    tastes = tastes_of(
        {profile: wanted[profile] for profile, base in scores.items() if base.points}, counts, now=now
    )
    for profile, taste in tastes.items():
        scores[profile] = with_feedback(scores[profile], taste, offered, counts)
    return _Scored(offered.offered, scores, {profile.pk: profile.changed_at for profile in profiles})


def _profiles(
    opportunity: Opportunity, offered: PreparedOffered, counts: TermCounts, *, now: datetime
) -> CapabilityProfileQuerySet:
    """Those it may fit, and those it was matched with before, which may lose it."""
    if opportunity.is_canary:  # decided all the same: it fits nobody
        return CapabilityProfile.objects.none()
    matched = CapabilityProfile.objects.filter(matches__opportunity=opportunity).values_list("pk", flat=True)
    in_reach = profiles_in_reach(offered, counts, now=now)
    return in_reach | CapabilityProfile.objects.current().filter(pk__in=list(matched))


def _store(opportunity_id: int, found: _Scored, *, now: datetime) -> None:
    # The lock keeps a new revision out until our marks are in, so none is marked unread. It leaves the key
    # alone, or a scorer of profiles could hold a profile whose match we write, and wait for our opportunity.
    opportunity = (
        Opportunity.objects.select_for_update(skip_locked=True, no_key=True)
        .defer("search_vector")
        .filter(pk=opportunity_id)
        .first()
    )
    if opportunity is None or offered_in(opportunity) != found.offered:
        return  # another worker has it, or it has changed since: its new revision is still to be scored
    pending = list(opportunity.revisions.filter(scored=None))
    if not pending:
        return
    current = CapabilityProfile.objects.current().filter(pk__in=found.scores)
    standing = list(current.values_list("pk", "changed_at"))
    if any(found.changed_at[pk] != changed_at for pk, changed_at in standing):
        return  # what it says now may be scored already, and mustn't be overwritten: the next sweep reads it
    store_matches(((pk, opportunity.pk, found.scores[pk]) for pk, _ in standing), now=now)
    ScoredRevision.objects.bulk_create(ScoredRevision(revision=r, scored_at=now) for r in pending)
