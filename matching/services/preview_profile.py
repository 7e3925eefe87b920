from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matching.models import CapabilityProfile, Verdict
from matching.profile_drafts import ProfileDraft, wanted_in
from matching.scoring.engine import PreparedWanted, is_by_words, search_words
from matching.services.likely import likely_for
from matching.services.match_index import best_opportunities
from matching.services.own_scorer import OwnScorer
from matching.services.reading import read_draft, read_offered
from matching.services.store_matches import LOWEST_KEPT
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity, OpportunityQuerySet
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company

# Somebody waits for the answer: full text finds at most so many, and each costs half a millisecond.
MOST_SCORED = 300
# What no worker has read for its meaning yet: 5 ms each.
MOST_READ = 20
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    opportunity: Opportunity
    score: int


@dataclass(frozen=True, slots=True)
class Finds:
    """What a profile finds among what its company may know of now."""

    count: int
    best: tuple[Found, ...]
    is_at_least: bool = False  # more may fit than were looked at
    is_by_words: bool = False  # one at least was scored without meaning


@with_current_vocabulary
def preview_profile(
    company: Company, draft: ProfileDraft, *, now: datetime, saved: CapabilityProfile | None = None
) -> Finds:
    """What a draft would find, without keeping anything: scored as if it were saved, with what the company's
    verdicts on the profile ``saved`` teach, and without what it dismissed.

    Looks at what full text finds, at most MOST_SCORED opportunities, and at the index's best.
    """
    wanted, counts = read_draft(wanted_in(draft), company), current_term_counts()
    among = visible_opportunities(to=company, at=now).open_at(now)
    if saved is not None:
        dismissed = Verdict.objects.dismissals().filter(profile=saved)
        among = among.exclude(pk__in=dismissed.values("opportunity"))
    taste = tastes_of({saved.pk: wanted}, counts, now=now).get(saved.pk) if saved else None
    scorer = OwnScorer(wanted, taste, counts)
    likely = list(likely_for(search_words(wanted), among=among, most=MOST_SCORED).defer("search_vector"))
    rows = likely + _best_of_others(likely, wanted, among, now=now)
    read = read_offered(rows, now=now, keep=False, most_made=MOST_READ)
    scores = [scorer.score(offered) for offered in read]
    found = [Found(row, score.points) for row, score in zip(rows, scores, strict=True)]
    fitting = [one for one in found if one.score >= max(LOWEST_KEPT, draft.minimum_score)]
    fitting.sort(key=lambda one: (-one.score, one.opportunity.pk))
    return Finds(
        len(fitting),
        tuple(fitting[:SHOWN]),
        is_at_least=len(likely) == MOST_SCORED,
        is_by_words=any(is_by_words(score.calibration) for score in scores),
    )


def _best_of_others(
    likely: list[Opportunity], wanted: PreparedWanted, among: OpportunityQuerySet, *, now: datetime
) -> list[Opportunity]:
    """What the index takes for the best beside those, as far as the company may know of it."""
    best = best_opportunities(wanted, now=now)
    others = set(best.ids.tolist() if best else ()) - {row.pk for row in likely}
    return list(among.filter(pk__in=others).defer("search_vector")) if others else []
