"""With whom a company could bid. The caller has been through the door for the opportunity.

Of another company nothing is told but what it would add: no name, no figure. Each is known by a sign that
means it for one asker and one opportunity alone, so that nobody can follow a company from tender to tender.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from matching.bidding.eligibility.assess import assess
from matching.bidding.eligibility.records import SEVERITY
from matching.bidding.records import Bidder, Call
from matching.bidding.teams.clause import clause_of
from matching.bidding.teams.cover import MOST_CANDIDATES, best_teams
from matching.bidding.teams.joined import joined
from matching.bidding.teams.judge import Judge
from matching.bidding.teams.records import Candidate, Clause, Concern, Missing, Team
from matching.bids import bidder_of, call_of
from matching.models import CapabilityProfile, Match, PartnerRequest
from opportunities.models import Opportunity
from opportunities.parsed_notice import RequirementKind
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company


@dataclass(frozen=True, slots=True)
class Partner:
    """Another company, by what it would add."""

    sign: str
    domains: tuple[str, ...]  # slugs of what the tender wants and the asker can't do
    kinds: tuple[RequirementKind, ...]  # what it would help to meet
    request: PartnerRequest | None  # if it has been asked


@dataclass(frozen=True, slots=True)
class TeamProposal:
    partners: tuple[Partner, ...]
    leads: bool  # whether the asker would
    uncovered: tuple[str, ...]
    missing: tuple[Missing, ...]
    concerns: tuple[Concern, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Teaming:
    """What the tender allows, and the teams that would be best."""

    clause: Clause
    proposals: tuple[TeamProposal, ...]


def teaming_for(profile: CapabilityProfile, opportunity: Opportunity, *, now: datetime) -> Teaming:
    """At most three teams with the profile's company in them, what lacks least first."""
    asker = _Asker(profile, opportunity, call_of(opportunity, now=now))
    candidates = _candidates(profile, opportunity)
    elsewhere = _agreed_elsewhere(profile, opportunity)
    teams = best_teams(asker.own, candidates, asker.call, in_other_teams=elsewhere)
    bidders = {candidate.bidder.key: candidate.bidder for candidate in candidates}
    return Teaming(clause_of(asker.call), tuple(asker.proposal(team, bidders) for team in teams))


def candidate_with(
    sign: str, *, profile: CapabilityProfile, opportunity: Opportunity
) -> CapabilityProfile | None:
    """The company behind a sign, if it is one that could be asked."""
    for candidate in _willing(profile, opportunity):
        if constant_time_compare(sign, _sign(profile.pk, opportunity.pk, candidate.pk)):
            return candidate
    return None


def concerns_between(
    asking: CapabilityProfile, asked: CapabilityProfile, opportunity: Opportunity, *, now: datetime
) -> tuple[Concern, ...]:
    """What competition law asks about these two, if they bid together: a part of what the asker is shown."""
    judge = Judge(call_of(opportunity, now=now), _agreed_elsewhere(asking, opportunity))
    team = judge.team([bidder_of(asking), bidder_of(asked)])
    return tuple(found.concern for found in team.concerns)


def partner_requests(company: Company, *, at: datetime) -> QuerySet[PartnerRequest]:
    """All that a company asked and was asked, the latest first, about what it may know of.

    Those taken back before an answer are told to nobody but who asked.
    """
    asked = Q(asked__company=company) & (Q(withdrawn_at=None) | Q(has_agreed__isnull=False))
    return (
        PartnerRequest.objects.filter(asked | Q(asking__company=company))
        .filter(opportunity__in=visible_opportunities(to=company, at=at))
        .select_related("opportunity", "asking__company", "asked__company", "asked_by", "answered_by")
        .order_by("-asked_at", "-pk")
    )


def what_asker_adds(request: PartnerRequest, *, now: datetime) -> tuple[str, ...]:
    """The fields of the tender that the asking company can do, for who is asked: all it learns before."""
    wanted = call_of(request.opportunity, now=now).terms.domains
    return tuple(domain for domain in wanted if domain in request.asking.domains)


def _willing(profile: CapabilityProfile, opportunity: Opportunity) -> list[CapabilityProfile]:
    """Other companies' profiles that take part in joint ventures, those that fit the tender best first.

    Only of companies that may know of it: to propose another would be to tell it.
    """
    fitting = (
        Match.objects.filter(
            opportunity=opportunity,
            profile__is_joint_venture_willing=True,
            profile__retired_at=None,
            profile__company__in=_companies_meant(opportunity),
        )
        .exclude(profile__company=profile.company_id)
        .select_related("profile")
        .prefetch_related("profile__yearly_turnovers", "profile__completed_projects")
        .order_by("-score", "profile")
    )
    return [match.profile for match in fitting[:MOST_CANDIDATES]]


def _companies_meant(opportunity: Opportunity) -> list[int]:
    """Members that the opportunity is disclosed to."""
    members = Company.objects.filter(approved_at__isnull=False).values_list("pk", "domains", "region")
    audience = opportunity.audience
    return [pk for pk, domains, region in members if audience.includes(domains=domains, region=region)]


def _candidates(profile: CapabilityProfile, opportunity: Opportunity) -> list[Candidate]:
    willing = _willing(profile, opportunity)
    # In the order of their fit, which is all that is asked of a score here.
    return [Candidate(bidder_of(one), len(willing) - place) for place, one in enumerate(willing)]


def _agreed_elsewhere(profile: CapabilityProfile, opportunity: Opportunity) -> set[int]:
    """Profiles that have agreed to bid for this tender with somebody else."""
    agreed = PartnerRequest.objects.filter(opportunity=opportunity, has_agreed=True)
    pairs = agreed.exclude(asking=profile).exclude(asked=profile).values_list("asking", "asked")
    return {key for pair in pairs for key in pair}


class _Asker:
    """A company that looks for partners for one tender, and how it may see them."""

    def __init__(self, profile: CapabilityProfile, opportunity: Opportunity, call: Call) -> None:
        self.own = bidder_of(profile)
        self.call = call
        self._opportunity = opportunity
        sent = PartnerRequest.objects.filter(opportunity=opportunity, asking=profile)
        self._sent = {request.asked_id: request for request in sent.filter(withdrawn_at=None)}
        self._alone = self._worst([])

    def proposal(self, team: Team, bidders: Mapping[int, Bidder]) -> TeamProposal:
        return TeamProposal(
            partners=tuple(self._partner(bidders[key]) for key in team.members if key != self.own.key),
            leads=team.members[0] == self.own.key,
            uncovered=team.uncovered,
            missing=team.missing,
            concerns=tuple(dict.fromkeys(found.concern for found in team.concerns)),
        )

    def _partner(self, partner: Bidder) -> Partner:
        adds = set(partner.domains) - set(self.own.domains)
        together = self._worst([partner])
        return Partner(
            sign=_sign(self.own.key, self._opportunity.pk, partner.key),
            domains=tuple(domain for domain in self.call.terms.domains if domain in adds),
            kinds=tuple(kind for kind, answer in together.items() if answer > self._alone[kind]),
            request=self._sent.get(partner.key),
        )

    def _worst(self, partners: Sequence[Bidder]) -> dict[RequirementKind, int]:
        """The worst answer to each kind of requirement, the larger the better."""
        worst: dict[RequirementKind, int] = {}
        for finding in assess(self.call, joined([self.own, *partners], self.call)):
            answer = SEVERITY.index(finding.answer)
            worst[finding.kind] = min(answer, worst.get(finding.kind, answer))
        return worst


def _sign(asking: int, opportunity: int, asked: int) -> str:
    return salted_hmac("setu.partner", f"{asking}/{opportunity}/{asked}", algorithm="sha256").hexdigest()[:24]
