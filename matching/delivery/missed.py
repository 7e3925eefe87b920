"""What a person would have been told lately, had their profile been as it is today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from matching.models import CapabilityProfile, DeliveredOpportunity, Mute, Verdict
from matching.scoring.engine import search_words
from matching.services.likely import likely_for
from matching.services.own_scorer import OwnScorer
from matching.services.reading import read_offered, read_wanted
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.parsed_notice import Moment
from opportunities.selectors import visible_opportunities
from portal.accounts.models import User

LOOKS_BACK = timedelta(weeks=6)
# Somebody waits for the answer.
MOST_SCORED = 200
MOST_READ = 20


@dataclass(frozen=True, slots=True)
class Missed:
    opportunity_id: int
    title: str
    score: int
    city: str
    state: str
    deadline: Moment | None
    is_open: bool  # then the next mail tells it


@dataclass(frozen=True, slots=True)
class MissedMatches:
    since: datetime
    found: tuple[Missed, ...]  # the best first
    is_at_least: bool  # more may fit than were looked at


@with_current_vocabulary
def missed_matches(profile: CapabilityProfile, person: User, *, least: int, now: datetime) -> MissedMatches:
    """What became known in LOOKS_BACK, fits the profile as it stands, and no mail has told this person.

    Scored anew, what is closed by now as well; without what they muted or the company dismissed. Keeps
    nothing. Looks at what full text finds, at most MOST_SCORED opportunities.
    """
    since = now - LOOKS_BACK
    wanted, counts = read_wanted(profile, now=now, keep=False), current_term_counts()
    told = DeliveredOpportunity.objects.filter(delivery__recipient__user=person)
    dismissed = Verdict.objects.dismissals().filter(profile=profile)
    muted = Mute.objects.filter(recipient__user=person)
    among = (
        visible_opportunities(to=profile.company, at=now)
        .filter(Q(disclosed_from__gte=since) | Q(recorded_at__gte=since))
        .exclude(pk__in=told.values("opportunity"))
        .exclude(pk__in=dismissed.values("opportunity"))
        .exclude(pk__in=muted.values("opportunity"))
    )
    rows = list(likely_for(search_words(wanted), among=among, most=MOST_SCORED).defer("search_vector"))
    scorer = OwnScorer(wanted, tastes_of({profile.pk: wanted}, counts, now=now).get(profile.pk), counts)
    read = read_offered(rows, now=now, keep=False, most_made=MOST_READ)
    found = [
        Missed(
            opportunity_id=row.pk,
            title=row.title,
            score=points,
            city=row.city,
            state=row.state,
            deadline=row.moment("submission_deadline"),
            is_open=row.is_open_at(now),
        )
        for row, offered in zip(rows, read, strict=True)
        if (points := scorer.score(offered).points) >= least
    ]
    found.sort(key=lambda one: (-one.score, one.opportunity_id))
    return MissedMatches(since, tuple(found), is_at_least=len(rows) == MOST_SCORED)
