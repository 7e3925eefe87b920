"""What the made-up cities plan: told by the office over half a year, so there is a past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from matching.services import follow_project, note_look
from opportunities.audience import audience_of
from opportunities.models import Opportunity, Project, ProjectStatement
from opportunities.parsed_notice import Stage
from opportunities.projects.documents import DocumentKind
from opportunities.projects.quarters import FiscalQuarter, quarter_of
from opportunities.projects.records import Confidence, ProjectFacts
from opportunities.services import (
    add_project,
    attach_document,
    disclose_opportunity,
    link_project,
    state_project,
)
from portal.accounts.models import Company, User
from portal.demo.companies import COMPANIES
from portal.demo.days import Days
from portal.demo.people import OFFICE, PEOPLE
from portal.demo.project_documents import DemoDocument
from portal.lib.money import CRORE, Money

_MOVED_EVERY = timedelta(days=45)
_BECAUSE = "Told at the monthly call with the channel's desk."
_WHY_SOME = "The channel asked for makers of sensors and of treatment alone."
_OFFICE = next(person.email for person in PEOPLE if person.place == OFFICE)


@dataclass(frozen=True, slots=True)
class DemoProject:
    """A plan. ``quarters`` are those told one after the other, counted from the one of today."""

    title: str
    description: str
    stage: Stage
    city: str
    state: str
    buyer: str
    scheme: str = ""
    funding: str = ""
    crores: int = 0
    quarters: tuple[int, ...] = ()
    basis: str = ""
    confidence: Confidence | None = None
    told: int = 110  # days ago
    followed_by: tuple[str, ...] = ()
    opened_by: int = 0  # of those who joined first, so many
    only_for: tuple[str, ...] = ()  # domains; empty: every member
    documents: tuple[DemoDocument, ...] = ()


# It comes to a tender of the simulator's portal.
TENDERED = DemoProject(
    "Reduction of leakage and non-revenue water in the old city",
    "Leak detection, metering of district areas and pressure management, paid by what is saved.",
    Stage.FUNDED,
    "Vadodara",
    "GJ",
    "Vadodara Smart City Development Limited",
    scheme="AMRUT 2.0",
    funding="State share released in May",
    crores=95,
    quarters=(-1, 0),
    followed_by=("Nordvatten Sensorik AB",),
    opened_by=7,
    documents=(
        DemoDocument(
            DocumentKind.FEASIBILITY, "Water balance of the old city, 24 district areas", "vadodara", 190
        ),
        DemoDocument(
            DocumentKind.BUDGET, "Release of the state share for leakage reduction", "vadodara", 120
        ),
    ),
)
PROJECTS = (
    TENDERED,
    DemoProject(
        "Online monitoring of effluent in 14 drains to the river, with SCADA",
        "Sensors for flow, oxygen demand and ammonia at 14 drains, and a control room for the board.",
        Stage.DPR,
        "Kanpur",
        "UP",
        "Kanpur Smart City Limited",
        scheme="AMRUT 2.0",
        crores=46,
        quarters=(1, 2, 3),
        basis="consultant named, report late",
        confidence=Confidence.LOW,
        followed_by=("Nordvatten Sensorik AB",),
        only_for=("wastewater", "water-supply"),
        documents=(
            DemoDocument(
                DocumentKind.MINUTES, "Minutes of the board, item 14: online monitoring", "kanpur", 130
            ),
            DemoDocument(
                DocumentKind.PLAN,
                "Detailed project report, chapters 1 to 4 (draft)",
                "kanpur",
                40,
                is_shared=False,
            ),
        ),
    ),
    DemoProject(
        "Sensor-controlled street lighting on 30,000 poles",
        "Dimmable LED luminaires with motion sensors and one management system for the whole city.",
        Stage.FUNDED,
        "Bhopal",
        "MP",
        "Bhopal Smart City Development Corporation Limited",
        scheme="Smart Cities Mission",
        funding="Loan agreement signed with a development bank",
        crores=140,
        quarters=(1,),
        followed_by=("Ljusvakt Stadsbelysning AB",),
        opened_by=6,
        documents=(
            DemoDocument(
                DocumentKind.PLAN, "Detailed project report: street lighting, 30,000 poles", "bhopal", 75
            ),
            DemoDocument(
                DocumentKind.ILLUSTRATION, "Map of feeders and control panels by ward", "bhopal", 75
            ),
        ),
    ),
    DemoProject(
        "Bio-methanation of market and temple waste, 60 tonnes a day",
        "Digesters next to the wholesale market; gas for city buses. Technology from abroad is welcome.",
        Stage.IDENTIFIED,
        "Nashik",
        "MH",
        "Nashik Municipal Smart City Development Corporation Limited",
        crores=70,
        quarters=(4,),
        basis="one council resolution",
        confidence=Confidence.LOW,
    ),
    DemoProject(
        "Charging depots for 150 electric buses, second phase",
        "Two depots with load management and a link to the bus operator's planning.",
        Stage.FUNDED,
        "Surat",
        "GJ",
        "Surat Smart City Development Limited",
        funding="Granted; tender documents delayed",
        crores=58,
        quarters=(-1,),
        told=30,
        opened_by=7,
    ),
    DemoProject(
        "Flood and drain-level sensors for the creek",
        "Level sensors at 40 places and warnings to those who live there.",
        Stage.IDENTIFIED,
        "Panaji",
        "GA",
        "Imagine Panaji Smart City Development Limited",
        told=12,
        opened_by=5,
    ),
)


def plan_projects(days: Days, *, now: datetime) -> None:
    """Let the office tell of each on its day, and share it. Plans nothing where it has told of any."""
    office = User.objects.filter(email=_OFFICE).first()
    if office is None or ProjectStatement.objects.exists():
        return
    for wanted in PROJECTS:
        days.plan(now - timedelta(days=wanted.told), partial(_tell, wanted, office, now=now))


def link_the_tendered(*, now: datetime) -> bool:
    """Let the office link the one that is tendered, once its tender is read; return whether it did."""
    project = Project.objects.filter(title=TENDERED.title, links__decisions=None).first()
    tender = Opportunity.objects.standing().filter(city=TENDERED.city, stage=Stage.TENDER).first()
    if project is None or tender is None:
        return False
    office = User.objects.get(email=_OFFICE)
    link_project(project.pk, tender.pk, because="The same zones and the same agency.", by=office, now=now)
    return True


def _tell(wanted: DemoProject, office: User, *, now: datetime) -> None:
    told_at, today = now - timedelta(days=wanted.told), now.date()
    first, *moves = wanted.quarters or (None,)
    project = add_project(_said(wanted, first, today), because=_BECAUSE, by=office, now=told_at)
    to, why = audience_of(wanted.only_for, ()), _WHY_SOME if wanted.only_for else ""
    disclose_opportunity(project.opportunity_id, from_=told_at, by=office, now=told_at, to=to, because=why)
    for company in Company.objects.filter(name__in=wanted.followed_by):
        by = company.people.order_by("pk")[0]
        follow_project(project.pk, company=company, by=by, now=told_at + timedelta(days=7))
    lively = [company.name for company in COMPANIES if not company.silent_for]
    names = lively[: wanted.opened_by]
    for person in User.objects.filter(companies__name__in=names).order_by("pk"):
        at = told_at + timedelta(hours=3)
        note_look(project.opportunity_id, None, person=person, number=1, now=at)
    for number, offset in enumerate(moves, start=1):
        project.refresh_from_db()
        said = _said(wanted, offset, today)
        at = told_at + number * _MOVED_EVERY
        state_project(project.pk, said, because=_BECAUSE, seen_version=project.version, by=office, now=at)
    for document in wanted.documents:
        attached_at = max(told_at, now - timedelta(days=document.published - 2))
        attach_document(project.pk, document.named(today), by=office, now=attached_at)


def _said(wanted: DemoProject, offset: int | None, today: date) -> ProjectFacts:
    quarter = None if offset is None else _quarter(today, offset)
    return ProjectFacts(
        title=wanted.title,
        description=wanted.description,
        stage=wanted.stage,
        buyer_name=wanted.buyer,
        city=wanted.city,
        state=wanted.state,
        scheme=wanted.scheme or None,
        funding=wanted.funding or None,
        value=Money(wanted.crores * CRORE, "INR") if wanted.crores else None,
        tender_expected_from=quarter.first_day if quarter else None,
        tender_expected_until=quarter.last_day if quarter else None,
        confidence=wanted.confidence,
        basis=wanted.basis or None,
    )


def _quarter(today: date, offset: int) -> FiscalQuarter:
    now = quarter_of(today)
    year, number = divmod(now.year * 4 + now.number - 1 + offset, 4)
    return FiscalQuarter(year, number + 1)
