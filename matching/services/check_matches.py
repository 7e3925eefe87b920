from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

import numpy as np

from matching.index.shares import sweep_in_shares
from matching.index.sweep import Best, forget_notes
from matching.models import CapabilityProfile, Match, ProfileReach
from matching.services.match_index import (
    BEST,
    NO_LEAST,
    index_folder,
    index_label,
    refresh_index,
    searchable,
)
from matching.services.own_scorer import OwnScorer
from matching.services.reading import read_offered, read_profiles
from matching.services.store_matches import LOWEST_KEPT, store_matches
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from portal.lib.batches import batched
from portal.lib.locks import try_advisory_lock

logger = logging.getLogger(__name__)

_BATCH = 100


@with_current_vocabulary
def check_matches(*, now: datetime) -> int | None:
    """Compare everything with everything, and return how many matches were missing; they are made.

    Scoring one by one should have left none. Also renews the reach of every profile. Interrupted, it goes on
    where it was, with the version of the index that it began with. None while another process is at it, or
    where there is no index.
    """
    refresh_index(now=now)
    with try_advisory_lock("checking matches") as is_ours:
        if not is_ours:
            return None
        best = sweep_in_shares(index_folder(), label=index_label(), count=BEST, now=int(now.timestamp()))
        if best is None:
            return None
        renew_reaches(best)
        missing = _make_missing(best, now=now)
        forget_notes(index_folder())
    if missing:
        logger.warning("matches were missing", extra={"matches": missing})
    return missing


def renew_reaches(best: Best) -> None:
    """Keep from which first-stage score on an opportunity is among the best of each profile."""
    label = index_label()
    least = np.where((best.ids < 0).any(axis=1), NO_LEAST, best.scores.min(axis=1))
    known = set(CapabilityProfile.objects.values_list("pk", flat=True))
    ProfileReach.objects.bulk_create(
        (
            ProfileReach(profile_id=profile, label=label, least=score)
            for profile, score in sorted(zip(best.wanted.tolist(), least.tolist(), strict=True))
            if profile in known
        ),
        update_conflicts=True,
        unique_fields=["profile"],
        update_fields=["label", "least"],
        batch_size=1_000,
    )


def _make_missing(best: Best, *, now: datetime) -> int:
    """Score the pairs that have no match. Those that deserve one get it, and are counted."""
    profiles = CapabilityProfile.objects.current().in_bulk()
    asked = _unmatched(best, profiles)
    counts = current_term_counts()
    asking = {pk for some in asked.values() for pk in some}
    wanted = read_profiles([profiles[pk] for pk in sorted(asking)], now=now)
    tastes = tastes_of(wanted, counts, now=now)
    missing = 0
    rows = searchable(now=now).filter(revisions__scored__isnull=False).distinct().defer("search_vector")
    for numbers in batched(sorted(asked), _BATCH):
        batch = list(rows.filter(pk__in=numbers).order_by("pk"))
        for opportunity, offered in zip(batch, read_offered(batch, now=now), strict=True):
            pairs = []
            for pk in asked[opportunity.pk]:
                found = OwnScorer(wanted[pk], tastes.get(pk), counts).score(offered)
                if found.points >= LOWEST_KEPT:
                    pairs.append((pk, opportunity.pk, found))
            store_matches(pairs, now=now)
            missing += len(pairs)
    return missing


def _unmatched(best: Best, profiles: Collection[int]) -> dict[int, list[int]]:
    """Of the best pairs those without a match, as profiles by opportunity."""
    asked: dict[int, list[int]] = defaultdict(list)
    for profile, ids in zip(best.wanted.tolist(), best.ids, strict=True):
        if profile in profiles:
            matched = Match.objects.filter(profile=profile, opportunity__in=ids.tolist())
            for opportunity in set(ids.tolist()) - {-1, *matched.values_list("opportunity_id", flat=True)}:
                asked[opportunity].append(profile)
    return asked
