"""What people have asked to be sent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from matching.models.profile import CapabilityProfile
from matching.models.recipient import Recipient


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def wanted(self) -> SubscriptionQuerySet:
        """Not ended, for a current profile, by someone who may still sign in and acts for its company.

        Which is one that the office has approved.
        """
        return self.filter(
            ended_at=None,
            profile__retired_at=None,
            recipient__user__is_active=True,
            profile__company__approved_at__isnull=False,
            profile__company__memberships__user=F("recipient__user"),
        )


class Subscription(models.Model):
    """That a person wants a profile's matches by mail."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="subscriptions")
    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="subscriptions")
    created_at = models.DateTimeField()
    # Set by one click in a mail or on a page; null while the mail is wanted.
    ended_at = models.DateTimeField(null=True)
    # Monday is 0: once a week from that day on. Null: every working day.
    weekday = models.PositiveSmallIntegerField(null=True)
    # Null: from where the profile's list begins, below which nothing is told either way.
    minimum_score = models.PositiveSmallIntegerField(null=True)
    # The last day's run that decided what it is told, be that nothing. The next period begins after it.
    decided_on = models.DateField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "profile"], name="subscription_once"),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=4), name="subscription_weekday_is_a_working_day"
            ),
            models.CheckConstraint(
                condition=Q(minimum_score=None) | Q(minimum_score__lte=100),
                name="subscription_minimum_score_is_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.profile}"

    @property
    def least_score(self) -> int:
        """From which score on matches are told. Reads the profile."""
        return max(self.profile.minimum_score, self.minimum_score or 0)
