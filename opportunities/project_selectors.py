"""What pages and mails ask about projects. Everything a company sees starts at ``visible_projects``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from opportunities.compile import Change
from opportunities.models import (
    LinkDecision,
    Opportunity,
    OpportunityQuerySet,
    Project,
    ProjectLink,
    ProjectQuerySet,
    ProjectRevision,
)
from opportunities.projects.likeness import GroundFound
from opportunities.projects.records import OFFICE_EYES
from opportunities.projects.slippage import Slippage, slippage
from opportunities.selectors import opportunities_for_office, visible_opportunities
from opportunities.serialization import changes_from_json, grounds_from_json
from portal.accounts.models import Company


def visible_projects(*, to: Company, at: datetime) -> ProjectQuerySet:
    """What ``to`` may know of at that moment: a project is seen exactly as the opportunity it stands upon."""
    return _upon(visible_opportunities(to=to, at=at))


def projects_for_office() -> ProjectQuerySet:
    """Everything, disclosed or not: only for pages that none but the office may open."""
    return _upon(opportunities_for_office())


def _upon(opportunities: OpportunityQuerySet) -> ProjectQuerySet:
    known = opportunities.values("pk")
    upon = Q(opportunity__in=known) | Q(opportunity__merged_into__in=known)
    return Project.objects.standing().filter(upon).with_root()


def project_standing_for(project_id: int) -> int | None:
    """The project that one is read as since their processes were merged; None where it stands by itself."""
    merged = Project.objects.filter(pk=project_id).exclude(opportunity__merged_into__project=None)
    return merged.values_list("opportunity__merged_into__project", flat=True).first()


def project_of(opportunity_id: int) -> int | None:
    """The project that stands upon an opportunity. The caller has been through the door for it."""
    upon = Q(opportunity=opportunity_id) | Q(opportunity__merged_into=opportunity_id)
    return Project.objects.standing().filter(upon).order_by("pk").values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """What became known of a project at a time."""

    project_id: int
    number: int
    recorded_at: datetime
    published_at: datetime | None  # of the notice that told it
    changes: tuple[Change, ...]
    is_by_office: bool
    because: str  # why the office says so; for the office's own pages
    by: str

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def happened_at(self) -> datetime:
        told = None if self.is_by_office else self.published_at
        return told or self.recorded_at

    @property
    def shown_changes(self) -> list[Change]:
        """What was said otherwise before, but for what the office keeps to itself."""
        return [c for c in self.changes if c.before is not None and c.field not in OFFICE_EYES]

    @property
    def added_fields(self) -> list[str]:
        """What was not known before."""
        return [c.field for c in self.changes if c.before is None and c.field not in OFFICE_EYES]


def project_history(project_ids: Collection[int]) -> dict[int, list[ProjectEntry]]:
    """What became known of each, the earliest first. One query. Ask only about what came through the door."""
    found: defaultdict[int, list[ProjectEntry]] = defaultdict(list)
    rows = ProjectRevision.objects.filter(project__in=project_ids)
    for row in rows.select_related("statement__stated_by", "told_by__notice").order_by("project", "number"):
        found[row.project_id].append(_entry(row))
    return found


def slippages(project_ids: Collection[int]) -> dict[int, Slippage]:
    """How the expected quarter of each has moved, where it has. One query. Ask only as above."""
    told: defaultdict[int, list[tuple[Change, ...]]] = defaultdict(list)
    rows = ProjectRevision.objects.filter(
        project__in=project_ids, changes__contains=[{"field": "tender_expected_from"}]
    ).order_by("number")
    for project_id, changes in rows.values_list("project_id", "changes"):
        told[project_id].append(changes_from_json(changes))
    return {pk: moved for pk, revisions in told.items() if (moved := slippage(revisions))}


def _entry(row: ProjectRevision) -> ProjectEntry:
    statement = row.statement
    return ProjectEntry(
        project_id=row.project_id,
        number=row.number,
        recorded_at=row.recorded_at,
        published_at=row.told_by.notice.published_at if row.told_by else None,
        changes=changes_from_json(row.changes),
        is_by_office=statement is not None,
        because=statement.because if statement else "",
        by=statement.stated_by.name if statement else "",
    )


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


def projects_behind(opportunity_id: int, *, to: Company, at: datetime) -> ProjectQuerySet:
    """The projects that a tender was linked to, as far as ``to`` may know of them."""
    linked = ProjectLink.objects.confirmed().annotate(root_id=_root("opportunity"))
    return visible_projects(to=to, at=at).filter(
        pk__in=linked.filter(root_id=opportunity_id).values("project")
    )


def _root(name: str) -> models.functions.Coalesce:
    return models.functions.Coalesce(f"{name}__merged_into", name)


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


def by_expected(projects: ProjectQuerySet) -> ProjectQuerySet:
    """What is expected soonest first; what nobody expects at a time last."""
    return projects.order_by(F("tender_expected_from").asc(nulls_last=True), "title", "pk")
