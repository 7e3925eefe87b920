"""Projects as rows, and a board of them. All of it is made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from factory.declarations import LazyFunction, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from matching.models import CapabilityProfile, ProjectFollow
from opportunities.compile import Change
from opportunities.models import Opportunity, Project, ProjectLink, ProjectRevision
from opportunities.parsed_notice import Stage
from opportunities.projects.likeness import GroundFound, LinkGround
from opportunities.projects.quarters import quarter_of
from opportunities.serialization import changes_to_json, grounds_to_json
from opportunities.services import DomainsOf, set_domains
from opportunities.services.search_entries import write_search_entries
from portal.accounts.models import Company, User
from tests.factories.accounts import CompanyFactory, UserFactory
from tests.factories.matching import MatchFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory


class ProjectFactory(DjangoModelFactory[Project]):
    """A project in Madurai whose report is being written, and that every member sees."""

    class Meta:
        model = Project

    opportunity = SubFactory(
        OpportunityFactory, stage=Stage.DPR.value, submission_deadline=None, title="Known early"
    )
    recorded_at = LazyFunction(timezone.now)
    version = 1
    title = "Reduction of non-revenue water in the core city"
    stage = SelfAttribute("opportunity.stage")
    buyer_name = "Madurai Smart City Limited"
    city = "Madurai"
    state = "TN"
    value_amount = Decimal(1_180_000_000)
    value_currency = "INR"
    tender_expected_from = date(2027, 7, 1)
    tender_expected_until = date(2027, 9, 30)
    expected_first_from = SelfAttribute("tender_expected_from")
    expected_first_until = SelfAttribute("tender_expected_until")
    confidence = "medium"


class ProjectFollowFactory(DjangoModelFactory[ProjectFollow]):
    class Meta:
        model = ProjectFollow

    company = SubFactory(CompanyFactory)
    project = SubFactory(ProjectFactory)
    by = SubFactory(UserFactory)
    created_at = LazyFunction(timezone.now)


def add_project_told(
    title: str, *, now: datetime, stage: Stage, domains: Sequence[str] = ("water-supply",), **facts: Any
) -> Project:
    """A project with the notice that told of it first."""
    opportunity = OpportunityFactory.create(title=title, stage=stage.value, submission_deadline=None)
    write_search_entries([opportunity.pk])
    set_domains([DomainsOf(opportunity.pk, tuple(domains))], version="told")
    revision = OpportunityRevisionFactory.create(
        notice=NoticeFactory.create(opportunity=opportunity, kind="planning"), number=1
    )
    stated = {"title": title, "stage": stage.value, "told_revision": revision} | facts
    project = ProjectFactory.create(opportunity=opportunity, **stated)
    begins = project.expected_first_from
    changes = (Change("title", None, title), Change("tender_expected_from", None, begins))
    ProjectRevision.objects.create(
        project=project,
        number=1,
        changes=changes_to_json(changes if begins else changes[:1]),
        told_by=revision,
        recorded_at=now,
    )
    return project


def propose_link(project: Project, tender: Opportunity) -> ProjectLink:
    """A link that waits for the office, with what speaks for it."""
    grounds = (
        GroundFound(LinkGround.TITLE, 25, ("water", "sensors")),
        GroundFound(LinkGround.DOMAIN, 10, ("water-supply",)),
    )
    return ProjectLink.objects.create(
        project=project,
        opportunity=tender,
        likeness=35,
        grounds=grounds_to_json(grounds),
        proposed_at=timezone.now(),
    )


def build_board(company: Company, reader: User, profile: CapabilityProfile, *, now: datetime) -> Project:
    """Six projects in several stages: one slips, one is overdue; the one returned has come to a tender."""
    this = quarter_of(now.date())
    later = this.next.next
    slipping = add_project_told(
        "Reduction of non-revenue water in the core city, with leak detection",
        now=now,
        stage=Stage.DPR,
        scheme="AMRUT 2.0",
        basis="One council resolution",
        confidence="low",
        tender_expected_from=later.first_day,
        tender_expected_until=later.last_day,
        expected_first_from=this.first_day,
        expected_first_until=this.last_day,
        expected_moves=2,
    )
    moved = (Change("tender_expected_from", this.first_day, later.first_day),)
    ProjectRevision.objects.create(
        project=slipping, number=2, changes=changes_to_json(moved), recorded_at=now
    )
    MatchFactory.create(profile=profile, opportunity=slipping.opportunity, score=81)
    add_project_told(
        "Waste-to-energy and bio-methanation cluster of 350 TPD",
        now=now,
        stage=Stage.IDENTIFIED,
        city="Gwalior",
        state="MP",
        value_until_amount=Decimal(1_900_000_000),
        domains=["solid-waste"],
        confidence="low",
    )
    add_project_told(
        "Adaptive LED street lighting on 9,000 poles",
        now=now,
        stage=Stage.FUNDED,
        city="Pune",
        state="MH",
        domains=["lighting"],
        confidence="high",
        tender_expected_from=date(2026, 4, 1),
        tender_expected_until=date(2026, 6, 30),
    )
    add_project_told(
        "River-front sensors",
        now=now,
        stage=Stage.IDENTIFIED,
        city="Surat",
        state="GJ",
        value_amount=None,
        value_currency="",
        tender_expected_from=None,
        tender_expected_until=None,
        confidence="",
    )
    add_project_told("A bus terminal", now=now, stage=Stage.CANCELLED, domains=[])
    tendered = add_project_told(
        "24x7 water supply for ward 4", now=now, stage=Stage.FUNDED, tendered_at=now - timedelta(days=3)
    )
    tender = OpportunityFactory.create(title="NIT 17: 24x7 water supply, ward 4", city="Madurai", state="TN")
    ProjectLink.objects.create(
        project=tendered,
        opportunity=tender,
        state="confirmed",
        proposed_at=now,
        confirmed_at=now - timedelta(days=3),
    )
    ProjectFollowFactory.create(company=company, project=tendered, by=reader)
    return tendered
