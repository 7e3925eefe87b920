"""Where a company's own systems are told, and what they are owed."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from portal.lib.retry import Retryable

LONGEST_ADDRESS = 500
_NONCE_BYTES = 24


def _new_message_id() -> str:
    return f"msg_{secrets.token_urlsafe(18)}"


def _new_nonce() -> str:
    return secrets.token_urlsafe(_NONCE_BYTES)


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def standing(self) -> WebhookEndpointQuerySet:
        return self.filter(ended_at=None)

    def listening(self) -> WebhookEndpointQuerySet:
        """Neither removed nor switched off, of a company that the office has approved."""
        return self.standing().filter(disabled_at=None, company__approved_at__isnull=False)


class WebhookEndpoint(models.Model):
    """An address of a company's own system, to which Setu posts what happens. Ended, never deleted."""

    class Kind(models.TextChoices):
        MATCH_NEW = "match.new"
        OPPORTUNITY_CHANGED = "opportunity.changed"
        PROJECT_TENDERED = "project.tendered"

    class DisabledBecause(models.TextChoices):
        FAILED = "failed"  # nothing was taken for two days
        GONE = "gone"  # it answered 410: never again
        ASKED = "asked"  # its company switched it off

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="webhook_endpoints")
    address = models.URLField(max_length=LONGEST_ADDRESS)
    kinds = ArrayField(models.CharField(max_length=30, choices=Kind))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    # What stood before isn't told
    listens_since = models.DateTimeField()
    # Since when every attempt has failed
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    disabled_at = models.DateTimeField(null=True)
    disabled_because = models.CharField(max_length=20, choices=DisabledBecause, blank=True)
    # When the company's owners were written to about it
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "address"], condition=Q(ended_at=None), name="webhook_address_once"
            ),
            models.CheckConstraint(
                condition=Q(disabled_at=None, disabled_because="")
                | (Q(disabled_at__isnull=False) & ~Q(disabled_because="")),
                name="webhook_disabled_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class WebhookSecretQuerySet(models.QuerySet["WebhookSecret"]):
    def alive_at(self, moment: datetime) -> WebhookSecretQuerySet:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment)).order_by("-created_at", "-pk")


class WebhookSecret(models.Model):
    """One of the secrets that an endpoint's messages are signed with. The secret itself is nowhere.

    It is made of the nonce and our key each time it is needed.
    """

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="secrets")
    nonce = models.CharField(max_length=64, default=_new_nonce)
    created_at = models.DateTimeField()
    # Null for the latest; an older one lives on for a while, so that the receiver can change over
    ends_at = models.DateTimeField(null=True)

    objects = WebhookSecretQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(ends_at=None), name="webhook_secret_one_latest"
            ),
        ]

    def __str__(self) -> str:
        return f"secret of {self.endpoint}"


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def unsent(self) -> WebhookDeliveryQuerySet:
        return self.filter(taken_at=None, given_up_at=None, dropped_because="")

    def real(self) -> WebhookDeliveryQuerySet:
        """All but the tests."""
        return self.exclude(kind=WebhookDelivery.Kind.TEST)

    def not_taken(self) -> WebhookDeliveryQuerySet:
        """Given up, or waiting after a failure."""
        waits = Q(taken_at=None, dropped_because="") & ~Q(last_error="")
        return self.filter(Q(given_up_at__isnull=False) | waits)

    def due_at(self, now: datetime) -> WebhookDeliveryQuerySet:
        return self.unsent().filter(retry_at__lte=now, endpoint__disabled_at=None, endpoint__ended_at=None)


class WebhookDelivery(Retryable):
    """One message owed to an endpoint. What it says is read through the door when it is sent."""

    class Kind(models.TextChoices):
        MATCH_NEW = "match.new"
        OPPORTUNITY_CHANGED = "opportunity.changed"
        PROJECT_TENDERED = "project.tendered"
        TEST = "test"

    class Failure(models.TextChoices):
        """Why there was no answer."""

        PRIVATE = "private"  # the address leads to where nothing is posted
        UNKNOWN_HOST = "unknown_host"
        UNREACHABLE = "unreachable"
        CERTIFICATE = "certificate"  # no encrypted connection
        TIMEOUT = "timeout"
        BROKEN = "broken"  # it ended within, or wasn't HTTP

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    # The same each time it is sent, so that receivers can tell a repeat
    message_id = models.CharField(max_length=60, unique=True, default=_new_message_id)
    kind = models.CharField(max_length=30, choices=Kind)
    opportunity = models.ForeignKey("opportunities.Opportunity", models.PROTECT, null=True, related_name="+")
    # As it stood when the message was owed
    revision = models.ForeignKey(
        "opportunities.OpportunityRevision", models.PROTECT, null=True, related_name="+"
    )
    project = models.ForeignKey("opportunities.Project", models.PROTECT, null=True, related_name="+")
    # What changed since the last message about it
    changes = models.JSONField(default=list)
    owed_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    # The first time, of what was taken and is posted again
    taken_before_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=200, blank=True)
    # As sent last, and what was answered
    body = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    failure = models.CharField(max_length=20, choices=Failure, blank=True)
    took_seconds = models.FloatField(null=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "webhook deliveries"
        ordering = ["-owed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "kind", "opportunity", "revision"],
                condition=Q(revision__isnull=False),
                name="webhook_state_told_once",
            ),
            models.UniqueConstraint(
                fields=["endpoint", "project", "opportunity"],
                condition=Q(project__isnull=False),
                name="webhook_project_told_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["retry_at"],
                name="webhook_unsent",
                condition=Q(taken_at=None, given_up_at=None, dropped_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.endpoint}"

    @property
    def is_unsent(self) -> bool:
        return self.taken_at is None and self.given_up_at is None and not self.dropped_because
