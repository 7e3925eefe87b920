"""Whether a company can bid for an opportunity, and in time. The caller has been through the door for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from matching.bidding.eligibility.assess import assess
from matching.bidding.eligibility.records import Answer, Finding, may_bid
from matching.bidding.feasibility.plan import Dates, plan_bid
from matching.bidding.feasibility.records import Plan
from matching.bidding.feasibility.steps import Needs
from matching.bidding.records import Bidder, Call, CompletedProject, Presence, Signature, TeamRole, Terms
from matching.facing_records import prepared_offered
from matching.models import CapabilityProfile
from matching.scoring.engine import domains_offered
from opportunities.models import Opportunity
from opportunities.models import Requirement as RequirementRow
from opportunities.parsed_notice import Moment, Requirement, RequirementKind
from opportunities.selectors import requirements_by_opportunity
from portal.lib.clocks import INDIA
from portal.lib.money import Money
from portal.ui.reference_rates import in_currency

_MILLION = 1_000_000
_PERCENT = Decimal(100)
# A tender names more fields in passing than it is about.
_MAINLY = 3


@dataclass(frozen=True, slots=True)
class BidOutlook:
    """What stands between a company and a bid."""

    answer: Answer  # for the whole: MET, TEAM, UNKNOWN or GAP
    findings: tuple[Finding, ...]  # what stops a bid first
    plan: Plan


def bid_outlook(bidder: Bidder, call: Call, opportunity: Opportunity, *, now: datetime) -> BidOutlook:
    """Each requirement answered for this bidder, and each step planned back from the deadline."""
    findings = assess(call, bidder)
    plan = plan_bid(
        dates_of(opportunity), needs_of(call, bidder, findings), today=now.astimezone(INDIA).date()
    )
    return BidOutlook(may_bid(findings), findings, plan)


def bidder_of(profile: CapabilityProfile) -> Bidder:
    """A profile as a buyer would examine it."""
    return Bidder(
        key=profile.pk,
        turnovers=tuple((row.year, _sek(row.sek_millions)) for row in profile.yearly_turnovers.all()),
        turnover=_sek_or_none(profile.turnover_sek_millions),
        net_worth=_sek_or_none(profile.net_worth_sek_millions),
        founded=profile.founded_year,
        employees=profile.employees,
        certifications=tuple(profile.certifications),
        projects=tuple(
            CompletedProject(
                row.name, row.completed_year, _sek_or_none(row.value_sek_millions), tuple(row.domains)
            )
            for row in profile.completed_projects.all()
        ),
        domains=tuple(profile.domains),
        presence=Presence(profile.indian_presence),
        signature=Signature(profile.digital_signature),
        local_content=(
            None if profile.local_content_percent is None else profile.local_content_percent / _PERCENT
        ),
        role=_role(profile),
    )


def call_of(opportunity: Opportunity, *, now: datetime) -> Call:
    """All that an opportunity asks, from its clauses and its facts."""
    return calls_of([opportunity], now=now)[opportunity.pk]


def calls_of(opportunities: Collection[Opportunity], *, now: datetime) -> dict[int, Call]:
    """As ``call_of`` for many, by their ids: their clauses in one query."""
    clauses = requirements_by_opportunity([opportunity.pk for opportunity in opportunities])
    return {
        opportunity.pk: Call(
            tuple(_asked(clauses[opportunity.pk])), _terms_of(opportunity, now=now), in_currency
        )
        for opportunity in opportunities
    }


def _terms_of(opportunity: Opportunity, *, now: datetime) -> Terms:
    return Terms(
        value=opportunity.value,
        bid_security=opportunity.bid_security,
        document_fee=opportunity.document_fee,
        is_joint_venture_allowed=opportunity.is_joint_venture_allowed,
        is_global="global" in opportunity.procurement_method.casefold(),
        is_online=not opportunity.is_early_stage,
        domains=domains_offered(prepared_offered(opportunity))[:_MAINLY],
        year=now.year,
    )


def dates_of(opportunity: Opportunity) -> Dates:
    return Dates(
        deadline=_day(opportunity.moment("submission_deadline")),
        enquiry=_day(opportunity.moment("enquiry_deadline")),
        prebid=_day(opportunity.moment("prebid_at")),
        state=opportunity.state,
    )


def needs_of(call: Call, bidder: Bidder, findings: Sequence[Finding]) -> Needs:
    kinds = {finding.kind for finding in findings}
    return Needs(
        signature=bidder.signature is not Signature.HELD,
        is_foreign=bidder.presence is not Presence.SUBSIDIARY,
        team=may_bid(findings) is Answer.TEAM,
        bid_security=RequirementKind.BID_SECURITY in kinds,
        hard_copy=RequirementKind.HARD_COPY in kinds,
        is_online=call.terms.is_online,
    )


def _asked(rows: Iterable[RequirementRow]) -> Iterable[Requirement]:
    for row in rows:
        yield Requirement(
            RequirementKind(row.kind),
            row.sentence,
            row.place,
            amount=row.money,
            share=row.share,
            years=row.years,
            count=row.count,
            name=row.name or None,
            is_allowed=row.is_allowed,
            confidence=row.confidence,
        )


def _role(profile: CapabilityProfile) -> TeamRole:
    if not profile.is_joint_venture_willing:
        return TeamRole.NONE
    return TeamRole.LEAD if profile.may_lead_joint_venture else TeamRole.PARTNER


def _sek(millions: Decimal) -> Money:
    return Money(millions * _MILLION, "SEK")


def _sek_or_none(millions: Decimal | None) -> Money | None:
    return None if millions is None else _sek(millions)


def _day(moment: Moment | None) -> date | None:
    return None if moment is None else moment.at.astimezone(INDIA).date()
