"""Which projects there are, for a company and for the office."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, Subquery

from opportunities.models import OpportunityQuerySet, Project, ProjectQuerySet
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
    return _upon(visible_opportunities(to=to, at=at))


def public_projects(*, at: datetime) -> ProjectQuerySet:
    """What may be told to people without an account: what every member may know of at that moment."""
    return _upon(public_opportunities(at=at))


def root_of(project: Project) -> int:
    """The opportunity that a project stands upon now, for one that came through a door."""
    root_id: int = vars(project)["root_id"]
    return root_id


def domains_of(project: Project) -> tuple[str, ...]:
    """The fields of work that a project is mainly about, for one that came through a door."""
    return tuple(vars(project)["domains"] or ())[:MAINLY]


def projects_for_office() -> ProjectQuerySet:
    """Everything, disclosed or not: only for pages that none but the office may open."""
    return _upon(opportunities_for_office())


def projects_upon(opportunity_id: int) -> ProjectQuerySet:
    """The project that stands upon an opportunity: for the office alone."""
    return _upon(opportunities_for_office().filter(pk=opportunity_id))


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
