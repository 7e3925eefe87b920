"""Which of the fields that are asked for the members answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Exists, F, Func, OuterRef, Q

from matching.models import CapabilityProfile, CompletedProject, Match
from matching.scoring.engine import DOMAINS
from opportunities.parsed_notice import EARLY_STAGES
from opportunities.selectors import opportunities_for_office


class Answers(StrEnum):
    """How a member answers for a field."""

    NOT = "not"
    SAYS = "says"  # a profile names the field
    PROVES = "proves"  # and a finished work in it


@dataclass(frozen=True, slots=True)
class Answering:
    """A member, and how it answers for one field."""

    company: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class DomainCoverage:
    """One field: who answers for it, and what is asked for in it now."""

    domain: str
    members: tuple[Answering, ...]  # every approved one, in the same order for each field
    leading: int  # of those who answer, how many would lead a joint venture
    tenders: int
    early: int
    unreached: int  # of both, how many are on no member's list

    @property
    def answering(self) -> tuple[Answering, ...]:
        return tuple(one for one in self.members if one.answers is not Answers.NOT)

    @property
    def proving(self) -> int:
        return sum(one.answers is Answers.PROVES for one in self.members)

    @property
    def asked(self) -> int:
        return self.tenders + self.early

    @property
    def is_unanswered(self) -> bool:
        return not self.answering


def coverage(*, at: datetime) -> list[DomainCoverage]:
    """Every field; those that are asked for and that fewest members answer for come first. Three queries."""
    profiles = list(
        CapabilityProfile.objects.current()
        .filter(company__approved_at__isnull=False)
        .order_by("company__name", "company", "pk")
        .values_list("pk", "company_id", "company__name", "domains", "may_lead_joint_venture")
    )
    company_of = {pk: company for pk, company, *_ in profiles}
    names = {company: name for _, company, name, *_ in profiles}
    says = _pairs((company, domains) for _, company, _, domains, _ in profiles)
    leads = _pairs((company, domains) for _, company, _, domains, may_lead in profiles if may_lead)
    works = CompletedProject.objects.filter(profile__in=company_of).values_list("profile", "domains")
    proves = _pairs((company_of[profile], domains) for profile, domains in works)
    asked = _asked(at=at)
    rows = [
        DomainCoverage(
            domain,
            tuple(Answering(name, _how(domain, company, says, proves)) for company, name in names.items()),
            sum((company, domain) in leads for company in names),
            *asked.get(domain, (0, 0, 0)),
        )
        for domain in DOMAINS
    ]
    return sorted(rows, key=lambda row: (not row.asked, len(row.answering), -row.asked, row.domain))


def _pairs(rows: Iterable[tuple[int, list[str]]]) -> frozenset[tuple[int, str]]:
    return frozenset((company, domain) for company, domains in rows for domain in domains)


def _how(
    domain: str, company: int, says: frozenset[tuple[int, str]], proves: frozenset[tuple[int, str]]
) -> Answers:
    if (company, domain) in proves:
        return Answers.PROVES
    return Answers.SAYS if (company, domain) in says else Answers.NOT


def _asked(*, at: datetime) -> dict[str, tuple[int, int, int]]:
    """Of each field the open tenders, what is early, and how many of both are on nobody's list."""
    reached = Match.objects.filter(
        opportunity=OuterRef("pk"), profile__retired_at=None, score__gte=F("profile__minimum_score")
    )
    is_early = Q(stage__in=EARLY_STAGES)
    rows = (
        opportunities_for_office()
        .disclosed_at(at)
        .open_at(at)
        .order_by()
        .annotate(
            is_reached=Exists(reached),
            domain=Func(F("search_entry__domains"), function="unnest", set_returning=True),
        )
        .values_list("domain")
        .annotate(
            tenders=Count("pk", filter=~is_early),
            early=Count("pk", filter=is_early),
            unreached=Count("pk", filter=Q(is_reached=False)),
        )
    )
    return {domain: (tenders, early, unreached) for domain, tenders, early, unreached in rows}
