from __future__ import annotations

from django.db import models
from django.db.models import Q


class ProjectNoteQuerySet(models.QuerySet["ProjectNote"]):
    def standing(self) -> ProjectNoteQuerySet:
        return self.filter(removed_at=None)


class ProjectNote(models.Model):
    """What somebody of the office wrote down about a project. Internal, or shared with whoever sees it."""

    project = models.ForeignKey("opportunities.Project", models.PROTECT, related_name="notes")
    text = models.TextField()
    # Members that see the project read it, too. Never changed: what was internal stays so.
    is_shared = models.BooleanField()
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    removed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = ProjectNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="project_note_removed_by_someone_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.text[:60]}"
