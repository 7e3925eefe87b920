from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.accounts.counties import COUNTIES
from portal.accounts.models.people import User


class Company(models.Model):
    """A member company: the one that is shown opportunities, matched, and written to.

    Until the office has approved it, it may describe itself and is shown nothing.
    """

    name = models.CharField(max_length=200)
    # Ten digits. Empty for companies that were here before anyone asked for it.
    organisation_number = models.CharField(max_length=10, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    # What disclosures go by: the domains that its profiles name, kept in step by describe_company, and where
    # it sits ("": not told).
    domains = ArrayField(models.SlugField(), default=list, blank=True)
    region = models.CharField(max_length=2, choices=sorted(COUNTIES.items()), blank=True)
    people = models.ManyToManyField(User, through="Membership", related_name="companies")

    class Meta:
        verbose_name_plural = "companies"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_number"],
                condition=~Q(organisation_number=""),
                name="company_once_per_organisation_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class Membership(models.Model):
    """That a person acts for a company."""

    class Role(models.TextChoices):
        OWNER = "owner"  # also decides who else acts for it
        MEMBER = "member"

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "company"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.company}"

    @property
    def is_owner(self) -> bool:
        return self.role == self.Role.OWNER
