from __future__ import annotations

from datetime import datetime

from opportunities.models import ProjectNote
from portal.accounts.models import User


def write_project_note(
    project_id: int, text: str, *, is_shared: bool, by: User, now: datetime
) -> ProjectNote:
    """Keep a note about a project. The same words by the same person stand once."""
    note, _ = ProjectNote.objects.standing().get_or_create(
        project_id=project_id,
        text=text.strip(),
        is_shared=is_shared,
        written_by=by,
        defaults={"written_at": now},
    )
    return note


def remove_project_note(note_id: int, *, by: User, now: datetime) -> None:
    """Show it to nobody any more; the row stays. Removing it again does nothing."""
    ProjectNote.objects.standing().filter(pk=note_id).update(removed_by=by, removed_at=now)
