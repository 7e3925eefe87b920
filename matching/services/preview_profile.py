from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matching.facing_records import prepared_offered
from matching.profile_drafts import ProfileDraft, wanted_in
from matching.scoring.engine import prepare_wanted, score, search_words
from matching.services.likely import likely_for
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company

# Somebody waits for the answer: full text finds at most so many, and each costs half a millisecond.
MOST_SCORED = 300
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


@with_current_vocabulary
def preview_profile(company: Company, draft: ProfileDraft, *, now: datetime) -> Finds:
    """What a draft would find, without keeping anything. Scores at most MOST_SCORED opportunities.

    By concepts and words alone: a page doesn't wait for the encoder.
    """
    # Not kept as saved profiles are: a draft is another one with every key.
    wanted = prepare_wanted(wanted_in(draft))
    among = visible_opportunities(to=company, at=now).open_at(now)
    likely = list(likely_for(search_words(wanted), among=among, most=MOST_SCORED).defer("search_vector"))
    counts = current_term_counts()
    found = [Found(one, score(wanted, prepared_offered(one), counts).points) for one in likely]
    fitting = [one for one in found if one.score >= max(1, draft.minimum_score)]
    fitting.sort(key=lambda one: (-one.score, one.opportunity.pk))
    return Finds(len(fitting), tuple(fitting[:SHOWN]), is_at_least=len(likely) == MOST_SCORED)
