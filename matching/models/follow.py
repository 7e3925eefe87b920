"""What companies keep an eye on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class FollowQuerySet(models.QuerySet["Follow"]):
    def standing(self) -> FollowQuerySet:
        return self.filter(ended_at=None)


class Follow(models.Model):
    """That a company keeps an eye on an opportunity, for all its people. Ended, never deleted."""

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="follows")
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="follows")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "opportunity"], name="follow_stands_once", condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.opportunity}"
