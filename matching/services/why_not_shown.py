"""Why a tender isn't in a company's list: the first thing that stopped it, and the score it got."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from matching.models import CapabilityProfile, Match, Verdict
from matching.scoring.engine import PreparedOffered, is_by_words
from matching.scoring.records import Offered, Part, Score
from matching.scoring.serialization import parts_from_json
from matching.services.own_scorer import OwnScorer
from matching.services.reading import read_offered, read_text, read_wanted
from matching.services.store_matches import LOWEST_KEPT
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity, OpportunityRevision
from opportunities.parsed_notice import Stage
from opportunities.selectors import processes_behind, visible_opportunities
from portal.accounts.models import Company
from portal.lib.numbers import number_in

_OUR_LINK = re.compile(r"/opportunities/(\d{1,18})(?:/|$)")
_WORD = re.compile(r"[^\W\d_]{3,}")
# A name that is looked up is at most this long; anything longer is a text to be read.
_LONGEST_NAME = 500
# With fewer words a text is a number or a link, and says nothing that could be scored.
_FEWEST_WORDS = 3


class Stop(StrEnum):
    """What keeps a tender off a list, in the order in which it is looked at."""

    UNKNOWN = "unknown"  # not in the database, or nothing this company may know of: which, isn't told
    CALLED_OFF = "called_off"
    CLOSED = "closed"
    NOT_SCORED = "not_scored"
    DISMISSED = "dismissed"
    BELOW_MINIMUM = "below_minimum"
    NOTHING = "nothing"  # it is in the list


@dataclass(frozen=True, slots=True)
class Answer:
    """What stopped a tender, and how it was scored where it was."""

    stop: Stop
    opportunity: Opportunity | None = None
    points: int | None = None
    parts: tuple[Part, ...] = ()
    least: int = 0  # where the list begins
    text: str = ""  # what was scored, where it is no tender that the company may know of
    verdict: Verdict | None = None
    is_by_words: bool = False  # scored without meaning


@with_current_vocabulary
def why_not_shown(profile: CapabilityProfile, text: str, *, now: datetime) -> Answer:
    """Look a tender up by link, number or title, or else read the text as a tender. Nothing is stored.

    What isn't disclosed gets the answer of what doesn't exist.
    """
    text = text.strip()
    opportunity = _look_up(profile.company, text, at=now)
    if opportunity is not None:
        return _of_opportunity(profile, opportunity, now=now)
    if len(_WORD.findall(_without_addresses(text))) < _FEWEST_WORDS:
        return Answer(Stop.UNKNOWN)
    title, _, description = text.partition("\n")
    scored = _score(profile, read_text(Offered(title.strip(), description.strip())), now=now)
    return Answer(
        Stop.UNKNOWN,
        points=scored.points,
        parts=scored.parts,
        least=_least(profile),
        text=text,
        is_by_words=is_by_words(scored.calibration),
    )


def _of_opportunity(profile: CapabilityProfile, opportunity: Opportunity, *, now: datetime) -> Answer:
    match = Match.objects.filter(profile=profile, opportunity=opportunity).first()
    is_new = OpportunityRevision.objects.filter(opportunity=opportunity, scored=None).exists()
    if match is not None:
        points, parts, calibration = match.score, parts_from_json(match.parts), match.calibration
    else:
        (offered,) = read_offered([opportunity], now=now, keep=False)
        scored = _score(profile, offered, now=now)
        points, parts, calibration = scored.points, scored.parts, scored.calibration
    dismissed = Verdict.objects.dismissals().filter(profile=profile, opportunity=opportunity)
    verdict = dismissed.select_related("person").first()
    if opportunity.stage in (Stage.CANCELLED, Stage.RETENDERED):
        stop = Stop.CALLED_OFF
    elif not opportunity.is_open_at(now):
        stop = Stop.CLOSED
    elif match is None and (is_new or profile.scored_at is None or points >= _least(profile)):
        stop = Stop.NOT_SCORED
    elif verdict is not None:
        stop = Stop.DISMISSED
    elif points < _least(profile):
        stop = Stop.BELOW_MINIMUM
    else:
        stop = Stop.NOTHING
    return Answer(
        stop,
        opportunity,
        points,
        parts,
        _least(profile),
        verdict=verdict,
        is_by_words=is_by_words(calibration),
    )


def _look_up(company: Company, text: str, *, at: datetime) -> Opportunity | None:
    """The tender of this name, as far as the company may know of it; the latest where several have it."""
    if not text or len(text) > _LONGEST_NAME:
        return None
    visible = visible_opportunities(to=company, at=at)
    named = Q(process_id__iexact=text) | Q(title__iexact=text) | Q(reference__iexact=text) | Q(url=text)
    link = _OUR_LINK.search(text)
    if link is not None and (number := number_in(link.group(1))) is not None:
        named |= Q(pk=number)
    # One that is told twice goes by either name.
    found = processes_behind(visible).filter(named).order_by("-recorded_at", "-pk").first()
    if found is None:
        return None
    return visible.filter(pk=found.merged_into_id or found.pk).defer("search_vector").first()


def _least(profile: CapabilityProfile) -> int:
    return max(LOWEST_KEPT, profile.minimum_score)


def _score(profile: CapabilityProfile, offered: PreparedOffered, *, now: datetime) -> Score:
    counts = current_term_counts()
    wanted = read_wanted(profile, now=now, keep=False)
    taste = tastes_of({profile.pk: wanted}, counts, now=now).get(profile.pk)
    return OwnScorer(wanted, taste, counts).score(offered)


def _without_addresses(text: str) -> str:
    return re.sub(r"https?://\S+", " ", text)
