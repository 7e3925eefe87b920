"""What people have seen."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LastLook(models.Model):
    """Up to which revision a person knows an opportunity: before the latest visit to its page, and since."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="looks")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="looks")
    looked_at = models.DateTimeField()
    shown_number = models.PositiveIntegerField()
    # The visit before: what changed is told from there. Null: there was none, and nothing is told.
    known_at = models.DateTimeField(null=True)
    known_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "opportunity"], name="last_look_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.opportunity} r{self.shown_number}"
