from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from matching.models import CapabilityProfile, CapabilityProfileQuerySet, ScoredRevision
from matching.scoring.engine import PreparedOffered, score
from matching.scoring.learning.feedback import with_feedback
from matching.scoring.records import TermCounts
from matching.services.match_index import profiles_in_reach
from matching.services.reading import read_offered, read_profiles
from matching.services.store_matches import store_matches
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity


@with_current_vocabulary
def score_opportunity(opportunity_id: int, *, now: datetime) -> None:
    """Match an opportunity, as it stands now, against every profile it may fit; mark its revisions as scored.

    A burst of revisions costs one scoring. Scoring again does nothing until there is a new revision.
    """
    _read_first(opportunity_id, now=now)
    with transaction.atomic():
        _score(opportunity_id, now=now)


def _read_first(opportunity_id: int, *, now: datetime) -> None:
    """Have both sides read, and their vectors kept, before anything is locked for long."""
    rows = Opportunity.objects.without_canaries().filter(pk=opportunity_id)
    with transaction.atomic():
        claimed = rows.defer("search_vector").select_for_update(skip_locked=True, no_key=True).first()
        if claimed is None or not claimed.revisions.filter(scored=None).exists():
            return
        (offered,) = read_offered([claimed], now=now)
    read_profiles(profiles_in_reach(offered, current_term_counts(), now=now), now=now)


def _score(opportunity_id: int, *, now: datetime) -> None:
    # The lock keeps a new revision out until our marks are in, so none is marked unread. It leaves the key
    # alone, or a scorer of profiles could hold a profile whose match we write, and wait for our opportunity.
    opportunity = (
        Opportunity.objects.select_for_update(skip_locked=True, no_key=True)
        .defer("search_vector")
        .filter(pk=opportunity_id)
        .first()
    )
    if opportunity is None:  # another worker has it
        return
    pending = list(opportunity.revisions.filter(scored=None))
    if not pending:
        return
    counts = current_term_counts()
    (offered,) = read_offered([opportunity], now=now, keep=False)
    profiles = read_profiles(_profiles(opportunity, offered, counts, now=now), now=now, keep=False)
    scores = {profile: score(wanted, offered, counts) for profile, wanted in profiles.items()}
    tastes = tastes_of([profile for profile, base in scores.items() if base.points], counts, now=now)
    store_matches(
        (
            (profile, opportunity.pk, with_feedback(base, tastes.get(profile), offered, counts))
            for profile, base in scores.items()
        ),
        now=now,
    )
    ScoredRevision.objects.bulk_create(ScoredRevision(revision=r, scored_at=now) for r in pending)


def _profiles(
    opportunity: Opportunity, offered: PreparedOffered, counts: TermCounts, *, now: datetime
) -> CapabilityProfileQuerySet:
    """Those it may fit, and those it was matched with before, which may lose it."""
    if opportunity.is_canary:  # decided all the same: it fits nobody
        return CapabilityProfile.objects.none()
    matched = CapabilityProfile.objects.filter(matches__opportunity=opportunity)
    in_reach = profiles_in_reach(offered, counts, now=now)
    return CapabilityProfile.objects.current().filter(
        Q(pk__in=in_reach.values("pk")) | Q(pk__in=matched.values("pk"))
    )
