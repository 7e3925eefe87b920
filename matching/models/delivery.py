"""Who is written to, and what was owed and sent."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from matching.models.match import Match
from matching.models.profile import CapabilityProfile
from portal.lib.retry import Retryable


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def wanted(self) -> SubscriptionQuerySet:
        """Not ended, for a current profile, by someone who may still sign in and acts for its company.

        Which is one that the office has approved.
        """
        return self.filter(
            ended_at=None,
            profile__retired_at=None,
            user__is_active=True,
            profile__company__approved_at__isnull=False,
            profile__company__memberships__user=F("user"),
        )


class Subscription(models.Model):
    """That a person wants a profile's matches by mail."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="subscriptions")
    profile = models.ForeignKey(CapabilityProfile, models.CASCADE, related_name="subscriptions")
    created_at = models.DateTimeField()
    # Set by one click in a mail or on a page; null while the mail is wanted.
    ended_at = models.DateTimeField(null=True)
    # Monday is 0: once a week from that day on. Null: every working day.
    weekday = models.PositiveSmallIntegerField(null=True)
    # Null: from where the profile's list begins, below which nothing is told either way.
    minimum_score = models.PositiveSmallIntegerField(null=True)
    # "": the person's own
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, blank=True)
    # The last day's run that decided what it is told, be that nothing. The next period begins after it.
    decided_on = models.DateField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "profile"], name="subscription_once"),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=4), name="subscription_weekday_is_a_working_day"
            ),
            models.CheckConstraint(
                condition=Q(minimum_score=None) | Q(minimum_score__lte=100),
                name="subscription_minimum_score_is_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.profile}"

    @property
    def least_score(self) -> int:
        """From which score on matches are told. Reads the profile."""
        return max(self.profile.minimum_score, self.minimum_score or 0)

    @property
    def mail_language(self) -> str:
        """Reads the person."""
        return self.language or self.user.language


class DigestRun(models.Model):
    """One period's digests. It exists once, so a period is decided once."""

    period = models.DateField(unique=True)
    started_at = models.DateTimeField()
    # Null until every subscription has been decided.
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"digest of {self.period}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def unsent(self) -> DeliveryQuerySet:
        return self.filter(sent_at=None, dropped_because="")

    def due_at(self, now: datetime) -> DeliveryQuerySet:
        return self.unsent().filter(retry_at__lte=now)


class Delivery(Retryable):
    """One message owed to one person: the digest of one run."""

    run = models.ForeignKey(DigestRun, models.PROTECT, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries")
    owed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # Why nothing was sent, when by the time of sending nothing was left to say or nobody to say it to.
    dropped_because = models.CharField(max_length=200, blank=True)
    # As sent
    message_id = models.CharField(max_length=200, blank=True)
    recipient = models.EmailField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["run", "subscription"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["retry_at"], name="delivery_unsent", condition=Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.run} to {self.subscription}"


class DeliveredMatch(models.Model):
    """That a delivery tells of a match, as the opportunity stood at one revision. Each state is told once."""

    class Section(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        CLOSING = "closing"
        EARLY = "early"
        CAUGHT_UP = "caught_up"  # published long before we found it

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="delivered_matches")
    match = models.ForeignKey(Match, models.CASCADE, related_name="deliveries")
    revision = models.ForeignKey("opportunities.OpportunityRevision", models.PROTECT, related_name="+")
    section = models.CharField(max_length=20, choices=Section)

    class Meta:
        verbose_name_plural = "delivered matches"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "match"], name="delivered_match_once"),
        ]

    def __str__(self) -> str:
        return f"{self.match} in {self.delivery}"
