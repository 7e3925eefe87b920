"""Which projects there are, for a company and for the office."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, DateTimeField, F, OuterRef, Q, Subquery, When

from opportunities.models import OpportunityQuerySet, Project, ProjectLink, ProjectQuerySet
from opportunities.models.project import ROOT
from opportunities.projects.records import TENDERED_STAGES
from opportunities.selectors import (
    opportunities_for_office,
    processes_read_in,
    public_opportunities,
    visible_opportunities,
)
from portal.accounts.models import Company

# A project names more fields in passing than it is about.
MAINLY = 2
Projects = ProjectQuerySet  # for readers to name what came through the door


def visible_projects(*, to: Company, at: datetime) -> ProjectQuerySet:
    """What ``to`` may know of at that moment: a project is seen exactly as the opportunity it stands upon."""
    return _through(visible_opportunities(to=to, at=at))


def public_projects(*, at: datetime) -> ProjectQuerySet:
    """What may be told to people without an account: what every member may know of at that moment."""
    return _through(public_opportunities(at=at))


def root_of(project: Project) -> int:
    """The opportunity that a project stands upon now, for one that came through a door."""
    root_id: int = vars(project)["root_id"]
    return root_id


def domains_of(project: Project) -> tuple[str, ...]:
    """The fields of work that a project is mainly about, for one that came through a door."""
    return tuple(vars(project)["domains"] or ())[:MAINLY]


def projects_for_office() -> ProjectQuerySet:
    """Everything, disclosed or not: only for pages that none but the office may open."""
    return _upon(opportunities_for_office()).annotate(told_tendered_at=F("tendered_at"))


def projects_upon(opportunity_id: int) -> ProjectQuerySet:
    """The project that stands upon an opportunity: for the office alone."""
    return projects_for_office().filter(Q(root_id=opportunity_id))


def _through(door: OpportunityQuerySet) -> ProjectQuerySet:
    """Projects as whoever stands at this door may know them. A tender that it hides is no tender to them."""
    at_the_market = Q(opportunity__merged_into=None, opportunity__stage__in=TENDERED_STAGES) | Q(
        opportunity__merged_into__stage__in=TENDERED_STAGES
    )
    linked = ProjectLink.objects.confirmed().filter(project=OuterRef("pk")).annotate(root_id=ROOT)
    known = linked.filter(root_id__in=door.values("pk")).order_by("confirmed_at")
    told = Case(
        When(at_the_market, then=F("tendered_at")),
        default=Subquery(known.values("confirmed_at")[:1]),
        output_field=DateTimeField(null=True),
    )
    return _upon(door).annotate(told_tendered_at=told)


def _upon(opportunities: OpportunityQuerySet) -> ProjectQuerySet:
    known = opportunities.values("pk")
    upon = Q(opportunity__in=known) | Q(opportunity__merged_into__in=known)
    standing = Project.objects.standing().filter(upon).with_root()
    return standing.annotate(domains=F("opportunity__search_entry__domains"))


def project_standing_for(project_id: int) -> int | None:
    """The project that one is read as since their processes were merged; None where it stands by itself."""
    merged = Project.objects.filter(pk=project_id).exclude(opportunity__merged_into__project=None)
    return merged.values_list("opportunity__merged_into__project", flat=True).first()


def project_on(opportunity: str) -> Subquery:
    """What a query of opportunities knows of the project that stands upon each; seen exactly as that is."""
    upon = Project.objects.standing().filter(opportunity__in=processes_read_in(opportunity))
    return Subquery(upon.order_by("pk").values("pk")[:1])


def by_expected(projects: ProjectQuerySet) -> ProjectQuerySet:
    """What is expected soonest first; what nobody expects at a time last."""
    return projects.order_by(F("tender_expected_from").asc(nulls_last=True), "title", "pk")
