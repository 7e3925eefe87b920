"""Members about whom the office reports, and all that they can do about an opportunity."""

from __future__ import annotations

from django.utils import timezone

from matching.models import Outcome, Verdict
from opportunities.models import Disclosure, Opportunity
from opportunities.services.search_entries import write_search_entries
from portal.accounts.models import Company, User
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    LastLookFactory,
    MatchFactory,
    VerdictFactory,
)
from tests.factories.opportunities import OpportunityFactory


def some_members(count: int) -> list[tuple[Company, User]]:
    found = []
    for number in range(count):
        company = CompanyFactory.create(name=f"Hemligt företag {number} AB")
        person = UserFactory.create()
        MembershipFactory.create(company=company, user=person)
        found.append((company, person))
    return found


def disclosed(by: User, *, title: str = "Smart poles ₹ 42 crore") -> Opportunity:
    now = timezone.now()  # any earlier could be another quarter
    opportunity = OpportunityFactory.create(title=title, state="MH", disclosed_from=now)
    write_search_entries([opportunity.pk])
    opportunity.search_entry.domains = ["lighting"]
    opportunity.search_entry.save()
    Disclosure.objects.create(opportunity=opportunity, decided_by=by, decided_at=now, disclosed_from=now)
    return opportunity


def do_everything(members: list[tuple[Company, User]], opportunity: Opportunity, stage: str = "bid") -> None:
    for company, person in members:
        profile = CapabilityProfileFactory.create(company=company)
        MatchFactory.create(profile=profile, opportunity=opportunity)
        LastLookFactory.create(person=person, opportunity=opportunity)
        FollowFactory.create(company=company, opportunity=opportunity, by=person)
        VerdictFactory.create(
            profile=profile, opportunity=opportunity, person=person, reason=Verdict.Reason.NO_TIME
        )
        Outcome.objects.create(
            company=company,
            opportunity=opportunity,
            stage=stage,
            reason="price" if stage == "lost" else "",
            told_by=person,
            told_at=timezone.now(),
        )
