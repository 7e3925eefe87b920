from __future__ import annotations

from opportunities.models import ProjectDocument
from opportunities.models.project_document import ProjectDocumentQuerySet


def documents_on(project_id: int) -> ProjectDocumentQuerySet:
    """Every document that the office has attached to a project, the latest first: for the office alone."""
    return ProjectDocument.objects.standing().filter(project=project_id).select_related("added_by")


def shared_documents_on(project_id: int) -> ProjectDocumentQuerySet:
    """What of it members see, for whoever has been through the door for the project."""
    return documents_on(project_id).filter(is_shared=True)


def project_documented(document_id: int) -> int | None:
    """Which project a document is attached to; None where there is none such."""
    standing = ProjectDocument.objects.standing().filter(pk=document_id)
    return standing.values_list("project_id", flat=True).first()
