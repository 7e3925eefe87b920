from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from opportunities.models import Opportunity, Project, ProjectRevision, ProjectStatement
from opportunities.models.project import ROOT
from opportunities.parsed_notice import Stage
from opportunities.projects.compile import NOTHING, compile_project
from opportunities.projects.records import (
    PROJECT_FACTS,
    TENDERED_STAGES,
    TOLD_BY_NOTICES,
    Confidence,
    ProjectFacts,
    Told,
    diff_project,
)
from opportunities.projects.slippage import slippage
from opportunities.selectors import survivor_of
from opportunities.serialization import changes_from_json, changes_to_json, project_facts_from_json
from opportunities.services.projects.propose_links import propose_links_of


@transaction.atomic
def record_project(opportunity_id: int, *, now: datetime) -> Project | None:
    """Bring the project of an opportunity up to what it says now; make it where an early stage has none.

    Return None where there is none to have: what was never told of early has no project. Recording the same
    again changes nothing. An opportunity may be what two projects were merged into; both are brought up to
    date, and the first is returned.
    """
    root_id = survivor_of(opportunity_id) or opportunity_id
    known = _projects_of(root_id)
    if not known and _is_early(root_id):
        Project.objects.bulk_create([Project(opportunity_id=root_id, recorded_at=now)], ignore_conflicts=True)
        known = _projects_of(root_id)
    projects = [bring_up_to_date(pk, now=now) for pk in known]
    return projects[0] if projects else None


def pending_projects(*, count: int) -> list[int]:
    """Opportunities that tell of a project something which it doesn't say yet."""
    behind = list(Project.objects.behind().order_by("pk").values_list(ROOT, flat=True)[:count])
    early = Opportunity.objects.without_canaries().standing().early_stage()
    merged = Project.objects.exclude(opportunity__merged_into=None).values("opportunity__merged_into")
    untold = early.filter(project=None).exclude(pk__in=merged).order_by("pk")
    return [*behind, *untold.values_list("pk", flat=True)[: count - len(behind)]]


def _projects_of(root_id: int) -> list[int]:
    own = Project.objects.filter(Q(opportunity=root_id) | Q(opportunity__merged_into=root_id))
    return list(own.order_by("pk").values_list("pk", flat=True))


def _is_early(opportunity_id: int) -> bool:
    return Opportunity.objects.without_canaries().early_stage().filter(pk=opportunity_id).exists()


def bring_up_to_date(project_id: int, *, now: datetime, statement: ProjectStatement | None = None) -> Project:
    """Compile a project anew, and keep what that changed. Within a transaction; locks the project."""
    # One at a time, or two could compile from different halves of the story and number one revision twice.
    project = Project.objects.select_for_update(of=("self",), no_key=True).with_root().get(pk=project_id)
    root_id: int = vars(project)["root_id"]
    # After the lock, and in one statement: the facts are those of the revision that is marked as told.
    root = Opportunity.objects.with_latest_revision().defer("search_vector").get(pk=root_id)
    is_new = project.version == 0
    before = NOTHING if is_new else facts_of_project(project)
    facts = compile_project(
        _said_by(root),
        _said_by_the_office(project),
        is_quarter_unsure="tender_expected_from" in root.unsure,
        before=before,
    )
    changes = diff_project(before, facts)
    if changes or is_new:
        project.version += 1
        _put_into(project, facts)
        ProjectRevision.objects.create(
            project=project,
            number=project.version,
            changes=changes_to_json(changes),
            told_by_id=vars(root)["latest_revision_id"],
            statement=statement,
            recorded_at=now,
        )
        if any(change.field == "tender_expected_from" for change in changes):
            _note_slippage(project)
    project.told_revision_id = vars(root)["latest_revision_id"]
    mark_as_tendered(project, own_stage=root.stage, now=now)
    project.save()
    if changes and project.is_early_stage:
        propose_links_of(project, now=now)
    return project


def _note_slippage(project: Project) -> None:
    told = project.revisions.order_by("number").values_list("changes", flat=True)
    moved = slippage(changes_from_json(changes) for changes in told)
    project.expected_first_from = moved.first_from if moved else project.tender_expected_from
    project.expected_first_until = moved.first_until if moved else project.tender_expected_until
    project.expected_moves = moved.times if moved else 0


def mark_as_tendered(project: Project, *, own_stage: str, now: datetime) -> None:
    """Keep since when its own process, or one that a person linked to it, has been at the market."""
    is_tendered = own_stage in TENDERED_STAGES or project.links.confirmed().exists()
    if not is_tendered:
        project.tendered_at = None
    elif project.tendered_at is None:
        project.tendered_at = now


def facts_of_project(project: Project) -> ProjectFacts:
    """Its columns as facts: what is empty is not stated."""
    return ProjectFacts(**{name: _typed(name, getattr(project, name)) for name in PROJECT_FACTS})


def _said_by(opportunity: Opportunity) -> ProjectFacts:
    return ProjectFacts(**{name: _typed(name, getattr(opportunity, name)) for name in TOLD_BY_NOTICES})


def _typed(name: str, value: Any) -> Any:
    if value in ("", None):
        return None
    if name == "stage":
        return Stage(value)
    return Confidence(value) if name == "confidence" else value


def _said_by_the_office(project: Project) -> list[Told]:
    return [Told(row.stated_at, project_facts_from_json(row.said)) for row in project.statements.all()]


_MONEY = ("value", "value_until")
_NULLABLE = ("tender_expected_from", "tender_expected_until")


def _put_into(project: Project, facts: ProjectFacts) -> None:
    for name in PROJECT_FACTS:
        if name not in _MONEY:
            value = getattr(facts, name)
            setattr(project, name, value if name in _NULLABLE else value or "")
    project.title = facts.title or project.opportunity.process_id
    project.value_amount = facts.value.amount if facts.value else None
    project.value_until_amount = facts.value_until.amount if facts.value_until else None
    stated = facts.value or facts.value_until
    project.value_currency = stated.currency if stated else ""
