from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from opportunities.projects.documents import LONGEST_ADDRESS, LONGEST_TITLE, DocumentKind


class ProjectDocumentQuerySet(models.QuerySet["ProjectDocument"]):
    def standing(self) -> ProjectDocumentQuerySet:
        return self.filter(removed_at=None)


class ProjectDocument(models.Model):
    """A document of a project that others have published, attached by the office: internal or shared."""

    project = models.ForeignKey("opportunities.Project", models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in DocumentKind])
    title = models.CharField(max_length=LONGEST_TITLE)
    url = models.URLField(max_length=LONGEST_ADDRESS)
    published_on = models.DateField(null=True)
    # Members that see the project see it, too, and open data if everyone does. Never changed.
    is_shared = models.BooleanField()
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = ProjectDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "url"], condition=Q(removed_at=None), name="project_document_stands_once"
            ),
            # It becomes a link on members' pages: never javascript: or the like.
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="project_document_on_the_web",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="project_document_removed_by_someone_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.title}"

    @property
    def host(self) -> str:
        """Where it leads: "pmc.example.gov.in"."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")
