"""What projects have come to, and what may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from opportunities.models import LinkDecision, Opportunity, Project, ProjectLink, ProjectQuerySet
from opportunities.parsed_notice import EARLY_STAGES
from opportunities.project_selectors.door import visible_projects
from opportunities.projects.likeness import GroundFound
from opportunities.selectors import opportunities_for_office, visible_opportunities
from opportunities.serialization import grounds_from_json
from portal.accounts.models import Company


@dataclass(frozen=True, slots=True)
class LinkedTender:
    """A tender that a person linked to a project, as the asking company may know it."""

    project_id: int
    opportunity: Opportunity
    confirmed_at: datetime


def linked_tenders(
    project_ids: Collection[int], *, to: Company | None, at: datetime
) -> dict[int, list[LinkedTender]]:
    """The tenders each project has come to that ``to`` may know of; None is the office. Two queries."""
    links = ProjectLink.objects.confirmed().filter(project__in=project_ids).order_by("confirmed_at", "pk")
    rooted = links.annotate(root_id=_root("opportunity"))
    rows = list(rooted.values_list("project_id", "root_id", "confirmed_at"))
    door = opportunities_for_office() if to is None else visible_opportunities(to=to, at=at)
    known = door.defer("search_vector").in_bulk({root_id for _, root_id, _ in rows}) if rows else {}
    found: defaultdict[int, list[LinkedTender]] = defaultdict(list)
    for project_id, root_id, confirmed_at in rows:
        if root_id in known and confirmed_at is not None:
            found[project_id].append(LinkedTender(project_id, known[root_id], confirmed_at))
    return found


@dataclass(frozen=True, slots=True)
class TenderedProject:
    """A project, and a tender that it has come to."""

    project: Project
    tender: Opportunity
    since: datetime

    @property
    def pair(self) -> tuple[int, int]:
        return (self.project.pk, self.tender.pk)


def tendered_projects(projects: ProjectQuerySet, *, to: Company, at: datetime) -> list[TenderedProject]:
    """Each of these projects with each tender it has come to that ``to`` may know of, the latest first.

    A process that went to tender itself is its project's own. One query where none is tendered, else four.
    """
    tendered = {project.pk: project for project in projects.filter(~Q(told_tendered_at=None))}
    if not tendered:
        return []
    linked = linked_tenders(tendered, to=to, at=at)
    own = visible_opportunities(to=to, at=at).defer("search_vector").exclude(stage__in=[*EARLY_STAGES, ""])
    roots = own.in_bulk({vars(project)["root_id"] for project in tendered.values()})
    found = [
        TenderedProject(project, told.opportunity, told.confirmed_at)
        for pk, project in tendered.items()
        for told in linked.get(pk, ())
    ]
    found += [
        TenderedProject(project, roots[root_id], project.tendered_since or at)
        for project in tendered.values()
        if (root_id := vars(project)["root_id"]) in roots
    ]
    return sorted(found, key=lambda told: (told.since, told.project.pk), reverse=True)


def projects_behind(opportunity_id: int, *, to: Company, at: datetime) -> ProjectQuerySet:
    """The projects that a tender was linked to, as far as ``to`` may know of them."""
    linked = ProjectLink.objects.confirmed().annotate(root_id=_root("opportunity"))
    return visible_projects(to=to, at=at).filter(
        pk__in=linked.filter(root_id=opportunity_id).values("project")
    )


def _root(name: str) -> Coalesce:
    return Coalesce(f"{name}__merged_into", name)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that waits for a person, or that one has decided about: for the office alone."""

    link: ProjectLink
    grounds: tuple[GroundFound, ...]
    last: LinkDecision | None


def proposed_links() -> list[Proposal]:
    """What waits for the office, the likeliest first. A tender that was merged meanwhile is asked as one."""
    waiting = ProjectLink.objects.proposed().filter(
        opportunity__merged_into=None, project__opportunity__merged_into__project=None
    )
    return [
        Proposal(link, grounds_from_json(link.grounds), None)
        for link in waiting.select_related("project", "opportunity").defer("opportunity__search_vector")
    ]


def links_of(project_id: int) -> list[Proposal]:
    """All that was ever proposed or decided about a project: for the office alone. Two queries."""
    links = (
        ProjectLink.objects.filter(project=project_id)
        .select_related("project", "opportunity")
        .defer("opportunity__search_vector")
    )
    last: dict[int, LinkDecision] = {}
    for decision in LinkDecision.objects.filter(link__project=project_id).select_related("decided_by"):
        last[decision.link_id] = decision
    return [Proposal(link, grounds_from_json(link.grounds), last.get(link.pk)) for link in links]
