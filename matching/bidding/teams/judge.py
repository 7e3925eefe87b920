"""What a set of bidders comes to, for one tender."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from matching.bidding.eligibility.amounts import asked_amount
from matching.bidding.eligibility.assess import assess
from matching.bidding.eligibility.records import Answer, Finding
from matching.bidding.records import Bidder, Call, TeamRole
from matching.bidding.teams.clause import clause_of
from matching.bidding.teams.guard import concerns_about
from matching.bidding.teams.joined import joined
from matching.bidding.teams.records import Missing, MissingPartner, Team
from opportunities.parsed_notice import RequirementKind
from portal.lib.money import Money

_YEARS = 3
_PARTNER_FOR = {
    RequirementKind.TURNOVER: MissingPartner.LARGER_COMPANY,
    RequirementKind.NET_WORTH: MissingPartner.LARGER_COMPANY,
    RequirementKind.MANPOWER: MissingPartner.LARGER_COMPANY,
    RequirementKind.EXPERIENCE: MissingPartner.EXPERIENCED_COMPANY,
    RequirementKind.CERTIFICATION: MissingPartner.CERTIFICATE_HOLDER,
    RequirementKind.REGISTRATION: MissingPartner.INDIAN_COMPANY,
    RequirementKind.LOCAL_CONTENT: MissingPartner.INDIAN_SUPPLIER,
}


class Judge:
    """Judges each set of members once."""

    def __init__(self, call: Call, in_other_teams: Collection[int]) -> None:
        self._call = call
        self._clause = clause_of(call)
        self._in_other_teams = in_other_teams
        self._teams: dict[tuple[int, ...], Team] = {}
        self._alone: dict[int, tuple[Finding, ...]] = {}

    def team(self, members: Sequence[Bidder]) -> Team:
        keys = tuple(member.key for member in members)
        if keys not in self._teams:
            self._teams[keys] = self._judged(members)
        return self._teams[keys]

    def _judged(self, members: Sequence[Bidder]) -> Team:
        together = joined(members, self._call)
        findings = assess(self._call, together)
        wanted = self._call.terms.domains
        uncovered = tuple(domain for domain in wanted if domain not in together.domains)
        in_order = self._lead_first(members)
        missing = [*_missing(findings), *(Missing(MissingPartner.SPECIALIST, text=d) for d in uncovered)]
        is_team = len(members) > 1
        if is_team and not self._shares_suffice(in_order):
            missing.append(Missing(MissingPartner.INDIAN_LEAD, RequirementKind.TURNOVER))
        return Team(
            members=tuple(member.key for member in in_order),
            findings=findings,
            domains=tuple(domain for domain in wanted if domain in together.domains),
            uncovered=uncovered,
            missing=tuple(dict.fromkeys(missing)),
            concerns=tuple(
                concerns_about(
                    members,
                    self._call.terms,
                    alone={member.key: self._findings_alone(member) for member in members},
                    in_other_teams=self._in_other_teams,
                )
                if is_team
                else ()
            ),
        )

    def _findings_alone(self, member: Bidder) -> tuple[Finding, ...]:
        if member.key not in self._alone:
            self._alone[member.key] = assess(self._call, replace(member, role=TeamRole.NONE))
        return self._alone[member.key]

    def _lead_first(self, members: Sequence[Bidder]) -> list[Bidder]:
        """Whoever would lead has the largest turnover of those who are willing to."""
        able = [member for member in members if member.role is TeamRole.LEAD] or list(members)
        lead = max(able, key=lambda member: (self._rupees(member), -member.key))
        return [lead, *(member for member in members if member is not lead)]

    def _rupees(self, member: Bidder) -> float:
        mean = member.mean_turnover(_YEARS)
        rupees = self._call.in_currency(mean, "INR") if mean is not None else None
        return float(rupees.amount) if rupees else 0.0

    def _shares_suffice(self, in_order: Sequence[Bidder]) -> bool:
        """Turnover is asked in part of each member, in larger part of the lead.

        A member that hasn't told its turnover isn't held against the team: its own page asks for it.
        """
        asked = (
            asked_amount(requirement, self._call.terms)
            for requirement in self._call.requirements
            if requirement.kind is RequirementKind.TURNOVER
        )
        limits = [limit for limit in asked if limit is not None]
        shares = [self._clause.least_lead_share, *[self._clause.least_member_share] * (len(in_order) - 1)]
        return all(
            self._reaches(member, Money(limit.amount * share, limit.currency))
            for limit in limits
            for member, share in zip(in_order, shares, strict=True)
        )

    def _reaches(self, member: Bidder, least: Money) -> bool:
        has = member.mean_turnover(_YEARS)
        own = None if has is None else self._call.in_currency(has, least.currency)
        return own is None or own.amount >= least.amount


def _missing(findings: tuple[Finding, ...]) -> Iterator[Missing]:
    for finding in findings:
        partner = _PARTNER_FOR.get(finding.kind)
        if finding.answer is Answer.GAP and partner is not None:
            yield Missing(partner, finding.kind, finding.judgement.asked.text)
