from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from portal.accounts.models.company import Company
from portal.accounts.models.people import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def alive(self, at: datetime) -> ApiTokenQuerySet:
        """Neither revoked nor expired, and its person may still do what it was made for."""
        acts_for_company = Q(company__approved_at__isnull=False, company__memberships__user=F("user"))
        is_of_the_office = Q(company=None, user__role=User.Role.OFFICE)
        return self.filter(
            acts_for_company | is_of_the_office, revoked_at=None, expires_at__gt=at, user__is_active=True
        )


class ApiToken(models.Model):
    """That a program may use the API as a person, within scopes and for a time."""

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"  # change what is the company's own
        OFFICE = "office"  # do what the office does

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    # Null: one of the office's, who act for no company
    company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="api_tokens")
    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    # SHA-256 of the token: the token itself is nowhere. How it begins tells its owner which one it is.
    token_hash = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # To the hour
    last_used_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None) | ~Q(scopes__contains=["office"]),
                name="api_token_of_a_company_is_not_the_offices",
            ),
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_token_may_do_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
