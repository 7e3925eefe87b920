from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from portal.accounts.models.company import Company, Membership
from portal.accounts.models.people import User
from portal.lib.retry import Retryable


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, moment: datetime) -> InvitationQuerySet:
        """Those that somebody may still accept."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=moment)

    def unsent(self) -> InvitationQuerySet:
        return self.filter(sent_at=None, accepted_at=None, revoked_at=None)


class Invitation(Retryable):
    """That whoever reads mail at an address is asked to act for a company. Accepted once, or never."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    language = models.CharField(max_length=5)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.company}"
