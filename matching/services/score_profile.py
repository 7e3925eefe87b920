from __future__ import annotations

from datetime import datetime

from django.db import transaction

from matching.models import CapabilityProfile, Match
from matching.scoring.engine import (
    PreparedWanted,
    search_words,
)
from matching.services.likely import likely_for
from matching.services.match_index import best_opportunities, keep_reach, searchable
from matching.services.own_scorer import OwnScorer
from matching.services.reading import keep_vectors, read_offered, read_wanted
from matching.services.scored_version import sufficient_versions, version_in_use
from matching.services.store_matches import store_matches
from matching.services.tastes import PendingVerdicts, tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity, OpportunityQuerySet
from portal.lib.batches import batched

# Full text finds at most so many, best first; the scorer then judges each. A profile's words match most of
# a large table, and beyond the best thousands the scores are too low to be shown.
CANDIDATES = 5_000
_BATCH = 100


@with_current_vocabulary
def score_profile(profile_id: int, *, now: datetime) -> None:
    """Match a profile against the open opportunities that share a word with it, in either language, and those
    that the index takes for its best.

    What matched before is scored anew as well, so that a corrected profile loses what no longer fits.
    Scoring again does nothing until the profile, its company's verdicts or the scorer change.
    """
    _read_first(profile_id, now=now)
    with transaction.atomic():
        _score(profile_id, now=now)


def _read_first(profile_id: int, *, now: datetime) -> None:
    """Have both sides read, and their vectors kept, before anything is locked for long."""
    with transaction.atomic():
        profile = _claimed(profile_id)
        if profile is None:
            return
        wanted = read_wanted(profile, now=now)
    for batch in batched(_opportunities(profile, wanted, now=now).iterator(chunk_size=_BATCH), _BATCH):
        keep_vectors(batch, now=now)


def _claimed(profile_id: int) -> CapabilityProfile | None:
    awaiting = CapabilityProfile.objects.awaiting_scoring(scorer_versions=sufficient_versions())
    return awaiting.select_for_update(skip_locked=True, no_key=True).filter(pk=profile_id).first()


def _score(profile_id: int, *, now: datetime) -> None:
    profile = _claimed(profile_id)
    if profile is None:  # scored already, or another worker has it
        return
    verdicts = PendingVerdicts(profile.pk)
    wanted = read_wanted(profile, now=now, keep=False)
    counts = current_term_counts()
    scorer = OwnScorer(wanted, tastes_of({profile.pk: wanted}, counts, now=now).get(profile.pk), counts)
    opportunities = _opportunities(profile, wanted, now=now)
    store_matches(
        (
            (profile.pk, opportunity.pk, scorer.score(offered))
            for batch in batched(opportunities.iterator(chunk_size=_BATCH), _BATCH)
            for opportunity, offered in zip(batch, read_offered(batch, now=now, keep=False), strict=True)
        ),
        now=now,
    )
    best = best_opportunities(wanted, now=now)
    if best is not None:
        keep_reach(profile.pk, best)
    verdicts.mark_learnt(now=now)
    profile.scored_at = now
    profile.scorer_version = version_in_use()
    profile.save(update_fields=["scored_at", "scorer_version"])


def _opportunities(
    profile: CapabilityProfile, wanted: PreparedWanted, *, now: datetime
) -> OpportunityQuerySet:
    """What may fit a profile, and what it was matched with before."""
    matched = Match.objects.filter(profile=profile).values_list("opportunity_id", flat=True)
    likely = likely_for(search_words(wanted), among=searchable(now=now), most=CANDIDATES)
    found = set(likely.values_list("pk", flat=True)) | set(matched)
    best = best_opportunities(wanted, now=now)
    if best is not None:
        # The index may be a minute behind: what has closed or been merged meanwhile isn't scored anew.
        found |= set(searchable(now=now).filter(pk__in=best.ids.tolist()).values_list("pk", flat=True))
    return Opportunity.objects.filter(pk__in=found).defer("search_vector").order_by("pk")
