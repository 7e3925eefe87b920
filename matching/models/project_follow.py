"""Which projects companies keep an eye on, and what they have been told of them by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching.models.delivery import Delivery


class ProjectFollowQuerySet(models.QuerySet["ProjectFollow"]):
    def standing(self) -> ProjectFollowQuerySet:
        return self.filter(ended_at=None)


class ProjectFollow(models.Model):
    """That a company keeps an eye on a project, for all its people. Ended, never deleted."""

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="project_follows")
    project = models.ForeignKey("opportunities.Project", models.PROTECT, related_name="follows")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ProjectFollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "project"], name="project_follow_stands_once", condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.project}"


class DeliveredProject(models.Model):
    """That a delivery tells that a project has come to a tender. Told once to each person."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="delivered_projects")
    project = models.ForeignKey("opportunities.Project", models.PROTECT, related_name="+")
    tender = models.ForeignKey("opportunities.Opportunity", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "project", "tender"], name="delivered_project_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project} in {self.delivery}"
