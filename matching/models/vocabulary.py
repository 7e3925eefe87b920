"""What the office changed in the vocabulary."""

from __future__ import annotations

from django.db import models


class ConceptRevision(models.Model):
    """One concept of the vocabulary as the office wrote it; the latest of each stands. Append-only."""

    slug = models.SlugField()
    # See matching.scoring.vocabulary.serialization. Null: as it ships, or gone where it doesn't.
    content = models.JSONField(null=True)
    note = models.CharField(max_length=300, blank=True)  # why
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["slug", "-id"], name="concept_revision_latest")]

    def __str__(self) -> str:
        return f"{self.slug}, {self.made_at:%Y-%m-%d %H:%M}"
