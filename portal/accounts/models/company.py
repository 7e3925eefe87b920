from __future__ import annotations

from django.db import models

from portal.accounts.models.people import User


class Company(models.Model):
    """A member company: the one that is shown opportunities, matched, and written to."""

    name = models.CharField(max_length=200, unique=True)
    people = models.ManyToManyField(User, through="Membership", related_name="companies")

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person acts for a company."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "company"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.company}"
