from __future__ import annotations

from datetime import datetime

from django.db import transaction

from matching.facing_records import offered_in, prepared_wanted
from matching.models import CapabilityProfile, Match
from matching.scoring.engine import (
    SCORER_VERSION,
    prepare_offered,
    score,
    search_words,
)
from matching.scoring.learning.feedback import with_feedback
from matching.scoring.records import Score
from matching.services.likely import likely_for
from matching.services.store_matches import store_matches
from matching.services.tastes import PendingVerdicts, tastes_of
from matching.services.term_statistics import current_term_counts
from opportunities.models import Opportunity

# Full text finds at most so many, best first; the scorer then judges each. A profile's words match most of
# a large table, and beyond the best thousands the scores are too low to be shown.
CANDIDATES = 5_000


@transaction.atomic
def score_profile(profile_id: int, *, now: datetime) -> None:
    """Match a profile against every open opportunity that shares a word with it, in either language.

    What matched before is scored anew as well, so that a corrected profile loses what no longer fits.
    Scoring again does nothing until the profile, its company's verdicts or the scorer change.
    """
    profile = (
        CapabilityProfile.objects.awaiting_scoring(scorer_version=SCORER_VERSION)
        .select_for_update(skip_locked=True, no_key=True)
        .filter(pk=profile_id)
        .first()
    )
    if profile is None:  # scored already, or another worker has it
        return
    verdicts = PendingVerdicts(profile.pk)
    wanted = prepared_wanted(profile)
    counts = current_term_counts()
    taste = tastes_of([profile.pk], counts).get(profile.pk)
    matched = Match.objects.filter(profile=profile).values_list("opportunity_id", flat=True)
    open_now = Opportunity.objects.without_canaries().standing().open_at(now)
    likely = likely_for(search_words(wanted), among=open_now, most=CANDIDATES)
    found = set(likely.values_list("pk", flat=True)) | set(matched)
    opportunities = Opportunity.objects.filter(pk__in=found).defer("search_vector")

    def scored(opportunity: Opportunity) -> Score:
        offered = prepare_offered(offered_in(opportunity))
        return with_feedback(score(wanted, offered, counts), taste, offered, counts)

    store_matches(
        (
            (profile.pk, opportunity.pk, scored(opportunity))
            for opportunity in opportunities.iterator(chunk_size=500)
        ),
        now=now,
    )
    verdicts.mark_learnt(now=now)
    profile.scored_at = now
    profile.scorer_version = SCORER_VERSION
    profile.save(update_fields=["scored_at", "scorer_version"])
