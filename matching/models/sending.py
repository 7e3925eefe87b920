"""Whether mail is sent at all, and what is kept out of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce


class MailPauseQuerySet(models.QuerySet["MailPause"]):
    def standing(self) -> MailPauseQuerySet:
        return self.filter(ended_at=None)


class MailPause(models.Model):
    """That no digest, alert or share is sent, by the office's wish. What is owed waits, and is sent after."""

    paused_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = MailPauseQuerySet.as_manager()

    class Meta:
        ordering = ["-paused_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at=None), name="mail_paused_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"paused: {self.because}"


class MailHoldQuerySet(models.QuerySet["MailHold"]):
    def standing(self) -> MailHoldQuerySet:
        return self.filter(ended_at=None)

    def of_day(self, day: date) -> MailHoldQuerySet:
        return self.standing().filter(day=day)

    def of_opportunities(self, keys: Collection[int]) -> MailHoldQuerySet:
        """Those of any of these, or of what was merged into them."""
        whole = Q(opportunity__in=keys) | Q(opportunity__merged_into__in=keys)
        return self.standing().filter(whole)

    def barring(self, day: date) -> MailHoldQuerySet:
        """Those by which no mail of a day is sent: it is held, or was dropped for good."""
        return self.filter(Q(ended_at=None) | Q(is_dropped=True), day=day)

    def dropped_days(self) -> QuerySet[MailHold, date | None]:
        return self.filter(is_dropped=True).values_list("day", flat=True)

    def held_days(self) -> QuerySet[MailHold, date | None]:
        return self.standing().exclude(day=None).values_list("day", flat=True)

    def held_opportunities(self) -> QuerySet[MailHold, int]:
        """What is merged into another by now holds that."""
        held = (
            self.standing()
            .exclude(opportunity=None)
            .annotate(whole=Coalesce("opportunity__merged_into", "opportunity"))
        )
        return held.values_list("whole", flat=True)


class MailHold(models.Model):
    """That one opportunity stands in nobody's mail, or one day's digests wait, by the office's wish."""

    # One of the two
    opportunity = models.ForeignKey("opportunities.Opportunity", models.CASCADE, null=True, related_name="+")
    day = models.DateField(null=True)  # of the digests, on each reader's own clock
    held_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    # Of a day: its mails are never sent, nor those that are decided after it was ended so
    is_dropped = models.BooleanField(default=False)

    objects = MailHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opportunity=None, day__isnull=False) | Q(opportunity__isnull=False, day=None),
                name="mail_hold_is_of_an_opportunity_or_a_day",
            ),
            models.UniqueConstraint(
                fields=["opportunity"], condition=Q(ended_at=None), name="opportunity_held_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["day"], condition=Q(ended_at=None), name="day_held_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"held: {self.day or self.opportunity}"
