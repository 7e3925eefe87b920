from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.urls import reverse

from opportunities.exports.personal import impersonal
from opportunities.project_selectors import (
    ProjectEntry,
    domains_of,
    linked_tenders,
    project_history,
    root_of,
    shared_documents_on,
    shared_notes_on,
    visible_projects,
)
from portal.api.callers import Caller
from portal.lib.money import Money


@dataclass(frozen=True)
class ProjectLine:
    """One project in short. "" and None: not stated."""

    id: int
    opportunity: int  # that it stands upon
    title: str
    stage: str
    domains: tuple[str, ...]
    buyer_name: str
    city: str
    state: str
    scheme: str
    funding: str
    value: Money | None
    value_until: Money | None
    tender_expected_from: date | None
    tender_expected_until: date | None
    expected_first_from: date | None
    expected_moves: int
    confidence: str
    tendered_at: datetime | None


Line = TypeVar("Line", bound=ProjectLine)
_TEXTS = ("title", "buyer_name", "scheme", "funding")


@dataclass(frozen=True, slots=True)
class SharedNote:
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """A document that stands on the web."""

    kind: str
    title: str
    url: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class ProjectsTender:
    """A tender that a project has come to."""

    opportunity: int
    title: str
    confirmed_at: datetime


@dataclass(frozen=True)
class ProjectRecord(ProjectLine):
    """All that is told of one project."""

    description: str
    basis: str
    page: str
    tenders: list[ProjectsTender]
    documents: list[SharedDocument]
    notes: list[SharedNote]
    history: list[ProjectEntry]


def project_line(project: Any) -> ProjectLine:
    """Of a project that came through the door."""
    own = {
        field.name: getattr(project, field.name)
        for field in fields(ProjectLine)
        if field.name not in ("id", "opportunity", "domains", "tendered_at")
    }
    return ProjectLine(
        id=project.pk,
        opportunity=root_of(project),
        domains=domains_of(project),
        tendered_at=project.tendered_since,
        **own,
    )


def project_record(project_id: int, *, caller: Caller, at: datetime) -> ProjectRecord | None:
    """None where the caller may know of none by that number."""
    found: Any = visible_projects(to=caller.reader, at=at).filter(pk=project_id).first()
    if found is None:
        return None
    line = project_line(found)
    record = ProjectRecord(
        **{field.name: getattr(line, field.name) for field in fields(ProjectLine)},
        description=found.description,
        basis=found.basis,
        page=settings.SITE_URL + reverse("dashboards:project", args=[found.pk]),
        tenders=[
            ProjectsTender(told.opportunity.pk, told.opportunity.title, told.confirmed_at)
            for told in linked_tenders([found.pk], to=caller.reader, at=at).get(found.pk, [])
        ],
        documents=[
            SharedDocument(one.kind, one.title, one.url, one.published_on)
            for one in shared_documents_on(found.pk)
        ],
        notes=[SharedNote(note.text, note.written_at) for note in shared_notes_on(found.pk)],
        history=list(_told(project_history([found.pk]).get(found.pk, []))),
    )
    return record if caller.company else _for_everybody(record)


def project_line_for_everybody(line: Line) -> Line:
    """The line without people, wherever a text names them, and without the office's own judgement."""
    texts: dict[str, Any] = {name: impersonal(getattr(line, name)) for name in _TEXTS}
    return replace(line, confidence="", **texts)


def _for_everybody(record: ProjectRecord) -> ProjectRecord:
    """As open data tells of it. Notes, prose, and history with the channel's dates are for members."""
    told = project_line_for_everybody(record)
    return replace(
        told,
        description="",
        basis="",
        tenders=[replace(one, title=impersonal(one.title)) for one in told.tenders],
        documents=[
            replace(one, title=impersonal(one.title))
            for one in told.documents
            if impersonal(one.url) == one.url
        ],
        notes=[],
        history=[],
    )


def _told(history: Iterable[ProjectEntry]) -> Iterable[ProjectEntry]:
    """Without what only the office reads."""
    return (entry for entry in history if entry.is_first or entry.shown_changes or entry.added_fields)
