from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.accounts.models.company import Company
from portal.accounts.models.people import User
from portal.lib.retry import Retryable


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def waiting(self) -> RegistrationQuerySet:
        """Those whose address is confirmed and that nobody has decided on."""
        return self.filter(confirmed_at__isnull=False, decided_at=None)

    def untold(self) -> RegistrationQuerySet:
        """Decided, and the person hasn't been written to."""
        return self.filter(decided_at__isnull=False, told_at=None)


class Registration(Retryable):
    """That a person asks to act for a company, which the office may know already or not.

    Until it is decided on, the person has a company of their own to describe, whether or not the number
    belongs to one that is here: so nobody can find out who is a member by asking.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="registrations")
    company_name = models.CharField(max_length=200)
    organisation_number = models.CharField(max_length=10)
    # What the company does, in the person's own words
    about = models.TextField(blank=True)
    registered_at = models.DateTimeField()
    # When the person showed that the e-mail address is theirs
    confirmed_at = models.DateTimeField(null=True)
    # What the person describes while waiting; once approved, the company they act for
    company = models.ForeignKey(Company, models.SET_NULL, null=True, related_name="registrations")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    is_approved = models.BooleanField(null=True)
    refused_because = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(decided_at=None), name="registration_undecided_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_approved=None)
                | Q(decided_at__isnull=False, is_approved__isnull=False),
                name="registration_decided_one_way_or_the_other",
            ),
            models.CheckConstraint(
                condition=~Q(is_approved=False) | ~Q(refused_because=""),
                name="registration_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.company_name}"
