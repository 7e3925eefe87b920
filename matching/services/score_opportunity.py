from __future__ import annotations

from datetime import datetime

from django.db import transaction

from matching.facing_records import offered_in, prepared_wanted
from matching.models import CapabilityProfile, ScoredRevision
from matching.scoring.engine import prepare_offered, score
from matching.scoring.learning.feedback import with_feedback
from matching.services.store_matches import store_matches
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from opportunities.models import Opportunity


@transaction.atomic
def score_opportunity(opportunity_id: int, *, now: datetime) -> None:
    """Match an opportunity, as it stands now, against every profile; mark its revisions as scored.

    A burst of revisions costs one scoring. Scoring again does nothing until there is a new revision.
    """
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
    offered = prepare_offered(offered_in(opportunity))
    scores = {
        profile.pk: score(prepared_wanted(profile), offered, counts)
        for profile in CapabilityProfile.objects.current()
        if not opportunity.is_canary  # decided all the same: it fits nobody
    }
    tastes = tastes_of([profile for profile, base in scores.items() if base.points], counts)
    store_matches(
        (
            (profile, opportunity.pk, with_feedback(base, tastes.get(profile), offered, counts))
            for profile, base in scores.items()
        ),
        now=now,
    )
    ScoredRevision.objects.bulk_create(ScoredRevision(revision=r, scored_at=now) for r in pending)
