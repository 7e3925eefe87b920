"""What was owed and sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q

from matching.models.recipient import Recipient
from matching.models.sending import MailHold
from matching.models.subscription import Subscription
from opportunities.canary import CANARY_RECIPIENT
from portal.lib.retry import Retryable

# Mail that waited so long, as through an outage or a pause, says so.
LATE_AFTER = timedelta(hours=3)
IS_LATE = Q(sent_at__gte=F("owed_at") + LATE_AFTER)


class DigestRun(models.Model):
    """One period's digests: a day of everybody's own. It exists once, so a period is decided once."""

    period = models.DateField()
    # Of that day, for those who want to know at once; null for the digest of the day
    hour = models.PositiveSmallIntegerField(null=True)
    started_at = models.DateTimeField()
    # Null until all whose hour had come first have been decided.
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "hour"], name="digest_run_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"digest of {self.period}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def to_people(self) -> DeliveryQuerySet:
        """All but the canary's."""
        return self.exclude(recipient__email=CANARY_RECIPIENT)

    def to_the_canary(self) -> DeliveryQuerySet:
        return self.filter(recipient__email=CANARY_RECIPIENT)

    def unsent(self) -> DeliveryQuerySet:
        return self.filter(sent_at=None, dropped_because="")

    def due_at(self, now: datetime) -> DeliveryQuerySet:
        """Without the mails of a day that is held: they would stand before all others, and wait."""
        held = MailHold.objects.held_days()
        return self.unsent().filter(retry_at__lte=now).exclude(run__period__in=held)

    def in_doubt(self) -> DeliveryQuerySet:
        """Handed to the mail server, and nobody knows what it answered: sent again, they may come twice."""
        return self.unsent().exclude(handed_at=None)

    def late(self) -> DeliveryQuerySet:
        """Sent, and long after they were owed."""
        return self.filter(IS_LATE)


class Delivery(Retryable):
    """One message owed to one person: all that one run tells them, or an alert."""

    # Null for an alert, which is of no run
    run = models.ForeignKey(DigestRun, models.PROTECT, null=True, related_name="deliveries")
    # Of an alert: the day on its reader's own clock, and the how many-eth of it
    alert_on = models.DateField(null=True)
    alert_number = models.PositiveSmallIntegerField(null=True)
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="deliveries")
    # Of a row that was joined to this one since, which may have had a mail of the same run
    is_former = models.BooleanField(default=False)
    owed_at = models.DateTimeField()
    # Noted before the mail server is given it; null again where it said no. Set, and not sent: in doubt.
    handed_at = models.DateTimeField(null=True)
    # How often it was handed over again since nobody knew the answer
    doubts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    # Of the canary's mail: when it was found in the mailbox that it leads to, where we read that
    arrived_at = models.DateTimeField(null=True)
    # Why nothing was sent, when by the time of sending nothing was left to say or nobody to say it to.
    dropped_because = models.CharField(max_length=200, blank=True)
    # As sent
    message_id = models.CharField(max_length=200, blank=True)
    # What the provider that took it calls it in its reports; "" where that is the Message-ID, or isn't told
    provider_id = models.CharField(max_length=200, blank=True)
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "recipient"], name="delivery_once", condition=Q(is_former=False)
            ),
            models.UniqueConstraint(fields=["recipient", "alert_on", "alert_number"], name="alert_once"),
            models.CheckConstraint(
                condition=Q(run__isnull=False, alert_on=None, alert_number=None)
                | Q(run=None, alert_on__isnull=False, alert_number__isnull=False),
                name="delivery_is_of_a_run_or_an_alert",
            ),
        ]
        indexes = [
            models.Index(fields=["retry_at"], name="delivery_unsent", condition=Q(sent_at=None)),
            models.Index(fields=["message_id"], name="delivery_by_message_id", condition=~Q(message_id="")),
            models.Index(
                fields=["provider_id"], name="delivery_by_provider_id", condition=~Q(provider_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run or 'alert'} to {self.recipient}"

    @property
    def is_alert(self) -> bool:
        return self.alert_on is not None

    @property
    def day(self) -> date:
        """The day that it is of. Reads the run of what is no alert."""
        if self.alert_on is not None:
            return self.alert_on
        return self.run.period if self.run else self.owed_at.date()

    @property
    def is_late(self) -> bool:
        return self.sent_at is not None and self.sent_at >= self.owed_at + LATE_AFTER


class DeliveredOpportunity(models.Model):
    """That a delivery tells of an opportunity as it stood at one revision. Each is told a person once."""

    class Section(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        CLOSING = "closing"
        LAST_CALL = "last_call"  # closes within two days: in alerts alone
        EARLY = "early"
        CAUGHT_UP = "caught_up"  # published long before we found it

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="delivered_opportunities")
    # Goes with these, which go only when a canary is forgotten.
    opportunity = models.ForeignKey("opportunities.Opportunity", models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        "opportunities.OpportunityRevision", models.CASCADE, related_name="delivered"
    )
    section = models.CharField(max_length=20, choices=Section)
    # Because of which it is told, the best of several; null once that is gone with its company
    subscription = models.ForeignKey(Subscription, models.SET_NULL, null=True, related_name="delivered")

    class Meta:
        verbose_name_plural = "delivered opportunities"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "opportunity"], name="delivered_opportunity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity} in {self.delivery}"
