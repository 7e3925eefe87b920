from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opportunities.errors import AttachedAlready
from opportunities.models import ProjectDocument
from opportunities.projects.documents import DocumentKind
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class DocumentNamed:
    """A document that stands somewhere on the web, as a person describes it."""

    kind: DocumentKind
    title: str
    url: str  # http or https; whoever asks has checked it
    published_on: date | None
    is_shared: bool


def attach_document(project_id: int, named: DocumentNamed, *, by: User, now: datetime) -> ProjectDocument:
    """Attach a document to a project. An address stands once there; saying the same again does nothing.

    Raises AttachedAlready where the address stands with something else said of it.
    """
    document, _ = ProjectDocument.objects.standing().get_or_create(
        project_id=project_id,
        url=named.url,
        defaults={
            "kind": named.kind,
            "title": named.title,
            "published_on": named.published_on,
            "is_shared": named.is_shared,
            "added_by": by,
            "added_at": now,
        },
    )
    if _named(document) != named:
        raise AttachedAlready
    return document


def remove_document(document_id: int, *, by: User, now: datetime) -> None:
    """Show it to nobody any more; the row stays. Removing it again does nothing."""
    ProjectDocument.objects.standing().filter(pk=document_id).update(removed_by=by, removed_at=now)


def _named(document: ProjectDocument) -> DocumentNamed:
    kind = DocumentKind(document.kind)
    return DocumentNamed(kind, document.title, document.url, document.published_on, document.is_shared)
