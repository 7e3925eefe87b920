from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from portal.accounts.models.company import Company
from portal.accounts.models.people import User
from portal.lib.retry import Retryable


class OfficeLookQuerySet(models.QuerySet["OfficeLook"]):
    def standing_at(self, moment: datetime) -> OfficeLookQuerySet:
        """Begun, not ended, and not over by the clock; of a company that is still shown anything."""
        return self.filter(ended_at=None, until__gt=moment, company__approved_at__isnull=False)


class OfficeLook(models.Model):
    """That somebody of the office looked at what a company is shown, and why. Its people read it."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="office_looks")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300)
    began_at = models.DateTimeField()
    # Over by then at the latest
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OfficeLookQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["by"], name="office_look_one_at_a_time", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(condition=Q(until__gt=F("began_at")), name="office_look_takes_time"),
            models.CheckConstraint(condition=~Q(because=""), name="office_look_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def over_at(self) -> datetime:
        return min(self.ended_at, self.until) if self.ended_at else self.until


class OfficeLookNotice(Retryable):
    """One mail owed to one person of the company: that the office has looked."""

    look = models.ForeignKey(OfficeLook, models.CASCADE, related_name="notices")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["look", "person"], name="office_look_told_once")]

    def __str__(self) -> str:
        return f"{self.look}: {self.person}"
