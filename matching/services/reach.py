"""Whom a disclosure would reach, before it is made: counted with the members' own scorer, and not stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matching.models import CapabilityProfile, Match, Subscription
from matching.services.match_index import profiles_in_reach
from matching.services.own_scorer import OwnScorer
from matching.services.reading import read_offered, read_profiles
from matching.services.scored_version import sufficient_versions
from matching.services.store_matches import LOWEST_KEPT
from matching.services.tastes import tastes_of
from matching.services.term_statistics import current_term_counts
from matching.services.vocabulary import with_current_vocabulary
from opportunities.audience import Audience
from opportunities.models import Opportunity
from portal.accounts.models import Company

STRONG = 60


class Unreached(StrEnum):
    """Why a company gets nothing of it, in the order in which it is looked at; nobody is counted twice."""

    NOT_APPROVED = "not_approved"
    OUTSIDE = "outside"  # the rule doesn't mean it
    NO_PROFILE = "no_profile"
    TOO_LOW = "too_low"  # below where each of its lists begins


@dataclass(frozen=True, slots=True)
class Reach:
    """What would come of disclosing something, in numbers of companies: by names somebody could choose."""

    members: int  # approved companies
    meant: int  # of them, how many the rule means: they can find it by searching
    listed: int  # of them, on whose list it stands
    strong: int  # of these, with a match of STRONG or more
    subscribers: int  # people who are sent it by mail, as it fits a profile that they read for
    unreached: Mapping[Unreached, int]

    @property
    def nothing(self) -> int:
        return sum(self.unreached.values())


@dataclass(frozen=True, slots=True)
class _Scored:
    profile: CapabilityProfile
    points: int

    @property
    def is_listed(self) -> bool:
        return self.points >= max(LOWEST_KEPT, self.profile.minimum_score)


@with_current_vocabulary
def preview_reach(opportunity_id: int, to: Audience, *, now: datetime) -> Reach:
    """Whom a rule would reach if the opportunity, as it stands, were disclosed at ``now``.

    Where a member's list has been compared with it already, that score counts; the others are scored here.
    """
    opportunity = Opportunity.objects.defer("search_vector").get(pk=opportunity_id)
    profiles = list(CapabilityProfile.objects.current().select_related("company"))
    points = _points(opportunity, profiles, now=now)
    scored: defaultdict[int, list[_Scored]] = defaultdict(list)
    for profile in profiles:
        scored[profile.company_id].append(_Scored(profile, points.get(profile.pk, 0)))
    unreached: Counter[Unreached] = Counter()
    members = meant = 0
    listed: list[_Scored] = []
    for company in Company.objects.order_by("pk"):
        own = scored[company.pk]
        why = _why_nothing(company, own, to)
        members += company.is_approved
        meant += company.is_approved and why is not Unreached.OUTSIDE
        if why is None:
            listed += [one for one in own if one.is_listed]
        else:
            unreached[why] += 1
    return Reach(
        members=members,
        meant=meant,
        listed=_companies(listed),
        strong=_companies(one for one in listed if one.points >= STRONG),
        subscribers=_subscribers({one.profile.pk: one.points for one in listed}),
        unreached={why: unreached[why] for why in Unreached if unreached[why]},
    )


def _why_nothing(company: Company, own: Sequence[_Scored], to: Audience) -> Unreached | None:
    if not company.is_approved:
        return Unreached.NOT_APPROVED
    if not to.includes(domains=company.domains, region=company.region):
        return Unreached.OUTSIDE
    if not own:
        return Unreached.NO_PROFILE
    return None if any(one.is_listed for one in own) else Unreached.TOO_LOW


def _companies(scored: Iterable[_Scored]) -> int:
    return len({one.profile.company_id for one in scored})


def _subscribers(points: Mapping[int, int]) -> int:
    wanted = Subscription.objects.wanted().filter(profile__in=points).select_related("profile")
    told = {one.recipient_id for one in wanted if points.get(one.profile_id or 0, 0) >= one.least_score}
    return len(told)


def _points(
    opportunity: Opportunity, profiles: Sequence[CapabilityProfile], *, now: datetime
) -> dict[int, int]:
    """The score of each profile; of those that the first stage rules out, none."""
    is_compared = not opportunity.revisions.filter(scored=None).exists()
    versions = sufficient_versions()
    kept = [one for one in profiles if is_compared and one.is_compared(scorer_versions=versions)]
    known = Match.objects.filter(opportunity=opportunity, profile__in=kept)
    points = dict(known.values_list("profile_id", "score"))
    others = {one.pk for one in profiles} - {one.pk for one in kept}
    return points | _scored_here(opportunity, others, now=now) if others else points


def _scored_here(opportunity: Opportunity, among: set[int], *, now: datetime) -> dict[int, int]:
    counts = current_term_counts()
    (offered,) = read_offered([opportunity], now=now, keep=False)
    in_reach = profiles_in_reach(offered, counts, now=now).filter(pk__in=among)
    wanted = read_profiles(in_reach, now=now, keep=False)
    tastes = tastes_of(wanted, counts, now=now)
    return {pk: OwnScorer(each, tastes.get(pk), counts).score(offered).points for pk, each in wanted.items()}
