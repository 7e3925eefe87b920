"""Projects as open data tells of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.db.models.functions import Coalesce

from opportunities.exports.told import ToldDocument, ToldProcess, ToldProject
from opportunities.models import (
    Opportunity,
    Project,
    ProjectDocument,
    ProjectLink,
    ProjectQuerySet,
    ProjectRevision,
)
from opportunities.models.project import ROOT
from opportunities.parsed_notice import EARLY_STAGES, Stage
from opportunities.project_selectors.door import domains_of, public_projects, root_of
from opportunities.projects.documents import DocumentKind
from opportunities.projects.records import OFFICE_EYES, PROJECT_FACTS, ProjectFacts, status_of
from opportunities.selectors import processes_told_among

_TOLD = frozenset(PROJECT_FACTS) - OFFICE_EYES - {"basis", "confidence", "description"}


def projects_told(*, at: datetime) -> list[ToldProject]:
    """Every project that everyone may know of, in the order of disclosure. Its tenders pass the same door."""
    return _told(public_projects(at=at), at=at)


def projects_told_since(*, at: datetime) -> datetime | None:
    """When everyone was told of the first of them; None before that. One query."""
    told_at = Coalesce("opportunity__merged_into__disclosed_from", "opportunity__disclosed_from")
    since: datetime | None = public_projects(at=at).aggregate(since=Min(told_at))["since"]
    return since


def project_told(number: str, *, at: datetime) -> ToldProject | None:
    """The project that open data numbers so (told.number_of), if everyone may know of it."""
    # Few are told early: their numbers are reckoned here, and need no index.
    found = [project for project in projects_told(at=at) if project.number == number]
    return found[0] if found else None


def _told(known: ProjectQuerySet, *, at: datetime) -> list[ToldProject]:
    projects = list(known.order_by("pk"))
    roots = Opportunity.objects.defer("search_vector").in_bulk({root_of(project) for project in projects})
    links, revised, documents = _links(projects), _revised(projects), _documents(projects)
    tendered = {pk for pk, root in roots.items() if root.stage not in (*EARLY_STAGES, "")}
    tenders = processes_told_among({*tendered, *(pk for told in links.values() for pk in told)}, at=at)
    told = []
    for project in projects:
        root = roots[root_of(project)]
        own = [root.pk] if root.pk in tendered else []
        come_to = tuple(tenders[pk] for pk in dict.fromkeys([*own, *links[project.pk]]) if pk in tenders)
        told.append(_project(project, root, come_to, documents[project.pk], revised.get(project.pk)))
    return sorted(told, key=lambda one: (one.updated_at, one.number))


def _links(projects: Iterable[Project]) -> dict[int, list[int]]:
    links = ProjectLink.objects.confirmed().filter(project__in=projects).annotate(root_id=ROOT)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for project_id, root_id in links.order_by("confirmed_at", "pk").values_list("project_id", "root_id"):
        found[project_id].append(root_id)
    return found


def _revised(projects: Iterable[Project]) -> dict[int, datetime]:
    """When something last changed that is told here: not what the office keeps to itself."""
    revisions = ProjectRevision.objects.filter(project__in=projects).order_by("number")
    rows = revisions.values_list("project_id", "changes", "recorded_at")
    return {pk: at for pk, changes, at in rows if any(change["field"] in _TOLD for change in changes)}


@dataclass(frozen=True, slots=True)
class _Documents:
    told: tuple[ToldDocument, ...] = ()
    changed_at: datetime | None = None  # the last time that one was attached or removed


def _documents(projects: Iterable[Project]) -> defaultdict[int, _Documents]:
    """Those that members share. One that was removed tells only that something changed."""
    found: defaultdict[int, _Documents] = defaultdict(_Documents)
    for row in ProjectDocument.objects.filter(project__in=projects, is_shared=True).order_by("pk"):
        before, changed_at = found[row.project_id], row.removed_at or row.added_at
        kind = DocumentKind(row.kind)
        one = ToldDocument(kind, row.title, row.url, row.published_on)
        told = before.told if row.removed_at else (*before.told, one)
        found[row.project_id] = _Documents(told, max(before.changed_at or changed_at, changed_at))
    return found


def _project(
    project: Project,
    root: Opportunity,
    tenders: tuple[ToldProcess, ...],
    documents: _Documents,
    revised: datetime | None,
) -> ToldProject:
    known = [
        root.disclosed_from,
        revised,
        documents.changed_at,
        *(tender.disclosed_from for tender in tenders),
    ]
    stage = Stage(project.stage) if project.stage else None
    return ToldProject(
        publisher=root.publisher,
        process_id=root.process_id,
        updated_at=max(at for at in known if at is not None),
        facts=ProjectFacts(
            title=project.title or None,
            stage=stage,
            buyer_name=project.buyer_name or None,
            city=project.city or None,
            state=project.state or None,
            scheme=project.scheme or None,
            funding=project.funding or None,
            value=project.value,
            value_until=project.value_until,
            tender_expected_from=project.tender_expected_from,
            tender_expected_until=project.tender_expected_until,
        ),
        # Not as the project has it: a tender that nobody is told of mustn't show in its status.
        status=status_of(stage, is_tendered=bool(tenders)),
        domains=domains_of(project),
        tenders=tenders,
        documents=documents.told,
    )
