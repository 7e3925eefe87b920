"""What a change of the vocabulary would do, before it is made. Nothing is stored."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery

from matching.models import CapabilityProfile
from matching.scoring.vocabulary.changes import ConceptEntry, entry_of
from matching.scoring.vocabulary.in_force import Vocabulary, in_force
from matching.scoring.vocabulary.serialization import entry_to_json
from matching.services.own_scorer import OwnScorer
from matching.services.reading import read_as_kept, read_offered
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import current_vocabulary, standing_changes, vocabulary_with
from opportunities.models import Opportunity, OpportunityQuerySet

# A page must not wait longer than this takes; beyond it the preview says "at least".
MOST_TENDERS = 200
MOST_PROFILES = 300


@dataclass(frozen=True, slots=True)
class TermCount:
    """In how many open tenders an English term stands that is added or taken away."""

    term: str
    is_added: bool
    tenders: int


@dataclass(frozen=True, slots=True)
class Preview:
    terms: tuple[TermCount, ...]
    profiles: int  # whose lists change
    is_cut_short: bool  # there may be more


def preview_revision(slug: str, entry: ConceptEntry, *, now: datetime) -> Preview:
    """Score the tenders that hold the concept's terms, with the change and without.

    Raise ``VocabularyMistake`` where the change can't be made.
    """
    before = current_vocabulary()
    digest = hashlib.sha256(json.dumps(entry_to_json(entry), sort_keys=True).encode()).hexdigest()[:12]
    after = vocabulary_with(standing_changes() | {slug: entry}, version=f"{before.version}?{digest}")
    known = before.concepts.get(slug)
    old = set(entry_of(known).english_terms) if known else set()
    new = set() if entry.is_retired else set(entry.english_terms)
    open_now = Opportunity.objects.without_canaries().standing().open_at(now).defer("search_vector")
    counts = tuple(
        TermCount(term, term in new, _holding(open_now, {term}).count()) for term in sorted(old ^ new)
    )
    tenders = list(_holding(open_now, old | new).order_by("pk")[: MOST_TENDERS + 1])
    profiles = list(CapabilityProfile.objects.current()[: MOST_PROFILES + 1])
    found = scores_with(before, profiles[:MOST_PROFILES], tenders[:MOST_TENDERS], now=now)
    changed = scores_with(after, profiles[:MOST_PROFILES], tenders[:MOST_TENDERS], now=now)
    return Preview(
        counts,
        sum(found[profile] != changed[profile] for profile in found),
        len(tenders) > MOST_TENDERS or len(profiles) > MOST_PROFILES,
    )


def _holding(tenders: OpportunityQuerySet, terms: set[str]) -> OpportunityQuerySet:
    if not terms:
        return tenders.none()
    phrases = (SearchQuery(term, search_type="phrase", config="english") for term in sorted(terms))
    return tenders.filter(search_vector=reduce(or_, phrases))


def scores_with(
    vocabulary: Vocabulary, profiles: list[CapabilityProfile], tenders: list[Opportunity], *, now: datetime
) -> dict[int, list[int]]:
    """What each profile's list would say of these tenders, by the profile's key. Nothing is stored."""
    counts = current_term_counts()
    with in_force(vocabulary):
        # By the words of what no worker has read yet: the same before and after.
        offered = read_offered(tenders, now=now, keep=False, most_made=0)
        read = read_as_kept(profiles)
        tastes = tastes_of(read, counts, now=now)
        return {
            profile: [OwnScorer(wanted, tastes.get(profile), counts).score(each).points for each in offered]
            for profile, wanted in read.items()
        }
