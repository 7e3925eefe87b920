from __future__ import annotations

from opportunities.models import ProjectNote
from opportunities.models.project_note import ProjectNoteQuerySet


def notes_on(project_id: int) -> ProjectNoteQuerySet:
    """Everything the office wrote about a project, the latest first: for the office alone."""
    standing = ProjectNote.objects.standing().filter(project=project_id)
    return standing.select_related("written_by")


def shared_notes_on(project_id: int) -> ProjectNoteQuerySet:
    """What of it members read, for whoever has been through the door for the project."""
    return notes_on(project_id).filter(is_shared=True)


def project_noted(note_id: int) -> int | None:
    """Which project a note is about; None where there is none such."""
    return ProjectNote.objects.standing().filter(pk=note_id).values_list("project_id", flat=True).first()
